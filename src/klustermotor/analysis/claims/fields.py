"""The fields of a wording: the claim's figures, and the texts composed from what it names."""

import re
from collections.abc import Callable, Mapping
from string import Formatter

from klustermotor.analysis.claims.claim import Claim
from klustermotor.analysis.claims.language import Language
from klustermotor.analysis.claims.numbers import NBSP, number, number_word
from klustermotor.analysis.claims.words import SMALLEST_N_FOR_WORDS, word_for
from klustermotor.analysis.measures import scale_of
from klustermotor.analysis.questionnaire import (
    ASPECTS,
    Block,
    Column,
    Questionnaire,
    in_language,
)
from klustermotor.analysis.rounding import rounded

_LONG = 12
_formatter = Formatter()


def label(text: str, quotes: tuple[str, str]) -> str:
    """A questionnaire's label as it stands inside a sentence.

    It begins in lower case unless it is an abbreviation or a name, and is quoted when it is
    itself a sentence or an answer, holds a figure, or is too long to be read as a part of one.
    """
    text = text.strip()
    answer = r"^(ja|nej|nei|yes|no)\b"
    if re.search(rf"[.?!:;\d\"”»]|{answer}", text, re.I) or len(text.split()) > _LONG:
        return f"{quotes[0]}{text}{quotes[1]}"
    first, *rest = text.split(" ")
    abbreviation = any(c.isupper() for c in first[1:])
    name = bool(rest) and re.fullmatch(r"[A-ZÅÄÖÆØ][a-zåäöæø]+", rest[0]) is not None
    return text if abbreviation or name else text[:1].lower() + text[1:]


class Figure:
    """A figure of the claim, which knows how it is printed."""

    def __init__(self, value: float, words: Language, decimals: int) -> None:
        self.value, self.words, self.decimals = value, words, decimals

    def __format__(self, spec: str) -> str:
        return _PRINTED[spec](self.value, self.words, self.decimals)


def _percent(value: float, words: Language, decimals: int) -> str:
    hidden_by_rounding = 0 < value < 1 and rounded(value * 100, decimals) in (0, 100)
    digits = number(value * 100, words.code, max(decimals, 1 if hidden_by_rounding else 0))
    return f"{digits}{NBSP}{words.words['percent']}"


def _points(value: float, words: Language, decimals: int) -> str:
    name = "point" if rounded(value * 100, decimals) == 1 else "points"
    return f"{number(value * 100, words.code, decimals)}{NBSP}{words.words[name]}"


def _steps(value: float, words: Language, decimals: int) -> str:
    decimals = max(decimals, 1)
    name = "step" if rounded(value, decimals) == 1 else "steps"
    return f"{number(value, words.code, decimals)}{NBSP}{words.words[name]}"


_PRINTED: Mapping[str, Callable[[float, Language, int], str]] = {
    "": lambda value, words, _: number(value, words.code),
    "word": lambda value, words, _: number_word(value, words.code),
    "percent": _percent,
    "points": _points,
    "steps": _steps,
    "mean": lambda value, words, decimals: number(value, words.code, max(decimals, 1)),
}


