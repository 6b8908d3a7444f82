"""What the proofreader says of a text, as the page beside the text shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from klustermotor.analysis.claims.cells import Severity, TableCell
from klustermotor.evaluation.models import SectionText
from klustermotor.evaluation.proofreading import Figures, Proof, Remark, proof_of
from klustermotor.initiatives.templatetags.figures import figure, language
from klustermotor.report.language import percent

SEVERITIES: Mapping[Severity, object] = {
    "error": gettext_lazy("Cannot be true"),
    "warning": gettext_lazy("Contradicts or misleads"),
    "note": gettext_lazy("Worth a look"),
}


@dataclass(frozen=True)
class Box:
    """A place to write in: a section, what it is called, its text so far and what is said of it."""

    name: str
    title: str
    text: SectionText | None
    proof: "ShownProof | None" = None


@dataclass(frozen=True)
class Refusal:
    """Why a sentence was not let stand: the fault, and what was missing."""

    fingerprint: str
    message: str


@dataclass(frozen=True)
class ShownRemark:
    """A remark with its sentence parted around the words it is about.

    `start` and `end` count as browsers do (UTF-16).
    """

    id: str
    remark: Remark
    before: str
    marked: str
    after: str
    start: int
    end: int
    cell: str
    refusal: str = ""

    @property
    def severity(self) -> str:
        return str(SEVERITIES[self.remark.fault.severity])


@dataclass(frozen=True)
class ShownProof:
    """What stands beside a text: its remarks, and how many there are in words."""

    remarks: tuple[ShownRemark, ...]

    @property
    def unsettled(self) -> tuple[ShownRemark, ...]:
        return tuple(one for one in self.remarks if one.remark.override is None)

    @property
    def overridden(self) -> tuple[ShownRemark, ...]:
        return tuple(one for one in self.remarks if one.remark.override is not None)

    @property
    def summary(self) -> str:
        """How many things there are to check, for the eye and for a screen reader."""
        count = len(self.unsettled)
        if not count:
            return _("Nothing to check in this text.")
        said = ngettext("%(count)s thing to check.", "%(count)s things to check.", count)
        blocking = sum(one.remark.blocks for one in self.unsettled)
        more = ngettext(
            "%(count)s must be mended before a report can be built.",
            "%(count)s must be mended before a report can be built.",
            blocking,
        )
        whole = said % {"count": count}
        return f"{whole} {more % {'count': blocking}}" if blocking else whole


def shown_proof(
    proof: Proof, text: str, figures: Figures, refusal: Refusal | None = None
) -> ShownProof:
    """The proof of `text` as the page shows it."""
    return ShownProof(tuple(_shown(proof, text, figures, refusal)))


def boxes(
    titles: Mapping[str, str], texts: Mapping[str, SectionText], figures: Figures
) -> list[Box]:
    """A box per section, with the proof of what has been written in it."""
    return [_box(name, title, texts.get(name), figures) for name, title in titles.items()]


def _box(name: str, title: str, text: SectionText | None, figures: Figures) -> Box:
    if text is None:
        return Box(name, title, None)
    return Box(name, title, text, shown_proof(proof_of(text, figures), text.text, figures))


def _shown(
    proof: Proof, text: str, figures: Figures, refusal: Refusal | None
) -> Iterator[ShownRemark]:
    seen: dict[str, int] = {}
    for remark in proof.remarks:
        fault, name = remark.fault, remark.fingerprint
        seen[name] = seen.get(name, 0) + 1
        begin = _beginning(text, fault.sentence, fault.start)
        end = max(begin + len(fault.sentence), fault.end)
        refused = refusal is not None and refusal.fingerprint == name
        yield ShownRemark(
            f"{proof.text.section}-{name}-{seen[name]}",
            remark,
            text[begin : fault.start],
            text[fault.start : fault.end],
            text[fault.end : end],
            _utf16(text[: fault.start]),
            _utf16(text[: fault.end]),
            cell_text(fault.cell, figures) if fault.cell else "",
            refusal.message if refusal and refused else "",
        )


def _beginning(text: str, sentence: str, start: int) -> int:
    """Where the sentence around `start` begins; `start` itself when it is not to be found."""
    found = text.rfind(sentence, 0, start + len(sentence))
    return found if 0 <= found <= start else start


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def cell_text(cell: TableCell, figures: Figures) -> str:
    """A cell as people read it: what it is of, the wave, the figure and its base."""
    item = next(iter(figures.labels.get(cell.item, ())), cell.item)
    name = " – ".join(part for part in (item, cell.category) if part)
    about = ", ".join(part for part in (name or cell.table, cell.wave) if part)
    base = ""
    if cell.n_min is not None:
        many = "" if cell.n_max in (None, cell.n_min) else f"–{figure(cell.n_max)}"
        base = f" (n = {figure(cell.n_min)}{many})"
    return f"{about}: {_value(cell)}{base}"


def _value(cell: TableCell) -> str:
    decimals = 1 if cell.decimals is None else cell.decimals
    value = figure(cell.value, decimals)
    sign = "" if cell.comparator == "=" else f"{cell.comparator}\u00a0"
    if cell.unit == "percent":
        return f"{sign}{percent(cell.value / 100, language(), decimals)}"
    if cell.unit == "points":
        return f"{sign}{value}\u00a0{_('percentage points')}"
    return f"{sign}{value}"
