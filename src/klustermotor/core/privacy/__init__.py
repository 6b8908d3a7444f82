"""The rights of the person: what is kept of whom, an extract of it, its erasure, how long it stays.

A room says in ``AppConfig.ready`` what it keeps of people, once per model and way to a person:

    register_shredder(
        Shredder(PersonRole, of=Person, path="person", personal=("title", "email", "phone"),
                 activity="register")
    )
    mentions_in(Organisation, "description")        # free text that may name somebody
    exempt(Industry, "an official classification, without people")

A test walks every field of every model and fails for one that nothing is said of.
"""

from klustermotor.core.privacy.shredders import (
    Action,
    FreeText,
    Shredder,
    Subject,
    SubjectKind,
    exempt,
    mentions_in,
    register_shredder,
    register_subject,
)

__all__ = [
    "Action",
    "FreeText",
    "Shredder",
    "Subject",
    "SubjectKind",
    "exempt",
    "mentions_in",
    "register_shredder",
    "register_subject",
]