class Fields(dict[str, object]):
    """The fields of a wording, composed when asked for; KeyError when the claim lacks them."""

    def __init__(
        self,
        claim: Claim,
        questionnaire: Questionnaire,
        language: Language,
        names: Mapping[str, str],
    ) -> None:
        super().__init__()
        self.names = names
        self.claim, self.questionnaire, self.language = claim, questionnaire, language
        self.words, self.code = language.words, language.code
        self.who = language.people[questionnaire.respondents]
        self.decimals = int(claim.options.get("decimals", "0"))

    def __missing__(self, name: str) -> object:
        if name in _TEXTS:
            return _TEXTS[name](self)
        if name in self.claim.figures:
            return self.figure(name)
        if name in self.claim.options:
            return self.words[f"{name}.{self.claim.options[name]}"]
        if hasattr(self.who, name):
            return _formatter.vformat(getattr(self.who, name), (), self)
        raise KeyError(name)

    def figure(self, name: str) -> Figure:
        """A figure of the claim; the only way in which a number reaches a sentence."""
        return Figure(self.claim.figures[name], self.language, self.decimals)

    def subject(self, role: str, index: int = 0) -> str:
        """The id of what plays this role."""
        ids = self.claim.subjects.get(role, ())
        if index >= len(ids):
            raise KeyError(role)
        return ids[index]

    def block(self, index: int = 0) -> Block:
        """The claim's block; index 1 is the block that the first one is compared with."""
        ids = self.claim.subjects.get("block", (self.claim.block,))
        return self.questionnaire.block(ids[index])

    def wave(self, role: str, alone: bool = False) -> str:
        """A wave as an adverbial ("år 2009"), or alone after a preposition ("2009")."""
        return self.named_wave(self.subject(role), alone)

    def named_wave(self, wave: str, alone: bool = False) -> str:
        """A wave's id in words."""
        if not wave:
            return self.words["the_wave"]
        kind = "year" if re.fullmatch(r"\d{4}", wave) else "wave"
        return self.words[f"{'since' if alone else 'in'}_{kind}"].format(wave=wave)

    def named_initiative(self) -> str:
        """The initiative compared with, by its name when the caller gave names."""
        return self.names.get(self.subject("initiative"), self.subject("initiative"))

    def quoted(self, text: str) -> str:
        """The text within the language's quotation marks."""
        return f"{self.language.quotes[0]}{text}{self.language.quotes[1]}"

    def item(self, index: int = 0, block: int = 0) -> str:
        """An item's label as it stands inside a sentence."""
        wanted, _ = self.sided(index, block)
        text = next(i.text for i in self.block(block).items if i.id == wanted)
        return label(in_language(text, self.code, wanted), self.language.quotes)

    def sided(self, index: int = 0, block: int = 0) -> tuple[str, str]:
        """An item's id, and the side of the gap that is meant, if it is one side of one."""
        named = self.subject("item", index)
        item, _, side = named.rpartition(".")
        one_side = self.block(block).type == "gap" and side in ASPECTS
        return (item, side) if one_side else (named, "")

    def joined(self, parts: list[str], final: str = "and") -> str:
        """A, B och C; parted by semicolons when the parts hold commas of their own."""
        if not parts:
            raise KeyError("nothing to list")
        between = "; " if any(", " in part for part in parts) else ", "
        head = between.join(parts[:-1])
        return f"{head} {self.words[final]} {parts[-1]}" if head else parts[-1]

    def topic(self, block: int = 0) -> str:
        """What the block is about; its question, quoted, when it has no topic."""
        asked = self.block(block)
        question = self.quoted(in_language(asked.text, self.code, asked.id))
        return in_language(asked.topic, self.code) or self.words["the_question"].format(
            question=question
        )

    def among(self) -> str:
        """What a superlative is among; empty when the block has no name for its items."""
        if self.claim.options.get("shown") == "partly":
            return self.words["among_shown"]
        topic = in_language(self.block().topic, self.code)
        frame = self.words["among_gap" if self.block().type == "gap" else "among_topic"]
        return frame.format(topic=topic) if topic else ""

    def item_topic(self, index: int = 0, block: int = 0) -> str:
        """What is measured for an item, with the side of the gap when it is one side."""
        asked = self.block(block)
        _, side = self.sided(index, block)
        frame = in_language(asked.item_topic, self.code)
        if frame:
            text = frame.format(item=self.item(index, block))
        elif len(asked.items) == 1 and asked.topic:
            text = self.topic(block)
        else:
            text = self.item(index, block)
        return self.words[f"aspect.{side}"].format(topic=text) if side else text

    def category(self, index: int = 0, block: int = 0, role: str = "category") -> str:
        """An answer, quoted as it reads in the questionnaire."""
        code = self.subject(role, index)
        asked = self.block(block)
        scale = scale_of(Column(asked, asked.items[0]))
        if scale is None:
            raise KeyError(role)
        named = {share.id: share.text for share in scale.shares}
        text = named.get(code) or scale.codes.get(code, {})
        return self.quoted(in_language(text, self.code, code))

    def categories(self, role: str, final: str) -> str:
        """Several answers in a row."""
        count = len(self.claim.subjects.get(role, ()))
        return self.joined([self.category(i, role=role) for i in range(count)], final)

    def statement(self, index: int = 0, block: int = 0, *, short: bool = False) -> str:
        """What those counted by a share have said, verb first.

        `short` leaves out what a block of one item is about, where it has just been told.
        """
        asked = self.block(block)
        if told := self.named_statement(block):
            return told
        if short and len(asked.items) == 1 and asked.type not in ("multiple", "yes_no"):
            return self.words["says.category_short"].format(category=self.category(block=block))
        if asked.type in ("multiple", "yes_no"):
            frame = in_language(asked.item_statement, self.code)
            item = self.item(index, block)
            return (frame or self.words[f"says.{asked.type}"]).format(item=item)
        return self.words["says.category"].format(
            category=self.category(block=block), topic=self.item_topic(index, block)
        )

    def named_statement(self, block: int = 0) -> str:
        """The statement of a named share that has one of its own; else empty."""
        asked = self.block(block)
        scale = scale_of(Column(asked, asked.items[0]))
        code = next(iter(self.claim.subjects.get("category", ())), "")
        named = {share.id: share.statement for share in scale.shares} if scale else {}
        return in_language(named.get(code, {}), self.code)

    def measure(self, *, short: bool = False) -> str:
        """The share or mean that a change or a comparison is about, as a noun phrase."""
        if self.claim.options.get("statistic") == "share":
            return self.words["share_of"].format(
                share_who=self.who.share_who, statement=self.statement(short=short)
            )
        _, side = self.sided()
        topic = self.item_topic()
        return topic if side else self.words["mean_of"].format(topic=topic)

    def measure_clause(self, *, short: bool = False) -> str:
        """The same before a verb, with the comma that closes its clause where one is due."""
        share = self.claim.options.get("statistic") == "share"
        return self.measure(short=short) + (self.words["clause_end"] if share else "")

    def printed(self, figure: str) -> str:
        """A share as percent or a mean as a decimal number, as the claim's statistic says."""
        share = self.claim.options.get("statistic") == "share"
        return format(self.figure(figure), "percent" if share else "mean")

    def lead(self, i: int = 1) -> str:
        """A share as the subject of a sentence, in words when the claim asks for it."""
        figures = self.claim.figures
        share, n = figures[f"share_{i}"], int(figures[f"n_{i}"])
        percent, n_text = format(self.figure(f"share_{i}"), "percent"), number(n, self.code)
        word = word_for(share, n)
        if word is not None and word.id in ("none", "all"):
            return self.words[f"lead.{word.id}"].format(n=n_text, **vars(self.who))
        if f"count_{i}" not in figures:
            return self.words["lead.weighted"].format(percent=percent, n=n_text, **vars(self.who))
        of_n = self.of_n(figures[f"count_{i}"], n)
        if n < SMALLEST_N_FOR_WORDS:
            return f"{of_n} {self.who.answering}"
        if word is None or self.claim.options.get("words") != "yes":
            return f"{percent} {self.who.of_answering} ({of_n})"
        people = self.who.of_answering if word.written == "of" else self.who.answering
        told = of_n if word.exact else f"{percent}, {of_n}"
        return f"{word.write(self.code)} {people} ({told})"

    def of_n(self, count: float, n: float) -> str:
        """ "10 av 23" """
        return self.words["of_n"].format(count=number(count, self.code), n=number(n, self.code))

    def short(self, i: int) -> str:
        """The figure of the i-th item: its mean, its count of n, or its share."""
        figures = self.claim.figures
        if f"mean_{i}" in figures:
            return format(self.figure(f"mean_{i}"), "mean")
        if f"count_{i}" not in figures:
            return format(self.figure(f"share_{i}"), "percent")
        return self.of_n(figures[f"count_{i}"], figures[f"n_{i}"])

    def shorts(self, indices: range) -> str:
        """The figures of items that share a place, told once when they are the same."""
        told = [self.short(i + 1) for i in indices]
        if len(set(told)) > 1:
            return ", ".join(told[:-1]) + f" {self.words['respectively']} {told[-1]}"
        return told[0] if "mean_1" in self.claim.figures else f"{told[0]} {self.words['each']}"

    def part(self, role: str) -> range:
        """Indices of the items that lead, follow, are listed or come last: "2-3" is 1, 2."""
        low, _, high = self.claim.options[role].partition("-")
        return range(int(low) - 1, int(high or low))

    def listed(self, role: str) -> str:
        """Items with their figures in brackets."""
        return self.joined([f"{self.item(i)} ({self.short(i + 1)})" for i in self.part(role)])

    def difference(self) -> str:
        """A difference in percentage points or steps of the scale."""
        share = self.claim.options.get("statistic") == "share"
        text = format(self.figure("difference"), "points" if share else "steps")
        return f"{self.words['about']} {text}" if "rounded" in self.claim.options else text

    def smallest(self) -> str:
        """The smallest change that would have been certain, in whole percentage points."""
        return format(Figure(self.claim.figures["smallest_change"], self.language, 0), "points")

    def equals(self) -> str:
        """How many of those who answered a difference is."""
        count = self.claim.figures["respondents"]
        if rounded(count) == 0:
            return self.words["less_than_one"].format(one=self.who.one_answering)
        if rounded(count) == 1:
            return f"{self.words['about']} {self.who.one_answering}"
        return f"{self.words['about']} {number_word(count, self.code)} {self.who.answering}"

    def earlier(self) -> str:
        """Response rates of earlier waves, one after the other."""
        figures = self.claim.figures
        parts = []
        for i, wave in enumerate(self.claim.subjects["wave_earlier"], start=1):
            of_n = self.of_n(figures[f"answered_{i}"], figures[f"invited_{i}"])
            rate = format(self.figure(f"rate_{i}"), "percent")
            parts.append(f"{rate} {self.named_wave(wave)} ({of_n})")
        return self.joined(parts)

    def span(self, name: str) -> str:
        """ "21–23", or the one number when both ends are the same."""
        low, high = (format(self.figure(f"{name}_{end}"), "") for end in ("min", "max"))
        return low if low == high else self.words["range"].format(low=low, high=high)

    def range_of_others(self) -> str:
        """The lowest and highest figure of the initiatives compared with."""
        low, high = self.printed("other_min"), self.printed("other_max")
        unit = f"{NBSP}{self.words['percent']}"
        return (
            low
            if low == high
            else self.words["range"].format(low=low.removesuffix(unit), high=high)
        )


