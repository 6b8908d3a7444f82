import re
import string

import pytest
from babel.messages.pofile import read_po

from klustermotor.report.language import (
    LANGUAGES,
    LOCALE,
    interval,
    number,
    percent,
    translator,
)


@pytest.mark.parametrize(
    ("value", "language", "decimals", "shown"),
    [
        (12345.6, "sv", 1, "12\u00a0345,6"),
        (12345.6, "nb", 1, "12\u00a0345,6"),
        (12345.6, "en", 1, "12,345.6"),
        (-0.04, "sv", 1, "0,0"),
        (-1.25, "sv", 2, "\u22121,25"),
        (None, "sv", 0, "–"),
        (float("nan"), "en", 0, "–"),
    ],
)
def test_a_number_is_written_as_the_language_writes_it(value, language, decimals, shown):
    assert number(value, language, decimals) == shown


def test_a_sign_is_shown_when_asked_for_and_zero_has_none():
    assert number(8.2, "sv", sign=True) == "+8"
    assert number(0.0, "sv", sign=True) == "0"


def test_per_cent_stands_apart_in_swedish_and_norwegian_only():
    assert percent(0.434, "sv") == "43\u00a0%"
    assert percent(0.434, "nb") == "43\u00a0%"
    assert percent(0.434, "en") == "43%"
    assert percent(None, "sv") == "–"


def test_an_interval_is_written_once_with_its_unit():
    assert interval(0.26, 0.63, "sv", share=True) == "26–63\u00a0%"
    assert interval(3.14, 3.9, "sv", share=False) == "3,14–3,90"
    assert interval(None, 0.5, "sv", share=True) == "–"


def test_an_unknown_language_is_named():
    with pytest.raises(ValueError, match=r"'fi'.*sv, nb, en"):
        translator("fi")


@pytest.mark.parametrize("language", ["sv", "nb"])
def test_every_text_is_translated_with_the_same_fields(language):
    with (LOCALE / language / "LC_MESSAGES" / "report.po").open("rb") as file:
        catalogue = read_po(file)
    messages = [m for m in catalogue if m.id]
    assert len(messages) > 100
    for message in messages:
        assert message.string, message.id
        assert not message.fuzzy, message.id
        assert _fields(message.string) == _fields(message.id)


def test_every_text_of_the_source_is_in_the_catalogues():
    source = "".join(p.read_text("utf-8") for p in LOCALE.parent.rglob("*.py"))
    asked = set(re.findall(r'\b_\("([^"\n]+)"\)', source))
    assert len(asked) > 60
    for language in ("sv", "nb"):
        with (LOCALE / language / "LC_MESSAGES" / "report.po").open("rb") as file:
            known = {m.id for m in read_po(file)}
        assert asked <= known


def test_a_catalogue_that_was_not_compiled_is_read_from_its_source():
    assert translator("sv").gettext("Background") == "Bakgrund"
    assert translator("nb").gettext("Background") == "Bakgrunn"
    assert [translator(one).gettext("Background") for one in LANGUAGES][2] == "Background"


def _fields(text):
    return sorted(name for _lit, name, _spec, _conv in string.Formatter().parse(text) if name)
