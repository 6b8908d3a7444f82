"""Walk every field of every table and ask what has been said of it."""

from django.db import models

from klustermotor.core.privacy.shredders import (
    all_shredders,
    exemption,
    free_text,
    stored_models,
    subject_kinds,
)
from klustermotor.core.privacy.sweep import histories

WORDS = (
    models.CharField
    | models.TextField
    | models.JSONField
    | models.BinaryField
    | models.FileField
    | models.GenericIPAddressField
)


def unsaid() -> list[str]:
    """One line per field that could hold personal data and of which no room has said a word.

    That is: every field with words, every link to a person or user, in every app. A field is said
    of by a shredder, as free text that erasure searches, or by a written exemption. The tables of
    earlier values follow the model whose values they keep.
    """
    told: dict[type[models.Model], set[str]] = {}
    for shredder in all_shredders():
        told.setdefault(shredder.model, set()).update(shredder.personal, {shredder.path})
    people = tuple(kind.model for kind in subject_kinds() if not kind.only)
    earlier = histories()
    return [
        f"{model._meta.label}.{field.name}: {_remedy(field, people)}"
        for model in stored_models()
        if model not in earlier
        for field in model._meta.concrete_fields
        if _may_be_personal(field, people)
        and field.name not in told.get(model, set())
        and not (free_text(model, field.name) or _is_exempt(field, people))
    ]


def _may_be_personal(field: models.Field, people: tuple[type[models.Model], ...]) -> bool:
    if field.is_relation:
        return field.related_model in people
    return isinstance(field, WORDS) and not field.choices


def _is_exempt(field: models.Field, people: tuple[type[models.Model], ...]) -> bool:
    """A whole model may be exempt for what it says, never for whom it points at."""
    by_name = exemption(field.model, field.name)
    return bool(by_name) and not (field.is_relation and field.related_model in people)


def _remedy(field: models.Field, people: tuple[type[models.Model], ...]) -> str:
    if field.is_relation:
        return f"points at a {field.related_model._meta.verbose_name}: register a shredder for it"
    return "register a shredder, name it in mentions_in(…), or say in exempt(…) why not"
