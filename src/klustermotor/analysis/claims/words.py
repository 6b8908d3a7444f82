"""The quantity words of three languages, and the numeric range each may be used for.

One table, read both ways: `word_for` picks the word that a number earns, and `fits` says whether
a word found in a text may be used for a number. A share word is a fraction with a modifier
("drygt en fjärdedel") or a word of its own ("en majoritet"); a ratio word compares two numbers
("halverats").

Ranges of the modifiers, with m = min(f, 1 − f) of the fraction f:

| modifier | range | tolerance |
|---|---|---|
| none: "en fjärdedel" | f ± a | a = min(0.02, m/10) |
| about: "ungefär" | f ± b | b = min(0.04, m/6) |
| just over: "drygt" | (f, f + b] | |
| just under: "nästan" | [f − b, f) | |
| more than: "mer än" | (f, 1] | |
| at least: "minst" | [f, 1] | |
| less than: "mindre än" | [0, f) | |
| at most: "högst" | [0, f] | |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["share", "ratio"]
Forms = Mapping[str, tuple[str, ...]]
"""The forms of a word per language; the first is the one we write."""

LANGUAGES = ("sv", "nb", "en")
SMALLEST_N_FOR_WORDS = 10
"""Under this number of answers a share is told by its count, or by a word that is exactly true."""
_EXACT = 1e-9


@dataclass(frozen=True)
class Quantity:
    """A quantity word: its range, and its forms.

    `of` are forms before "of those who answered" ("hälften av de svarande"), `bare` forms
    directly before the noun ("två av tre svarande"); both are read, `written` is the one we
    write, and "" says that the word is read but never written.
    """

    id: str
    kind: Kind
    low: float
    high: float
    low_included: bool
    high_included: bool
    of: Forms
    bare: Forms
    written: Literal["of", "bare", ""]
    centre: float
    exact: bool = False

    def fits(self, value: float) -> bool:
        """Whether the word may be used for this share (0–1) or ratio."""
        above = value > self.low or (self.low_included and abs(value - self.low) < _EXACT)
        below = value < self.high or (self.high_included and abs(value - self.high) < _EXACT)
        return above and below

    def forms(self, language: str) -> tuple[str, ...]:
        """Every form that is read as this word."""
        return self.of.get(language, ()) + self.bare.get(language, ())

    def write(self, language: str) -> str:
        """The form that we write; only for words with `written`."""
        return (self.of if self.written == "of" else self.bare)[language][0]


@dataclass(frozen=True)
class _Fraction:
    id: str
    value: float
    of: Forms
    bare: Forms
    written: Literal["of", "bare", ""]


def _fraction(
    id_: str,
    value: float,
    written: Literal["of", "bare", ""],
    of: tuple[tuple[str, ...], ...],
    bare: tuple[tuple[str, ...], ...],
) -> _Fraction:
    forms = (dict(zip(LANGUAGES, of, strict=True)), dict(zip(LANGUAGES, bare, strict=True)))
    return _Fraction(id_, value, *forms, written)


FRACTIONS = (
    _fraction(
        "tenth", 1 / 10, "bare",
        (("en tiondel",), ("en tidel", "en tiendedel"), ("a tenth", "one tenth")),
        (("en av tio", "var tionde"), ("én av ti", "en av ti", "hver tiende"), ("one in ten",)),
    ),
    _fraction(
        "sixth", 1 / 6, "bare",
        (("en sjättedel",), ("en seksdel", "en sjettedel"), ("a sixth", "one sixth")),
        (("en av sex", "var sjätte"), ("én av seks", "en av seks", "hver sjette"), ("one in six",)),
    ),
    _fraction(
        "fifth", 1 / 5, "bare",
        (("en femtedel",), ("en femdel", "en femtedel"), ("a fifth", "one fifth")),
        (("en av fem", "var femte"), ("én av fem", "en av fem", "hver femte"), ("one in five",)),
    ),
    _fraction(
        "quarter", 1 / 4, "of",
        (("en fjärdedel",), ("en fjerdedel", "en firedel"), ("a quarter", "one quarter")),
        (("en av fyra", "var fjärde"), ("én av fire", "en av fire", "hver fjerde"),
         ("one in four",)),
    ),
    _fraction(
        "three_tenths", 3 / 10, "bare",
        (("tre tiondelar",), ("tre tideler", "tre tiendedeler"), ("three tenths",)),
        (("tre av tio",), ("tre av ti",), ("three in ten",)),
    ),
    _fraction(
        "third", 1 / 3, "of",
        (("en tredjedel",), ("en tredel", "en tredjedel"), ("a third", "one third")),
        (("en av tre", "var tredje"), ("én av tre", "en av tre", "hver tredje"),
         ("one in three",)),
    ),
    _fraction(
        "two_fifths", 2 / 5, "bare",
        (("två femtedelar",), ("to femdeler", "to femtedeler"), ("two fifths",)),
        (("fyra av tio", "två av fem"), ("fire av ti", "to av fem"),
         ("four in ten", "two in five")),
    ),
    _fraction(
        "half", 1 / 2, "of",
        (("hälften", "halva"), ("halvparten",), ("half",)),
        (("varannan", "vartannat", "varannat", "en av två"),
         ("annenhver", "én av to", "en av to"), ("one in two",)),
    ),
    _fraction(
        "three_fifths", 3 / 5, "bare",
        (("tre femtedelar",), ("tre femdeler", "tre femtedeler"), ("three fifths",)),
        (("sex av tio", "tre av fem"), ("seks av ti", "tre av fem"),
         ("six in ten", "three in five")),
    ),
    _fraction(
        "two_thirds", 2 / 3, "of",
        (("två tredjedelar",), ("to tredeler", "to tredjedeler"), ("two thirds",)),
        (("två av tre",), ("to av tre",), ("two in three", "two out of three")),
    ),
    _fraction(
        "seven_tenths", 7 / 10, "bare",
        (("sju tiondelar",), ("sju tideler", "sju tiendedeler"), ("seven tenths",)),
        (("sju av tio",), ("sju av ti",), ("seven in ten", "seven out of ten")),
    ),
    _fraction(
        "three_quarters", 3 / 4, "of",
        (("tre fjärdedelar",), ("tre fjerdedeler", "tre firedeler"), ("three quarters",)),
        (("tre av fyra",), ("tre av fire",), ("three in four", "three out of four")),
    ),
    _fraction(
        "four_fifths", 4 / 5, "bare",
        (("fyra femtedelar",), ("fire femdeler", "fire femtedeler"), ("four fifths",)),
        (("åtta av tio", "fyra av fem"), ("åtte av ti", "fire av fem"),
         ("eight in ten", "four in five", "eight out of ten")),
    ),
    _fraction(
        "five_sixths", 5 / 6, "",
        (("fem sjättedelar",), ("fem seksdeler", "fem sjettedeler"), ("five sixths",)),
        (("fem av sex",), ("fem av seks",), ("five in six", "five out of six")),
    ),
    _fraction(
        "nine_tenths", 9 / 10, "bare",
        (("nio tiondelar",), ("ni tideler", "ni tiendedeler"), ("nine tenths",)),
        (("nio av tio",), ("ni av ti",), ("nine in ten", "nine out of ten")),
    ),
)  # fmt: skip

MODIFIERS: Mapping[str, Forms] = {
    "": {"sv": ("",), "nb": ("",), "en": ("",)},
    "about": {
        "sv": ("ungefär", "omkring", "cirka", "ca", "runt", "kring"),
        "nb": ("omtrent", "rundt", "omkring", "cirka", "ca.", "om lag"),
        "en": ("about", "around", "roughly", "approximately", "some"),
    },
    "just_over": {
        "sv": ("drygt", "lite över", "strax över", "något över", "lite mer än", "något mer än"),
        "nb": ("drøyt", "litt over", "like over", "litt mer enn", "i overkant av", "noe over"),
        "en": ("just over", "slightly more than", "a little over", "slightly over"),
    },
    "just_under": {
        "sv": ("nästan", "knappt", "strax under", "inte fullt", "närmare", "något under"),
        "nb": ("nesten", "knapt", "like under", "i underkant av", "nærmere", "litt under"),
        "en": ("almost", "just under", "nearly", "slightly less than", "close to"),
    },
    "more_than": {
        "sv": ("mer än", "fler än", "över"),
        "nb": ("mer enn", "flere enn", "over"),
        "en": ("more than", "over"),
    },
    "at_least": {"sv": ("minst",), "nb": ("minst",), "en": ("at least",)},
    "less_than": {
        "sv": ("mindre än", "färre än", "under"),
        "nb": ("mindre enn", "færre enn", "under"),
        "en": ("less than", "fewer than", "under"),
    },
    "at_most": {"sv": ("högst",), "nb": ("høyst",), "en": ("at most",)},
}


def span_of(fraction: float, modifier: str) -> tuple[float, float, bool, bool]:
    """The range that a modifier makes of a fraction: low, high, and whether each is within it."""
    f, m = fraction, min(fraction, 1 - fraction)
    a, b = min(0.02, m / 10), min(0.04, m / 6)
    return {
        "": (f - a, f + a, True, True),
        "about": (f - b, f + b, True, True),
        "just_over": (f, f + b, False, True),
        "just_under": (f - b, f, True, False),
        "more_than": (f, 1.0, False, True),
        "at_least": (f, 1.0, True, True),
        "less_than": (0.0, f, True, False),
        "at_most": (0.0, f, True, True),
    }[modifier]


def _modified(fraction: _Fraction, modifier: str) -> Quantity:
    f = fraction.value
    low, high, low_in, high_in = span_of(f, modifier)
    of, bare = (
        {
            language: tuple(
                f"{word} {form}".strip()
                for word in MODIFIERS[modifier][language]
                for form in forms[language]
            )
            for language in LANGUAGES
        }
        for forms in (fraction.of, fraction.bare)
    )
    return Quantity(
        id=f"{modifier}:{fraction.id}" if modifier else fraction.id,
        kind="share",
        low=low,
        high=high,
        low_included=low_in,
        high_included=high_in,
        of=of,
        bare=bare,
        written=fraction.written if modifier in ("", "just_over", "just_under") else "",
        centre=f,
        exact=modifier == "",
    )


def _standing(  # noqa: PLR0917 - a row of the table
    id_: str,
    span: tuple[float, float],
    ends: tuple[bool, bool],
    of: Forms,
    bare: Forms,
    written: Literal["of", "bare", ""] = "",
    kind: Kind = "share",
) -> Quantity:
    low, high = span
    exact = low == high
    return Quantity(id_, kind, low, high, *ends, of, bare, written, (low + high) / 2, exact)


STANDING = (
    _standing(
        "none", (0, 0), (True, True),
        {"sv": ("ingen", "inget", "inga"), "nb": ("ingen",), "en": ("none",)},
        {"sv": (), "nb": (), "en": ("no",)}, "of",
    ),
    _standing(
        "all", (1, 1), (True, True),
        {"sv": ("alla",), "nb": ("alle av",), "en": ("all",)},
        {"sv": ("samtliga", "alla", "varje"), "nb": ("samtlige", "alle"), "en": ("all", "every")},
        "bare",
    ),
    _standing(
        "almost_all", (0.9, 1), (True, False),
        {"sv": (), "nb": (), "en": ("nearly all", "almost all")},
        {"sv": ("nästan alla", "så gott som alla", "i princip alla"),
         "nb": ("nesten alle", "så godt som alle"), "en": ("nearly all", "almost all")}, "bare",
    ),
    _standing(
        "large_majority", (0.7, 1), (True, False),
        {"sv": ("en stor majoritet", "det stora flertalet"),
         "nb": ("et stort flertall",),
         "en": ("a large majority", "the great majority")},
        {"sv": (), "nb": (), "en": ()},
    ),
    _standing(
        "clear_majority", (0.55, 1), (True, False),
        {"sv": ("en klar majoritet", "en tydlig majoritet"),
         "nb": ("et klart flertall", "et tydelig flertall"),
         "en": ("a clear majority",)},
        {"sv": (), "nb": (), "en": ()},
    ),
    _standing(
        "majority", (0.5, 1), (False, True),
        {"sv": ("en majoritet", "majoriteten", "flertalet", "merparten"),
         "nb": ("et flertall", "flertallet", "majoriteten", "størstedelen"),
         "en": ("a majority", "the majority", "most")},
        {"sv": ("de flesta",), "nb": ("de fleste",), "en": ("most",)},
    ),
    _standing(
        "minority", (0, 0.5), (True, False),
        {"sv": ("en minoritet",), "nb": ("et mindretall",), "en": ("a minority",)},
        {"sv": (), "nb": (), "en": ()},
    ),
    _standing(
        "few", (0, 0.15), (False, True),
        {"sv": ("en liten andel", "några få"), "nb": ("en liten andel", "noen få"),
         "en": ("a small share", "a few")},
        {"sv": ("få",), "nb": ("få",), "en": ("few",)},
    ),
    _standing(
        "halved", (0.45, 0.55), (True, True),
        {"sv": ("halverats", "halverades", "halveras", "en halvering"),
         "nb": ("halvert", "halvering", "en halvering", "halvert seg"),
         "en": ("halved", "fallen by half", "fell by half", "halving")},
        {"sv": (), "nb": (), "en": ()}, kind="ratio",
    ),
    _standing(
        "almost_halved", (0.5, 0.6), (False, True),
        {"sv": ("nästan halverats", "nästan har halverats"), "nb": ("nesten halvert",),
         "en": ("almost halved", "nearly halved")},
        {"sv": (), "nb": (), "en": ()}, kind="ratio",
    ),
    _standing(
        "doubled", (1.9, 2.1), (True, True),
        {"sv": ("fördubblats", "fördubblades", "fördubbling", "dubblerats", "dubblerades",
                "dubbelt så"),
         "nb": ("doblet", "fordoblet", "dobling", "dobbelt så"),
         "en": ("doubled", "doubling", "twice as")},
        {"sv": (), "nb": (), "en": ()}, kind="ratio",
    ),
    _standing(
        "more_than_doubled", (2, float("inf")), (False, True),
        {"sv": ("mer än fördubblats", "mer än fördubblades", "mer än dubblerats",
                "mer än dubbelt så"),
         "nb": ("mer enn doblet", "mer enn fordoblet", "mer enn dobbelt så"),
         "en": ("more than doubled", "more than twice as")},
        {"sv": (), "nb": (), "en": ()}, kind="ratio",
    ),
    _standing(
        "tripled", (2.85, 3.15), (True, True),
        {"sv": ("tredubblats", "tredubblades", "tredubbling", "tre gånger så"),
         "nb": ("tredoblet", "tredobling", "tre ganger så"),
         "en": ("tripled", "trebled", "three times as")},
        {"sv": (), "nb": (), "en": ()}, kind="ratio",
    ),
    _standing(
        "quadrupled", (3.8, 4.2), (True, True),
        {"sv": ("fyrdubblats", "fyrdubblades", "fyrdubbling", "fyra gånger så"),
         "nb": ("firedoblet", "firedobling", "fire ganger så"),
         "en": ("quadrupled", "four times as")},
        {"sv": (), "nb": (), "en": ()}, kind="ratio",
    ),
)  # fmt: skip

TABLE: tuple[Quantity, ...] = STANDING + tuple(
    _modified(fraction, modifier) for fraction in FRACTIONS for modifier in MODIFIERS
)
BY_ID: Mapping[str, Quantity] = {quantity.id: quantity for quantity in TABLE}
_WRITTEN = tuple(quantity for quantity in TABLE if quantity.written)


def word_for(share: float, n: int) -> Quantity | None:
    """The word that a share (0–1) of `n` answers earns; None when the number must speak alone.

    A word that is exactly true comes first, then the fraction nearest to the share with "drygt"
    or "nästan". With fewer than `SMALLEST_N_FOR_WORDS` answers only exact words are used, since
    one answer would move the share past the word's range.
    """
    fitting = [q for q in _WRITTEN if q.fits(share)]
    exact = [q for q in fitting if q.exact and abs(share - q.centre) < _EXACT]
    if exact:
        return exact[0]
    near = [q for q in fitting if not q.exact]
    if n < SMALLEST_N_FOR_WORDS or not near:
        return None
    return min(near, key=lambda q: abs(share - q.centre))


def fits(quantity_id: str, value: float) -> bool:
    """Whether the quantity word with this id may be used for the value; KeyError if unknown."""
    return BY_ID[quantity_id].fits(value)
