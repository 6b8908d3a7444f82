"""What a person changed in the wizard's form, read into the draft; and what is wrong with it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klustermotor.surveys.wizard.draft import LANGUAGES, Draft, DraftBlock, DraftScale, Words

ROLES = {
    "question": gettext_lazy("question"),
    "wave": gettext_lazy("wave"),
    "respondent": gettext_lazy("respondent"),
    "initiative": gettext_lazy("initiative"),
    "background": gettext_lazy("background to group by"),
    "left_out": gettext_lazy("left out"),
}
TYPES = {
    "scale": gettext_lazy("scale"),
    "gap": gettext_lazy("scale, now and wanted"),
    "single": gettext_lazy("one choice"),
    "multiple": gettext_lazy("ticks"),
    "yes_no": gettext_lazy("yes or no"),
    "number": gettext_lazy("number"),
    "text": gettext_lazy("own words"),
}
SCALE_TYPES = {"ordinal": gettext_lazy("in order"), "nominal": gettext_lazy("without order")}
INDICATORS = {
    "growth": gettext_lazy("growth"),
    "skills": gettext_lazy("skills"),
    "research": gettext_lazy("research"),
    "cooperation": gettext_lazy("cooperation"),
    "sustainability": gettext_lazy("sustainability"),
    "background": gettext_lazy("background"),
    "other": gettext_lazy("other"),
}
ON_A_SCALE = ("scale", "gap", "single")
ONCE = ("wave", "respondent", "initiative")
LONGEST = 500


def corrected(draft: Draft, said: Mapping[str, str]) -> dict[str, str]:
    """Write into the draft what the form says; returns the faults by the name of their field."""
    _words(said, "title", draft.title)
    for at, column in enumerate(draft.columns):
        column.role = _one_of(said, f"c{at}-role", ROLES, column.role)
        _words(said, f"c{at}", column.text)
    scales = {scale.id: None for scale in draft.scales}
    for at, block in enumerate(draft.blocks):
        block.type = _one_of(said, f"b{at}-type", TYPES, block.type)
        block.indicator = _one_of(said, f"b{at}-indicator", INDICATORS, block.indicator)
        block.scale = _one_of(said, f"b{at}-scale", {"": None, **scales}, block.scale)
        _words(said, f"b{at}", block.text)
    for at, scale in enumerate(draft.scales):
        _correct_scale(said, at, scale)
    return faults_of(draft)


def _correct_scale(said: Mapping[str, str], at: int, scale: DraftScale) -> None:
    scale.type = _one_of(said, f"s{at}-type", SCALE_TYPES, scale.type)
    _words(said, f"s{at}-share", scale.share)
    for place, code in enumerate(scale.codes):
        _words(said, f"s{at}-{place}", code.text)
        code.dont_know = f"s{at}-{place}-unknown" in said
        code.in_share = f"s{at}-{place}-share" in said


def _words(said: Mapping[str, str], name: str, text: Words) -> None:
    for language in LANGUAGES:
        given = said.get(f"{name}-{language}")
        if given is not None:
            text[language] = " ".join(given.replace("\0", "").split())[:LONGEST]


def _one_of(said: Mapping[str, str], name: str, known: Mapping[str, object], kept: str) -> str:
    given = said.get(name, kept)
    return given if given in known else kept


def faults_of(draft: Draft) -> dict[str, str]:
    """What must be mended before the questionnaire can be kept, by the name of the field."""
    faults: dict[str, str] = {}
    if not any(draft.title.values()):
        faults["title-sv"] = _("Give the questionnaire a title.")
    for role in ONCE:
        given = [at for at, column in enumerate(draft.columns) if column.role == role]
        for at in given[1:]:
            faults[f"c{at}-role"] = _("Another column is this already: %(column)s.") % {
                "column": draft.columns[given[0]].name
            }
    if not any(column.role == "question" for column in draft.columns):
        faults["c0-role"] = _("Make at least one column a question.")
    for at, block in enumerate(draft.blocks):
        faults |= _faults_of_block(draft, at, block)
    used = {b.scale for b in draft.blocks if asked(draft, b)}
    for at, scale in enumerate(draft.scales):
        if scale.id in used:
            faults |= _faults_of_scale(at, scale)
    return faults


def asked(draft: Draft, block: DraftBlock) -> bool:
    """Whether any column answers the question."""
    return any(column.role == "question" for _at, column in draft.of_block(block))


def _faults_of_block(draft: Draft, at: int, block: DraftBlock) -> dict[str, str]:
    faults: dict[str, str] = {}
    columns = [(place, c) for place, c in draft.of_block(block) if c.role == "question"]
    if not columns:
        return faults
    if not any(block.text.values()):
        faults[f"b{at}-sv"] = _("Say what is asked.")
    if block.type in ON_A_SCALE and not block.scale:
        faults[f"b{at}-scale"] = _("Choose a scale, or another type.")
    if block.type == "gap" and {c.side for _place, c in columns} != {"now", "wanted"}:
        faults[f"b{at}-type"] = _("This needs one column for now and one for wanted.")
    for place, column in columns:
        if not any(column.text.values()) and column.side != "wanted":
            faults[f"c{place}-sv"] = _("Say what the column is about.")
    return faults


def _faults_of_scale(at: int, scale: DraftScale) -> dict[str, str]:
    faults = {
        f"s{at}-{place}-sv": _("Say what the code %(code)s means.") % {"code": code.code}
        for place, code in enumerate(scale.codes)
        if not any(code.text.values())
    }
    if all(code.dont_know for code in scale.codes):
        faults[f"s{at}-0-unknown"] = _("At least one code must be an answer.")
    named = [code for code in scale.codes if code.in_share]
    if named and not any(scale.share.values()):
        faults[f"s{at}-share-sv"] = _("Say what the share is called, or tick no code for it.")
    if any(code.in_share and code.dont_know for code in scale.codes):
        place = next(i for i, code in enumerate(scale.codes) if code.in_share and code.dont_know)
        faults[f"s{at}-{place}-share"] = _("“Don't know” belongs to no share.")
    return faults
