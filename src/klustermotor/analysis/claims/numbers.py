"""How numbers are written in running text: digits, decimals, number words."""

from klustermotor.analysis.rounding import rounded

NBSP = "\u00a0"
_WORDS = {
    language: tuple(words.split())
    for language, words in {
        "sv": "noll en två tre fyra fem sex sju åtta nio tio elva tolv",
        "nb": "null én to tre fire fem seks sju åtte ni ti elleve tolv",
        "en": "zero one two three four five six seven eight nine ten eleven twelve",
    }.items()
}


def number(value: float, language: str, decimals: int = 0) -> str:
    """Digits with the language's decimal mark and thousands separator: ``12 345,6``."""
    text = f"{rounded(value, decimals):,f}".replace("-", "−")
    if language == "en":
        return text
    return text.replace(",", NBSP).replace(".", ",")


def number_word(value: float, language: str) -> str:
    """Whole numbers up to twelve in words, others in digits."""
    whole = int(rounded(value))
    words = _WORDS[language]
    return words[whole] if 0 <= whole < len(words) else number(whole, language)


def decimals_that_add_up(before: float, after: float, fewest: int = 0, most: int = 1) -> int | None:
    """The fewest decimals at which the printed difference is that of the printed numbers.

    None when no number of decimals up to `most` does it.
    """
    for decimals in range(fewest, most + 1):
        printed = rounded(after, decimals) - rounded(before, decimals)
        if printed == rounded(after - before, decimals):
            return decimals
    return None
