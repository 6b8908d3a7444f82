"""What a fault found by the proofreader is called, in three languages."""

from collections.abc import Mapping

from klustermotor.analysis.claims.cells import Fault

WORDS: Mapping[str, Mapping[str, str]] = {
    "sv": {
        "error": "Fel",
        "warning": "Varning",
        "note": "Anmärkning",
        "right": "Förslag: {suggestion}",
        "hint": "Ska det stå så? Svara ”avsiktligt”, så tas det inte upp igen.",
    },
    "nb": {
        "error": "Feil",
        "warning": "Advarsel",
        "note": "Merknad",
        "right": "Forslag: {suggestion}",
        "hint": "Skal det stå slik? Svar «tilsiktet», så tas det ikke opp igjen.",
    },
    "en": {
        "error": "Error",
        "warning": "Warning",
        "note": "Note",
        "right": "Proposal: {suggestion}",
        "hint": "Is it meant so? Answer “intended”, and it is not raised again.",
    },
}

KIND_NAMES: Mapping[str, Mapping[str, str]] = {
    "impossible_percentage": {
        "sv": "omöjlig procentandel",
        "nb": "umulig prosentandel",
        "en": "impossible percentage",
    },
    "column_sum": {
        "sv": "andelar som inte blir 100",
        "nb": "andeler som ikke blir 100",
        "en": "shares that do not make 100",
    },
    "counts_exceed_n": {
        "sv": "fler svar än svarande",
        "nb": "flere svar enn svarende",
        "en": "more answers than respondents",
    },
    "inconsistent_table": {
        "sv": "tabellen går inte ihop",
        "nb": "tabellen går ikke opp",
        "en": "inconsistent table",
    },
    "not_in_table": {
        "sv": "siffran finns i ingen tabell",
        "nb": "tallet finnes ikke i noen tabell",
        "en": "figure in no table",
    },
    "wrong_figure": {"sv": "fel siffra", "nb": "feil tall", "en": "wrong figure"},
    "stale_figure": {
        "sv": "siffra från en annan mätning",
        "nb": "tall fra en annen måling",
        "en": "figure of another wave",
    },
    "wrong_difference": {"sv": "fel skillnad", "nb": "feil forskjell", "en": "wrong difference"},
    "percent_for_points": {
        "sv": "procent i stället för procentenheter",
        "nb": "prosent i stedet for prosentpoeng",
        "en": "percent for percentage points",
    },
    "quantity_word": {
        "sv": "mängdord som inte stämmer",
        "nb": "mengdeord som ikke stemmer",
        "en": "quantity word that does not fit",
    },
    "wrong_direction": {"sv": "fel riktning", "nb": "feil retning", "en": "wrong direction"},
    "superlative": {
        "sv": "inte störst eller minst",
        "nb": "ikke størst eller minst",
        "en": "not the extreme",
    },
    "reference_wave": {
        "sv": "fel mätning att jämföra med",
        "nb": "feil måling å sammenligne med",
        "en": "wrong wave to compare with",
    },
    "noise": {
        "sv": "skillnad inom slumpen",
        "nb": "forskjell innenfor tilfeldighetene",
        "en": "difference within chance",
    },
    "effect": {
        "sv": "effekt utan jämförelse",
        "nb": "effekt uten sammenligning",
        "en": "effect without a comparison",
    },
    "told_two_ways": {
        "sv": "samma sak på två sätt",
        "nb": "samme sak på to måter",
        "en": "the same told two ways",
    },
    "incomparable": {
        "sv": "andelar som inte kan jämföras",
        "nb": "andeler som ikke kan sammenlignes",
        "en": "shares that cannot be compared",
    },
}


def heading(fault: Fault, language: str) -> str:
    """Severity and message in one line: ``Fel: …``."""
    return f"{WORDS[language][fault.severity]}: {' '.join(fault.message.split())}"


def proposal(fault: Fault, language: str) -> str:
    """What would be right, in one line; empty when only the writer can know."""
    if not fault.suggestion:
        return ""
    return WORDS[language]["right"].format(suggestion=" ".join(fault.suggestion.split()))
