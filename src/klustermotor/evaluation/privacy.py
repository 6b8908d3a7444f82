"""What the evaluation keeps of people: who wrote, and what answers say in words."""

import io
from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from klustermotor.core.models import User
from klustermotor.core.privacy import Action, Shredder, exempt, mentions_in, register_shredder
from klustermotor.core.privacy.processing import Activity, register_activity
from klustermotor.core.privacy.sweep import Sealed, register_sealed
from klustermotor.evaluation.models import ProofOverride, Report, SectionText, Snapshot

EVALUATION = "evaluation"
PLACE = "initiative__controller"


def declare() -> None:
    """Say all of it; called when the room is ready."""
    for model, path, fields, place in (
        (SectionText, "author", ("period", "section", "updated"), PLACE),
        (ProofOverride, "author", ("kind", "reason", "created"), "text__initiative__controller"),
        (Report, "created_by", ("period", "created"), PLACE),
        (Report, "released_by", ("period", "released_at"), PLACE),
    ):
        register_shredder(
            Shredder(
                model,
                of=User,
                path=path,
                activity=EVALUATION,
                personal=fields,
                action=Action.UNLINK,
                reason=_("What was written stays; it no longer says by whom."),
                official=True,
                controller=place,
            )
        )
    mentions_in(SectionText, "text", official=True, controller=PLACE)
    mentions_in(
        ProofOverride,
        *("sentence", "message", "reason"),
        official=True,
        controller="text__initiative__controller",
    )
    register_sealed(Snapshot, "answers", Sealed(_words, _strike))
    mentions_in(Snapshot, "answers", by_machine=True)
    exempt(SectionText, "A year, a chapter and a language.", "period", "section", "language")
    exempt(ProofOverride, "Names of faults of ours.", "fingerprint", "kind")
    exempt(Snapshot, "Random keys.", "token", "compared_with")
    exempt(Report, "A year, languages and formats.", "period", "languages", "formats", "rests_on")
    register_activity(
        Activity(
            EVALUATION,
            _("Evaluations and reports"),
            _("To tell what came of the work, and who has written of it."),
            _("Public interest (GDPR article 6.1 e)."),
            _("Funders and partners read released reports."),
            order=50,
        )
    )


def _words(content: bytes) -> Iterable[str]:
    import polars as pl

    frame = pl.read_ipc(io.BytesIO(content))
    for column in frame.select(pl.col(pl.String)).iter_columns():
        yield "\n".join(column.drop_nulls().to_list())


def _strike(content: bytes, change: Callable[[str], str]) -> bytes:
    """The same answers in the same order, with words struck."""
    import polars as pl

    frame = pl.read_ipc(io.BytesIO(content))
    changed = frame.with_columns(
        pl.Series(column.name, [None if v is None else change(v) for v in column], pl.String)
        for column in frame.select(pl.col(pl.String)).iter_columns()
    )
    buffer = io.BytesIO()
    changed.write_ipc(buffer, compression="zstd")
    return buffer.getvalue()
