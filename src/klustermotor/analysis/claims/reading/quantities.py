"""Quantities in a sentence: what they say, as a range of values in their unit."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from klustermotor.analysis.claims.reading.lexicon import Lexicon
from klustermotor.analysis.claims.reading.quantity import (
    Kind,
    Quantity,
    Role,
    count_span,
    fraction_span,
    modifier_of,
    modifiers,
    percent_span,
)
from klustermotor.analysis.claims.reading.ratios import ratios
from klustermotor.analysis.claims.words import TABLE
from klustermotor.analysis.claims.words import Quantity as Word

_WITHOUT_ARTICLE = 60


@dataclass(frozen=True)
class _Grammar:
    figure: re.Pattern[str]
    percent_range: re.Pattern[str]
    n: re.Pattern[str]
    words: re.Pattern[str]
    by_form: Mapping[str, tuple[Word, ...]]
    fraction: re.Pattern[str]
    not_after: re.Pattern[str]
    not_before: re.Pattern[str]


def _any(forms: Iterable[str]) -> str:
    longest_first = sorted(set(forms), key=lambda f: (-len(f), f))
    return "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in longest_first)


@cache
def _grammar(code: str) -> _Grammar:
    from klustermotor.analysis.claims.reading import LEXICONS

    lexicon = LEXICONS[code]
    modifier = _any(modifiers(code))
    number = lexicon.number
    figure = re.compile(
        rf"(?<![\w.,/–-])(?:(?P<modifier>{modifier})\s+)?(?:hela\s+|bara\s+|hele\s+|only\s+)?"
        rf"(?P<number>{number})(?P<tens>{lexicon.tens_suffix}\b)?"
        rf"(?:\s*(?P<unit>{lexicon.points}|{lexicon.percent})(?![\w])"
        rf"|\s+(?P<people1>{lexicon.people})\s*\(?(?P<of1>\b(?:{lexicon.of}))\s+(?P<y1>{number})"
        rf"|\s+(?P<of2>{lexicon.of})\s+(?P<y2>{number})(?!\s*(?:{lexicon.percent}))"
        rf"|\s+(?P<people>{lexicon.people})\b|)(?![\w])",
        re.IGNORECASE,
    )
    forms: dict[str, tuple[Word, ...]] = {}
    for word in TABLE:
        if word.id in ("all", "none", "few") or word.kind == "ratio" or _is_digits(word):
            continue
        for form in word.forms(code):
            forms[form.lower()] = (*forms.get(form.lower(), ()), word)
    units = "|".join(map(re.escape, lexicon.fraction_parts))
    small = "|".join(map(re.escape, (w for w, v in lexicon.numbers.items() if 1 <= v <= 12)))
    ordinals = "|".join(map(re.escape, lexicon.ordinals))
    plural = {"sv": "ar(?:na)?|en", "nb": "er|en|ene", "en": "s"}[code]
    one = "|a" if code == "en" else ""
    fraction = re.compile(
        rf"(?<![\w-])(?:(?P<modifier>{modifier})\s+)?"
        rf"(?:(?P<top>{small}{one})[\s-]+(?P<bottom>{units})(?:{plural})?"
        rf"|(?P<x>{small})\s+(?:(?:{lexicon.people})\s+)?(?:{lexicon.in_of})\s+(?P<y>{small})"
        rf"|(?:{lexicon.every})\s+(?P<ordinal>{ordinals}))(?!\w)",
        re.IGNORECASE,
    )
    return _Grammar(
        figure=figure,
        percent_range=re.compile(
            rf"(?P<a>(?!(?:19|20)\d\d\b){number})\s*(?:{lexicon.percent})?(?P<when>\s*(?:\((?:[^()]*)\)|"
            rf"(?:år|i|in|år\s+)?\s*(?:19|20)\d\d)?)\s*,?\s*(?P<link>{lexicon.link})\s*"
            rf"(?P<b>{number})\s*(?P<unit>{lexicon.percent})",
            re.IGNORECASE,
        ),
        n=re.compile(r"\bn\s*=\s*(\d+)(?:\s*[–-]\s*(\d+))?"),
        words=re.compile(rf"(?<![\w-])(?:{_any(forms)})(?!\w)", re.IGNORECASE),
        by_form=forms,
        fraction=fraction,
        not_after=re.compile(rf"\s*(?:{'|'.join(lexicon.not_figures)})(?!\w)", re.IGNORECASE),
        not_before=re.compile(
            rf"(?:{'|'.join(lexicon.before_not_figures)})\.?\s*(?:\d+\s*(?:,|och|og|and|[–-])\s*)?$",
            re.IGNORECASE,
        ),
    )


def _is_digits(word: Word) -> bool:
    """Fractions of the form "two in three" and "a third" are read by rule, for all numbers."""
    return ":" in word.id or word.id in _FRACTION_IDS


_FRACTION_IDS = frozenset(w.id.rpartition(":")[2] for w in TABLE if ":" in w.id)


def quantities(sentence: str, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """The quantities of a sentence, in order; years, pages, sums of money are not among them."""
    grammar = _grammar(lexicon.code)
    found: list[Quantity] = []
    taken: list[tuple[int, int]] = []

    def add(quantity: Quantity) -> None:
        if not any(quantity.start < e and s < quantity.end for s, e in taken):
            found.append(quantity)
            taken.append((quantity.start, quantity.end))

    for match in grammar.n.finditer(sentence):
        low, high = float(match[1]), float(match[2] or match[1])
        add(Quantity("n", low, low, high, True, True, "", 0, match[0], *match.span()))
    for quantity in (*ratios(sentence, lexicon), *_fractions(sentence, grammar, lexicon)):
        add(quantity)
    for match in grammar.words.finditer(sentence):
        if match[0].lower() != "most" or re.match(
            r"\s+(?:of|compan|resp|firms)", sentence[match.end() :]
        ):
            add(_word(match, grammar))
    shared = _shared_units(sentence, grammar, lexicon)
    steps = [m.span() for m in _SCALE.finditer(sentence)]
    for quantity in _figures(sentence, grammar, lexicon, shared):
        if quantity.kind != "bare" or not any(s <= quantity.start < e for s, e in steps):
            add(quantity)
    ordered = sorted(found, key=lambda q: q.start)
    return tuple(_with_roles(ordered, sentence, lexicon))


_STEP = (
    r"(?:\d{1,2}|en|ett|två|tre|fyra|fem|én|to|fire|one|two|three|four|five)(?![\w,.]*\d|\s*%|\w)"
)
_SCALE = re.compile(
    r"(?:(?:svar|betyg|karakter|answer|score|rat|gav|ga|gave|kryss|marker|skal|scale|poäng|poeng|"
    rf"alternativ|värde|verdi|value|grad)\w*\s+(?:\w+\s+){{0,2}}{_STEP}\s+"
    rf"(?:eller|or|och|og|and|till|til|to|–|-)\s+{_STEP})"
    rf"|(?:där|der|hvor|where)\s+{_STEP}\s+(?:är|er|is|betyder|betyr|means|står|stands)[^.;]*",
    re.IGNORECASE,
)
"""Steps of a scale: "who answered 4 or 5", "where 1 means not at all and 5 very much"."""


def _fractions(sentence: str, grammar: _Grammar, lexicon: Lexicon) -> Iterator[Quantity]:
    for match in grammar.fraction.finditer(sentence):
        if match["ordinal"]:
            share = 1 / lexicon.ordinals[match["ordinal"].lower()]
        elif match["x"]:
            share = lexicon.numbers[match["x"].lower()] / lexicon.numbers[match["y"].lower()]
        else:
            top = lexicon.numbers.get(match["top"].lower(), 1)
            share = top / lexicon.fraction_parts[match["bottom"].lower()]
        if not 0 < share < 1:
            continue
        modifier = modifier_of(match["modifier"], lexicon)
        low, high, low_in, high_in = fraction_span(share, modifier)
        yield Quantity(
            "word", 100 * share, 100 * low, 100 * high, low_in, high_in, modifier, 0,
            match[0], *match.span(),
            word=match[0],
        )  # fmt: skip
    yield from _halves(sentence, lexicon)


@cache
def _half(code: str) -> re.Pattern[str]:
    half = next(w for w in TABLE if w.id == "half")
    forms = _any(half.forms(code))
    return re.compile(
        rf"(?<![\w-])(?:(?P<modifier>{_any(modifiers(code))})\s+)?(?:{forms})(?!\w)", re.IGNORECASE
    )


def _halves(sentence: str, lexicon: Lexicon) -> Iterator[Quantity]:
    for match in _half(lexicon.code).finditer(sentence):
        modifier = modifier_of(match["modifier"], lexicon)
        low, high, low_in, high_in = fraction_span(0.5, modifier)
        yield Quantity(
            "word", 50, 100 * low, 100 * high, low_in, high_in, modifier, 0,
            match[0], *match.span(),
            word=match[0],
        )  # fmt: skip


def _word(match: re.Match[str], grammar: _Grammar) -> Quantity:
    form = re.sub(r"\s+", " ", match[0].lower())
    word = grammar.by_form[form][0]
    return Quantity(
        "word", 100 * word.centre, 100 * word.low, 100 * word.high,
        word.low_included, word.high_included, "", 0, match[0], *match.span(), word=word.id,
    )  # fmt: skip


def _shared_units(sentence: str, grammar: _Grammar, lexicon: Lexicon) -> Mapping[int, str]:
    """Where numbers stand that share the unit of the one after: the 35 of "35 to 43 percent"."""
    return {
        m.start("a"): m["link"].lower()
        for m in grammar.percent_range.finditer(sentence)
        if m["link"] not in ("-", "–")
    }


def _figures(
    sentence: str, grammar: _Grammar, lexicon: Lexicon, shared: Mapping[int, str]
) -> Iterator[Quantity]:
    for match in grammar.figure.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        text = match["number"]
        value, decimals = lexicon.value(text)
        modifier = modifier_of(match["modifier"], lexicon)
        if match["tens"]:
            modifier = "about"
        place = match.span()
        unit = match["unit"]
        if unit is not None:
            kind: Kind = (
                "points" if re.fullmatch(lexicon.points, unit, re.IGNORECASE) else "percent"
            )
            span = percent_span(value, modifier, decimals)
            yield Quantity(kind, value, *span, modifier, decimals, match[0], *place)
        elif match.start("number") in shared:
            span = percent_span(value, modifier, decimals)
            yield Quantity("percent", value, *span, modifier, decimals, match[0], *place)
        elif (match["y1"] or match["y2"]) and not _YEAR.fullmatch(text):
            whole, _ = lexicon.value(match["y1"] or match["y2"])
            if whole > 0:
                span = count_span(value, modifier, decimals)
                yield Quantity("of", value, *span, modifier, 0, match[0], *place, out_of=whole)
        elif match["people"]:
            if text.lower() not in _articles(lexicon):
                span = count_span(value, modifier, decimals)
                yield Quantity(
                    "count", value, *span, modifier, decimals, match[0], *place,
                    noun=match["people"],
                )  # fmt: skip
        elif _is_bare_figure(text, before, after, grammar, lexicon):
            span = count_span(value, modifier, decimals)
            noun = re.match(r"\s+([^\W\d_]+(?:-[^\W\d_]+)?)\b(?!\s+(?:19|20)\d\d)", after)
            yield Quantity(
                "bare", value, *span, modifier, decimals, match[0], *place,
                noun=noun[1] if noun and noun[1].lower() not in lexicon.stop else "",
            )  # fmt: skip


_YEAR = re.compile(r"(?:19|20)\d\d")


def _articles(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(word for word, value in lexicon.numbers.items() if value == 1)


def _is_bare_figure(
    text: str, before: str, after: str, grammar: _Grammar, lexicon: Lexicon
) -> bool:
    if text.lower() in _articles(lexicon) or _YEAR.fullmatch(text):
        return False
    if grammar.not_after.match(after) or grammar.not_before.search(before):
        return False
    return not re.match(r"\s*[–-]\s*\d|\s*=|[:.]\d|\w|\s*%", after) and not re.search(
        r"\d\s*[–-]\s*$|=\s*$", before
    )


def _go_on(
    roles: dict[int, Role], found: Sequence[Quantity], sentence: str, lexicon: Lexicon
) -> None:
    """ "from A to B and now C": B is on the way, C is where it ended."""
    for i in [i for i, role in roles.items() if role == "to" and i + 1 < len(found)]:
        between = sentence[found[i].end : found[i + 1].start]
        alike = found[i + 1].kind == found[i].kind
        if alike and re.fullmatch(
            rf"\s*,?\s*(?:(?:{lexicon.link})\s+)?(?:\w+\s+)?(?:{lexicon.to})?\s*",
            between,
            re.IGNORECASE,
        ):
            roles[i], roles[i + 1] = "via", "to"


def _leads_to(quantity: Quantity, sentence: str, lexicon: Lexicon) -> bool:
    lead = sentence[: quantity.start].rstrip()
    return re.search(rf"(?:^|[\s,])(?:{lexicon.to})$", lead, re.IGNORECASE) is not None


def _with_roles(found: list[Quantity], sentence: str, lexicon: Lexicon) -> Iterator[Quantity]:
    """Marks "from A to B" and "between A and B" among quantities of one unit."""
    roles: dict[int, Role] = {}
    for i, (a, following) in enumerate(pairwise(found)):
        if a.kind not in ("percent", "word", "bare", "count"):
            continue
        lead = sentence[: a.start].rstrip()
        others = found[i + 1 :]
        alike = [q for q in others if q.kind in (a.kind, "percent", "word")]
        b = next((q for q in alike[:3] if _leads_to(q, sentence, lexicon)), None) or next(
            iter(alike), following
        )
        between = sentence[a.end : b.start]
        if len(between) > _WITHOUT_ARTICLE + 40 or b.kind == "n":
            continue
        if re.search(rf"\b(?:{lexicon.from_})(?:\s+\w+)?$", lead, re.IGNORECASE) and re.search(
            rf"(?:^|[\s,])(?:{lexicon.to})\s*$", between, re.IGNORECASE
        ):
            roles[i], roles[found.index(b)] = "from", "to"
            roles |= {
                j: "via"
                for j in range(i + 1, found.index(b))
                if found[j].kind in (a.kind, "percent")
            }
        elif re.search(rf"\b(?:{lexicon.between})$", lead, re.IGNORECASE) and re.fullmatch(
            rf"\s*(?:{lexicon.link})\s*", between, re.IGNORECASE
        ):
            roles[i] = roles[found.index(b)] = "between"
    _go_on(roles, found, sentence, lexicon)
    for i, quantity in enumerate(found):
        lead = sentence[: quantity.start].rstrip()
        alone = "from" not in roles.values() and quantity.kind in ("percent", "word", "bare")
        follows = bool(i) and found[i - 1].kind in (quantity.kind, "percent", "word")
        if follows and alone and re.search(rf"\b(?:{lexicon.from_})$", lead, re.IGNORECASE):
            roles[i] = "from"
    for i, quantity in enumerate(found):
        lead = sentence[: quantity.start].rstrip()
        moved = lexicon.has("up", lead) or lexicon.has("down", lead)
        if i and not roles and moved and _leads_to(quantity, sentence, lexicon):
            roles[i] = "to"
    for i, quantity in enumerate(found):
        yield replace(quantity, role=roles.get(i, ""))
