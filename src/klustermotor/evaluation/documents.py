"""The report of an initiative or a round as a document: the page and the files show the same."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl
from django.utils import translation
from django.utils.translation import gettext as _

from klustermotor.analysis.evaluation import CHANGES, ESTIMATES, GAPS, Evaluation, Options
from klustermotor.analysis.questionnaire import Questionnaire
from klustermotor.evaluation.proofreading import Proof, proofs_of, proofs_of_report
from klustermotor.evaluation.queries import evaluated_for
from klustermotor.initiatives.models import Initiative
from klustermotor.initiatives.templatetags.figures import figure
from klustermotor.report.contents.context import Fact, Override
from klustermotor.report.contents.initiative import initiative_report
from klustermotor.report.contents.round import Chapter, round_report
from klustermotor.report.document import Document, Prose

NOTHING = Evaluation(
    questionnaire=Questionnaire("none", {}, ()),
    options=Options(),
    waves=(),
    estimates=pl.DataFrame(schema=ESTIMATES),
    changes=pl.DataFrame(schema=CHANGES),
    gaps=pl.DataFrame(schema=GAPS),
    nonresponse=pl.DataFrame(),
)
"""The evaluation of an initiative whose companies were not asked."""


def initiative_document(
    initiative: Initiative,
    period: str,
    language: str,
    *,
    evaluation: Evaluation | None = None,
    proofs: Sequence[Proof] | None = None,
    date: str = "",
) -> Document:
    """The report of an initiative's wave in one language.

    `evaluation` is its evaluation when the caller has it; else it is found, or is none. The same
    with `proofs`, its texts as they were proofread.
    """
    if proofs is None:
        proofs = proofs_of(initiative, period, language)
    if evaluation is None:
        found = evaluated_for(initiative, period)
        evaluation = found.evaluation if found else NOTHING
    with translation.override(language):
        return initiative_report(
            evaluation,
            initiative=initiative.slug,
            language=language,
            title=_("Evaluation of %(name)s %(period)s")
            % {"name": initiative.name, "period": period},
            name=initiative.name,
            texts=as_prose(proofs),
            facts=facts_of(initiative, period),
            source=source_of(initiative, evaluation),
            date=date,
            overrides=overrides_in(proofs),
        )


def round_document(
    period: str,
    language: str,
    *,
    proofs: Mapping[Initiative | None, Sequence[Proof]] | None = None,
    date: str = "",
) -> Document:
    """The report of a round: common chapter, comparison, one chapter per initiative.

    `proofs` are the texts as they were proofread, by initiative, when the caller has them.
    """
    found = evaluated_for(None, period)
    if proofs is None:
        proofs = proofs_of_report(None, period, language)
    common = proofs[None]
    told = {one: texts for one, texts in proofs.items() if one is not None}
    with translation.override(language):
        chapters = [
            Chapter(
                initiative.slug,
                initiative.name,
                as_prose(told[initiative]),
                facts_of(initiative, period),
                overrides_in(told[initiative]),
            )
            for initiative in sorted(told, key=lambda one: one.name)
        ]
        return round_report(
            found.evaluation if found else NOTHING,
            chapters=chapters,
            language=language,
            title=_("Evaluation of the initiatives %(period)s") % {"period": period},
            texts=as_prose(common),
            source=_("surveys of the companies in the initiatives"),
            date=date,
            overrides=overrides_in(common),
        )


def overrides_in(proofs: Iterable[Proof]) -> tuple[Override, ...]:
    """What people stand by although a fault was found, as the report lists it."""
    return tuple(
        Override(
            remark.fault.sentence,
            remark.fault.message,
            remark.override.reason,
            f"{remark.override.author or '–'}, {remark.override.created:%Y-%m-%d}",
        )
        for proof in proofs
        for remark in proof.remarks
        if remark.override is not None
    )


def as_prose(proofs: Iterable[Proof]) -> Mapping[str, tuple[Prose, ...]]:
    """What people wrote, by section, each with its author; empty texts are left out."""
    texts = (proof.text for proof in proofs)
    return {
        text.section: (Prose(text.text.strip(), str(text.author or "")),)
        for text in texts
        if text.text.strip()
    }


def facts_of(initiative: Initiative, period: str) -> tuple[Fact, ...]:
    """What the background section lists: the initiative, and its figures up to this year."""
    facts = [
        Fact(_("Kind"), initiative.get_kind_display()),
        Fact(_("Region"), initiative.region),
        Fact(_("Owner"), initiative.owner),
        Fact(_("Started in"), str(initiative.started or "")),
        Fact(_("Purpose"), initiative.said("purpose")),
    ]
    until = int(period[:4]) if period[:4].isdigit() else 9999
    for fact in initiative.facts.filter(year__lte=until):
        value = " ".join(filter(None, [figure(fact.value), fact.said("unit")]))
        label = fact.said("label")
        facts.append(
            Fact(f"{label[:1].upper()}{label[1:]} {fact.year}", value, fact.said("source"))
        )
    return tuple(fact for fact in facts if fact.value)


def source_of(initiative: Initiative, evaluation: Evaluation) -> str:
    """What stands under every table and figure."""
    names = [wave.wave for wave in evaluation.waves_of(initiative.slug)]
    if not names:
        return ""
    years = names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
    return _("survey of the companies in %(name)s, %(years)s") % {
        "name": initiative.name,
        "years": years,
    }
