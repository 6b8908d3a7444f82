"""What stands in the way of taking a thing away."""

from django.db import models


class StillUsedError(Exception):
    """A thing that others need cannot be removed; `by` says which, in plural."""

    def __init__(self, by: list[str]) -> None:
        super().__init__(", ".join(by))
        self.by = by


def used_by(thing: models.Model) -> list[str]:
    """What refers to a thing and would not come back with it: other rooms' rows, and its kin."""
    found = []
    for relation in thing._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and isinstance(relation, models.ForeignObjectRel)):
            continue
        model = relation.related_model
        is_history = hasattr(model, "instance_type")
        hangs_on_it = model._meta.app_label == thing._meta.app_label and model is not type(thing)
        if is_history or hangs_on_it:
            continue
        if model._base_manager.filter(**{relation.field.name: thing}).exists():
            found.append(str(model._meta.verbose_name_plural))
    return found
