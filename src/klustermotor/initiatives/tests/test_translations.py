"""Texts of an initiative and its facts, in the language of the page where they are known."""

import pytest
from django.utils import translation

from klustermotor.initiatives.services import record_fact, save_initiative

pytestmark = pytest.mark.django_db


def test_a_text_is_said_in_the_language_of_the_page_and_else_as_it_was_written() -> None:
    initiative = save_initiative(
        "stal", name="Stål", purpose="Tillväxt.", translations={"nb": {"purpose": "Vekst."}}
    )
    fact = record_fact(
        initiative,
        2009,
        "företagsbesök",
        550,
        source="avsnitt 6.2",
        translations={"nb": {"label": "bedriftsbesøk"}},
    )
    said = {}
    for language in ("sv", "nb", "en"):
        with translation.override(language):
            said[language] = (initiative.said("purpose"), fact.said("label"), fact.said("source"))
    assert said == {
        "sv": ("Tillväxt.", "företagsbesök", "avsnitt 6.2"),
        "nb": ("Vekst.", "bedriftsbesøk", "avsnitt 6.2"),
        "en": ("Tillväxt.", "företagsbesök", "avsnitt 6.2"),
    }


def test_the_translation_of_a_text_that_is_rewritten_goes_with_it() -> None:
    initiative = save_initiative(
        "stal", name="Stål", purpose="Tillväxt.", translations={"nb": {"purpose": "Vekst."}}
    )
    save_initiative("stal", purpose="Fler jobb.")
    initiative.refresh_from_db()
    with translation.override("nb"):
        assert initiative.said("purpose") == "Fler jobb."
