"""The wizard's draft as the fields that its page shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from klustermotor.surveys.wizard.corrections import INDICATORS, ROLES, SCALE_TYPES, TYPES
from klustermotor.surveys.wizard.draft import LANGUAGES, Draft, DraftBlock, DraftScale, Words

Choice = tuple[str, str, bool]


@dataclass(frozen=True)
class Field:
    """One field: its name, what it is called, what stands in it, and what is wrong with it.

    With `choices` it is a list to choose from, with `ticked` a box, else a line of text.
    """

    name: str
    label: str
    value: str = ""
    choices: tuple[Choice, ...] = ()
    ticked: bool | None = None
    language: str = ""
    fault: str = ""


class _Drawer:
    def __init__(self, draft: Draft, faults: Mapping[str, str]) -> None:
        self.draft = draft
        self.faults = faults

    def line(self, name: str, label: str, words: Words) -> list[Field]:
        """A text in each language."""
        return [
            Field(
                f"{name}-{language}",
                f"{label}, {language}",
                words.get(language, ""),
                language=language,
                fault=self.faults.get(f"{name}-{language}", ""),
            )
            for language in LANGUAGES
        ]

    def choice(self, name: str, label: str, known: Mapping[str, object], value: str) -> Field:
        choices = tuple((key, str(said), key == value) for key, said in known.items())
        return Field(name, label, value, choices=choices, fault=self.faults.get(name, ""))

    def box(self, name: str, label: str, ticked: bool) -> Field:
        return Field(name, label, ticked=ticked, fault=self.faults.get(name, ""))

    def column(self, at: int) -> dict[str, object]:
        column = self.draft.columns[at]
        sides = {"now": _("now"), "wanted": _("wanted"), "": ""}
        return {
            "name": column.name,
            "values": column.values,
            "side": sides[column.side],
            "role": self.choice(f"c{at}-role", _("What %s is") % column.name, ROLES, column.role),
            "texts": self.line(f"c{at}", column.name, column.text)
            if column.role == "question" and column.side != "wanted"
            else [],
        }

    def block(self, at: int, block: DraftBlock) -> dict[str, object]:
        scales = {"": "–", **{s.id: _called(s) for s in self.draft.scales}}
        return {
            "texts": self.line(f"b{at}", _("What is asked"), block.text),
            "type": self.choice(f"b{at}-type", _("Type"), TYPES, block.type),
            "scale": self.choice(f"b{at}-scale", _("Scale"), scales, block.scale),
            "indicator": self.choice(
                f"b{at}-indicator", _("Growth indicator"), INDICATORS, block.indicator
            ),
            "columns": [self.column(place) for place, _c in self.draft.of_block(block)],
            "title": next((text for text in block.text.values() if text), block.id),
        }

    def scale(self, at: int, scale: DraftScale) -> dict[str, object]:
        return {
            "called": _called(scale),
            "type": self.choice(f"s{at}-type", _("Order"), SCALE_TYPES, scale.type),
            "share": self.line(f"s{at}-share", _("Named share"), scale.share),
            "codes": [
                {
                    "code": code.code,
                    "texts": self.line(f"s{at}-{place}", _("Code %s") % code.code, code.text),
                    "unknown": self.box(
                        f"s{at}-{place}-unknown",
                        _("%s is “don't know”") % code.code,
                        code.dont_know,
                    ),
                    "share": self.box(
                        f"s{at}-{place}-share",
                        _("%s is in the named share") % code.code,
                        code.in_share,
                    ),
                }
                for place, code in enumerate(scale.codes)
            ],
        }


def drawn(draft: Draft, faults: Mapping[str, str]) -> dict[str, object]:
    """Title, questions with their columns, other columns, and the scales that questions use."""
    drawer = _Drawer(draft, faults)
    asked, others = [], []
    for at, block in enumerate(draft.blocks):
        columns = draft.of_block(block)
        if any(column.role == "question" for _place, column in columns):
            asked.append(drawer.block(at, block))
        else:
            others += [place for place, _column in columns]
    others += [at for at, column in enumerate(draft.columns) if not column.block]
    used = {b.scale for b in draft.blocks}
    return {
        "title": drawer.line("title", _("Title"), draft.title),
        "questions": asked,
        "others": [drawer.column(at) for at in sorted(others)],
        "scales": [drawer.scale(at, s) for at, s in enumerate(draft.scales) if s.id in used],
    }


def _called(scale: DraftScale) -> str:
    """The scale by its first and last answer."""
    said = [next((t for t in c.text.values() if t), c.code) for c in scale.codes if not c.dont_know]
    return f"{said[0]} … {said[-1]} ({len(said)})" if said else scale.id
