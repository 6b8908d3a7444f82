"""Names of companies without what people write differently."""

import re

_MARKS = re.compile(r"[^\w& ]+")
_FORMS = frozenset(
    {
        "ab",
        "hb",
        "kb",
        "as",
        "asa",
        "ans",
        "da",
        "enk",
        "aktiebolag",
        "publ",
        "ek",
        "för",
        "ba",
        "sa",
    }
)


def plain_name(name: str) -> str:
    """A name in small letters without marks, double blanks and its legal form."""
    words = _MARKS.sub(" ", name.casefold()).replace("_", " ").split()
    kept = [word for word in words if word not in _FORMS]
    return " ".join(kept or words)


def plain_street(street: str) -> str:
    """A street address in small letters without blanks and marks."""
    return re.sub(r"[\W_]+", "", street.casefold())
