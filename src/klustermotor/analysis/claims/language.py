"""What a language must bring so that claims can be written in it."""

from collections.abc import Mapping
from dataclasses import dataclass

Sentences = tuple[str, ...]
"""Sentences of one wording. One whose figures the claim lacks is left out, but for the first."""


@dataclass(frozen=True)
class People:
    """How those who answer are spoken of; the examples are Swedish."""

    of_answering: str
    """after a quantity: "hälften" + "av de svarande företagen" """
    answering: str
    """after a number or number word: "två av tre" + "svarande företag" """
    one_answering: str
    """one of them: "ett svarande företag" """
    none_answering: str
    """none of them: "inget av de svarande företagen" """
    share_who: str
    """ "andelen" + "svarande företag som" """
    not_answering: str
    """ "de företag som inte har svarat" """
    invited_people: str
    """after a number: "inbjudna företag" """
    the_invited: str
    """ "de inbjudna företagen" """
    counted: str
    """after a number: "företag"; may be empty"""
    the_population: str
    """with the figure ``population``: "de 120 företag som undersökningen avser" """


@dataclass(frozen=True)
class Language:
    """Words and wordings of one language.

    A wording is a template whose fields are texts that `render` composes, or figures of the
    claim with a format after the colon; it holds no digit and no number word of its own.
    """

    code: str
    quotes: tuple[str, str]
    people: Mapping[str, People]
    words: Mapping[str, str]
    """Small words and phrases, many of which depend on a claim's options."""
    templates: Mapping[str, tuple[Sentences, ...]]
    """Wordings by ``kind`` or ``kind.form``."""
