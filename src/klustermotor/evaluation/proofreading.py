"""What people wrote, proofread against the figures of its evaluation."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from django.db.models import Q, QuerySet

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.analysis.claims.evaluated import cells_of, labels_of
from klustermotor.analysis.claims.proofread import proofread
from klustermotor.evaluation.cache import kept, key_of
from klustermotor.evaluation.models import ProofOverride, SectionText
from klustermotor.evaluation.queries import Evaluated, evaluated_for, initiatives_in_round
from klustermotor.initiatives.models import Initiative

Place = tuple[str, str, str]
"""Initiative, wave and ``block.item``."""


@dataclass(frozen=True)
class Figures:
    """What a text is held against: the cells of its evaluation and the names of their items.

    `one` is the initiative that the text is about, if it is about one; `initiatives` are the names
    of all, so that what is told of another is not taken for its own. Two with the same key are
    the same.
    """

    key: str
    cells: Sequence[TableCell] = field(default=(), compare=False)
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict, compare=False)
    initiatives: Mapping[str, Sequence[str]] = field(default_factory=dict, compare=False)
    one: str = ""

    def about(self, initiative: Initiative | None) -> "Figures":
        """The same for a text about one initiative; for one about all when it is None."""
        return replace(self, one=initiative.slug if initiative else "")

    @cached_property
    def by_place(self) -> Mapping[Place, Sequence[TableCell]]:
        """The cells by initiative, wave and item."""
        found: dict[Place, list[TableCell]] = {}
        for cell in self.cells:
            found.setdefault((cell.initiative, cell.wave, cell.item), []).append(cell)
        return found


NO_FIGURES = Figures("")


REPLACEABLE = {
    "wrong_figure",
    "stale_figure",
    "reference_wave",
    "wrong_difference",
    "percent_for_points",
    "quantity_word",
}
"""Faults whose suggestion can stand in place of the words; of others it is advice."""


@dataclass(frozen=True)
class Remark:
    """A fault in a text, and the reason for which it stands all the same, if there is one."""

    fault: Fault
    override: ProofOverride | None = None

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.fault)

    @property
    def wording(self) -> str:
        """The words to put in place of the wrong ones; empty when only the writer can know."""
        return self.fault.suggestion if self.fault.kind in REPLACEABLE else ""

    @property
    def blocks(self) -> bool:
        """Whether no report may be built until it is mended or overridden."""
        return self.fault.severity == "error" and self.override is None


@dataclass(frozen=True)
class Proof:
    """A section's text with what was remarked on it, in the order of the text."""

    text: SectionText
    remarks: tuple[Remark, ...] = ()

    @property
    def blocking(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if remark.blocks)

    @property
    def overridden(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if remark.override is not None)

    def remark(self, fingerprint: str) -> Remark | None:
        """The remark with this fingerprint; None when the text no longer draws it."""
        return next((one for one in self.remarks if one.fingerprint == fingerprint), None)


def fingerprint_of(fault: Fault) -> str:
    """Names a fault by its kind, its sentence and the figure that it rests on.

    The same in a text that has changed elsewhere; another once the sentence or figure changes.
    """
    cell = fault.cell
    figure = cell and (cell.initiative, cell.table, cell.wave, cell.item, cell.category, cell.value)
    return key_of(fault.kind, " ".join(fault.sentence.split()), figure)


def figures_for(initiative: Initiative | None, period: str, language: str) -> Figures:
    """The figures of an initiative's wave, or of a round, and what they are called in a language.

    None when nobody was asked. Raises ValueError when its numbers contradict each other.
    """
    return figures_of(evaluated_for(initiative, period), language).about(initiative)


def figures_of(evaluated: Evaluated | None, language: str) -> Figures:
    """The figures of an evaluation; none when there is no evaluation."""
    if evaluated is None:
        return NO_FIGURES
    key = key_of("figures", evaluated.key, language)

    def make() -> Figures:
        evaluation = evaluated.evaluation
        return Figures(key, cells_of(evaluation), labels_of(evaluation.questionnaire, language))

    names = {slug: (name,) for slug, name in Initiative.objects.values_list("slug", "name")}
    found = kept("figures", key, make)
    return replace(found, key=key_of(key, sorted(names.items())), initiatives=names)


@lru_cache(maxsize=512)
def faults_in(text: str, language: str, figures: Figures) -> tuple[Fault, ...]:
    """The faults of a text, remembered while it stands."""
    return proofread(
        text,
        figures.cells,
        language=language,
        labels=figures.labels,
        about=figures.one,
        initiatives=figures.initiatives,
    )


def figures_beside(initiative: Initiative | None, period: str, language: str) -> Figures:
    """The same for a text that is being written, which must be possible in any case.

    None while the evaluation's numbers contradict each other.
    """
    try:
        return figures_for(initiative, period, language)
    except ValueError:
        return NO_FIGURES


def proof_of(text: SectionText, figures: Figures, *, typed: str | None = None) -> Proof:
    """The proof of a section's text; of what was `typed` in its place, if that is given."""
    overrides = text.overrides.select_related("author") if text.version else ()
    return _proof(text, figures, overrides, text.text if typed is None else typed)


def proofs_of(initiative: Initiative | None, period: str, language: str) -> tuple[Proof, ...]:
    """The proofs of all that was written about an initiative's wave, or of a round in common.

    Raises ValueError when the evaluation's numbers contradict each other.
    """
    texts = _texts(period, language).filter(initiative=initiative)
    figures = figures_for(initiative, period, language)
    return _proofs(texts, lambda _: figures)


def proofs_of_report(
    initiative: Initiative | None, period: str, language: str
) -> dict[Initiative | None, tuple[Proof, ...]]:
    """The proofs of all that a report holds, by whom they are about; None is the round in common.

    Raises ValueError when the evaluation's numbers contradict each other.
    """
    if initiative is not None:
        return {initiative: proofs_of(initiative, period, language)}
    told = list(initiatives_in_round(period))
    whole = figures_for(None, period, language)
    texts = _texts(period, language).filter(Q(initiative=None) | Q(initiative__in=told))
    found: dict[Initiative | None, list[Proof]] = {one: [] for one in (None, *told)}
    for proof in _proofs(texts, whole.about):
        found[proof.text.initiative].append(proof)
    return {one: tuple(proofs) for one, proofs in found.items()}


def blocking_in(proofs: Iterable[Proof]) -> tuple[Proof, ...]:
    """Those of the proofs for which a report may not be built."""
    return tuple(proof for proof in proofs if proof.blocking)


def _texts(period: str, language: str) -> QuerySet[SectionText]:
    texts = SectionText.objects.filter(period=period, language=language)
    return texts.select_related("author", "initiative").order_by("section")


def _proofs(
    texts: QuerySet[SectionText], figures_of: Callable[[Initiative | None], Figures]
) -> tuple[Proof, ...]:
    """The proofs of many texts; the database is asked twice."""
    read = list(texts)
    stated: dict[object, list[ProofOverride]] = {}
    for one in ProofOverride.objects.filter(text__in=read).select_related("author"):
        stated.setdefault(one.text_id, []).append(one)
    return tuple(
        _proof(text, figures_of(text.initiative), stated.get(text.pk, ()), text.text)
        for text in read
    )


def _proof(
    text: SectionText, figures: Figures, overrides: Iterable[ProofOverride], read: str
) -> Proof:
    stated = {one.fingerprint: one for one in overrides}
    found = faults_in(read, text.language, figures)
    return Proof(text, tuple(Remark(fault, stated.get(fingerprint_of(fault))) for fault in found))
