"""Conditions on earlier answers, such as ``background.active != 'no'`` (`ask_if` of a block).

Grammar, loosest binding first::

    condition  = conjunction { "or" conjunction }
    conjunction = negation { "and" negation }
    negation   = "not" negation | "(" condition ")" | comparison
    comparison = column ( "==" | "!=" ) code | column [ "not" ] "in" "[" code { "," code } "]"
    code       = quoted string | whole number

An unanswered question equals nothing: ``==`` and ``in`` are then false, ``!=`` and ``not in`` true.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import NoReturn

import polars as pl

_TOKEN = re.compile(
    r"\s*(?:(?P<string>'[^']*'|\"[^\"]*\")|(?P<symbol>==|!=|[()\[\],])"
    r"|(?P<number>-?\d+(?![\w.-]))|(?P<word>[^\W\d][\w-]*(?:\.[\w-]+)*|\d[\w-]*(?:\.[\w-]+)+))"
)
_KEYWORDS = frozenset({"and", "or", "not", "in"})


class ConditionError(ValueError):
    """A condition that cannot be read: what was found at which character, and what was expected."""

    def __init__(self, position: int, found: str, expected: str) -> None:
        self.position, self.found, self.expected = position, found, expected
        super().__init__(f"character {position + 1}: found {found or 'the end'}, {expected}")


@dataclass(frozen=True)
class OneOf:
    """The answer in `column` is one of `codes`."""

    column: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Not:
    """`condition` does not hold."""

    condition: "Condition"


@dataclass(frozen=True)
class AllOf:
    """Every one of `conditions` holds."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one of `conditions` holds."""

    conditions: tuple["Condition", ...]


Condition = OneOf | Not | AllOf | AnyOf


def parse_condition(text: str) -> Condition:
    """The condition that `text` states. Raises ConditionError with the place of the fault."""
    parser = _Parser(text)
    condition = parser.condition()
    parser.expect_end()
    return condition


def comparisons(condition: Condition) -> Iterator[OneOf]:
    """Every comparison of a column with codes, from left to right."""
    match condition:
        case OneOf():
            yield condition
        case Not(inner):
            yield from comparisons(inner)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from comparisons(part)


def as_expression(condition: Condition, numbers: Collection[str] = ()) -> pl.Expr:
    """The condition as a Polars expression, never null.

    `numbers` names the columns that hold numbers rather than codes.
    """
    match condition:
        case OneOf(column, codes):
            if column in numbers:
                wanted: list[str] | list[float] = [float(code) for code in codes]
            else:
                wanted = list(codes)
            return pl.col(column).is_in(wanted).fill_null(False)
        case Not(inner):
            return ~as_expression(inner, numbers)
        case AllOf(parts):
            return reduce(lambda a, b: a & b, (as_expression(part, numbers) for part in parts))
        case AnyOf(parts):
            return reduce(lambda a, b: a | b, (as_expression(part, numbers) for part in parts))


def holds(condition: Condition, answers: Mapping[str, str | float | None]) -> bool:
    """Whether the condition holds for one respondent's answers, by column name."""
    match condition:
        case OneOf(column, codes):
            answer = answers.get(column)
            if isinstance(answer, int | float):
                return any(float(code) == answer for code in codes)
            return answer in codes
        case Not(inner):
            return not holds(inner, answers)
        case AllOf(parts):
            return all(holds(part, answers) for part in parts)
        case AnyOf(parts):
            return any(holds(part, answers) for part in parts)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    position: int


class _Parser:
    """Recursive descent over the grammar above; one method per rule."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0

    def condition(self) -> Condition:
        parts = [self._conjunction()]
        while self._accept("keyword", "or"):
            parts.append(self._conjunction())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def expect_end(self) -> None:
        if self._next.kind != "end":
            self._fail("expected 'and', 'or' or the end")

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _conjunction(self) -> Condition:
        parts = [self._negation()]
        while self._accept("keyword", "and"):
            parts.append(self._negation())
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _negation(self) -> Condition:
        if self._accept("keyword", "not"):
            return Not(self._negation())
        if self._accept("symbol", "("):
            inner = self.condition()
            self._expect("symbol", ")", "expected ')'")
            return inner
        return self._comparison()

    def _comparison(self) -> Condition:
        column = self._expect("word", None, "expected a column such as block.item").text
        if self._accept("symbol", "=="):
            return OneOf(column, (self._code(),))
        if self._accept("symbol", "!="):
            return Not(OneOf(column, (self._code(),)))
        negated = self._accept("keyword", "not")
        self._expect("keyword", "in", "expected ==, !=, in or not in")
        among = OneOf(column, self._codes())
        return Not(among) if negated else among

    def _codes(self) -> tuple[str, ...]:
        self._expect("symbol", "[", "expected '['")
        codes = [self._code()]
        while self._accept("symbol", ","):
            codes.append(self._code())
        self._expect("symbol", "]", "expected ',' or ']'")
        return tuple(codes)

    def _code(self) -> str:
        token = self._next
        if token.kind == "string":
            self._at += 1
            return token.text[1:-1]
        return self._expect("number", None, "expected a code in quotes or a whole number").text

    def _accept(self, kind: str, text: str) -> bool:
        if self._next.kind == kind and self._next.text == text:
            self._at += 1
            return True
        return False

    def _expect(self, kind: str, text: str | None, expected: str) -> _Token:
        token = self._next
        if token.kind != kind or (text is not None and token.text != text):
            self._fail(expected)
        self._at += 1
        return token

    def _fail(self, expected: str) -> NoReturn:
        raise ConditionError(self._next.position, self._next.text, expected)


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    end = len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            at = position + len(text[position:]) - len(text[position:].lstrip())
            raise ConditionError(at, text[at], "expected a column, a code in quotes or (")
        kind = match.lastgroup or ""
        word, start = match.group(kind), match.start(kind)
        if kind == "word" and word in _KEYWORDS:
            kind = "keyword"
        yield _Token(kind, word, start)
        position = match.end()
    yield _Token("end", "", end)