_TEXTS: Mapping[str, Callable[[Fields], str]] = {
    "wave": lambda f: f.wave("wave"),
    "wave_from": lambda f: f.wave("wave_from"),
    "wave_to": lambda f: f.wave("wave_to"),
    "since": lambda f: f.wave("wave_from", alone=True),
    "until": lambda f: f.wave("wave_to", alone=True),
    "among": Fields.among,
    "topic": Fields.topic,
    "item": Fields.item,
    "item_topic": Fields.item_topic,
    "item_topic_second": lambda f: f.item_topic(1),
    "item_topic_result": lambda f: f.item_topic(1, 1),
    "last": lambda f: f.item(f.part("last")[0]),
    "last_figure": lambda f: f.short(f.part("last")[0] + 1),
    "leading": lambda f: f.joined([f.item(i) for i in f.part("leading")]),
    "leading_topics": lambda f: f.joined([f.item_topic(i) for i in f.part("leading")]),
    "leading_figures": lambda f: f.shorts(f.part("leading")),
    "leading_categories": lambda f: f.categories("category", "and"),
    "following": lambda f: f.listed("following"),
    "listed": lambda f: f.listed("listed"),
    "any_of": lambda f: f.joined([f.item(i) for i in f.part("listed")], "or"),
    "statement": Fields.statement,
    "statement_verb": lambda f: f.statement().partition(" ")[0],
    "statement_rest": lambda f: f.statement().partition(" ")[2],
    "short_statement": lambda f: f.statement(short=True),
    "short_verb": lambda f: f.statement(short=True).partition(" ")[0],
    "short_rest": lambda f: f.statement(short=True).partition(" ")[2],
    "short_clause": lambda f: f.measure_clause(short=True),
    "result_statement": lambda f: f.statement(1, 1),
    "measure": Fields.measure,
    "measure_clause": Fields.measure_clause,
    "category_second": lambda f: f.category(1),
    "categories_none": lambda f: f.categories("category_none", "or"),
    "lead": Fields.lead,
    "lead_result": lambda f: f.lead(2),
    "second_figure": lambda f: f.short(2),
    "from_value": lambda f: f.printed("from"),
    "to_value": lambda f: f.printed("to"),
    "own": lambda f: f.printed("own"),
    "other": lambda f: f.printed("other"),
    "difference": Fields.difference,
    "smallest": Fields.smallest,
    "gap_size": Fields.difference,
    "gap_second": lambda f: format(f.figure("second_gap"), "steps"),
    "equals": Fields.equals,
    "earlier": Fields.earlier,
    "range_of_n": lambda f: f.span("n"),
    "range_of_n_from": lambda f: f.span("n_from"),
    "range_of_n_to": lambda f: f.span("n_to"),
    "range_of_others": Fields.range_of_others,
    "other_initiative": lambda f: f.named_initiative(),
    "reference": lambda f: f.claim.options["name"],
    "reference_year": lambda f: f.named_wave(f.claim.options["year"]),
    "source": lambda f: f.claim.options["source"],
    "unit": lambda f: f.block().unit,
}
