"""One box that finds everything: an index in the database that each room fills.

A room says in ``AppConfig.ready`` what it can be asked for:

    register_search(
        Searched(
            "organisation",
            _("Organisations"),
            Organisation,
            "klustermotor.register.search.organisations",
            watched={Organisation: "pk", OrganisationName: "organisation_id"},
        )
    )

``watched`` names the tables whose rows tell of the thing, and the field that holds the thing's
key. When such a row is saved or deleted, or passes through ``core.history.bulk_create`` or
``bulk_update``, the entries of its things are made anew in the same transaction: at once, or at
the end of the act that is under way. What writes by ``QuerySet.update`` or SQL calls
``refresh(kind, keys)`` itself. ``klustermotor reindex`` makes everything anew, and
``reindex --check`` counts what is not true.
"""

from klustermotor.core.search.finding import Found, Group, search
from klustermotor.core.search.index import (
    fill_if_empty,
    follow,
    out_of_date,
    refresh,
    reindex,
    tidy,
    touched,
)
from klustermotor.core.search.matching import Matching, matching
from klustermotor.core.search.registry import (
    EVERYTHING,
    NOTHING,
    Entry,
    Hit,
    Searched,
    Seen,
    among,
    register_search,
    searched,
)
from klustermotor.core.search.words import Question, folded, number_words, starts_a_word

__all__ = [
    "EVERYTHING",
    "NOTHING",
    "Entry",
    "Found",
    "Group",
    "Hit",
    "Matching",
    "Question",
    "Searched",
    "Seen",
    "among",
    "fill_if_empty",
    "folded",
    "follow",
    "matching",
    "number_words",
    "out_of_date",
    "refresh",
    "register_search",
    "reindex",
    "search",
    "searched",
    "starts_a_word",
    "tidy",
    "touched",
]
