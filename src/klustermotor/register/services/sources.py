"""Take over a value that a source tells, in place of what a person wrote."""

from django.db import models

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.register.models import Source, SourcedValue
from klustermotor.register.queries.told import value_of
from klustermotor.register.services.done import Done
from klustermotor.register.services.provenance import model_name


def take_over(row: models.Model, told: SourcedValue, *, by: User) -> Done[models.Model]:
    """Set a field to what a source tells; it follows the source again from now on."""
    with acting(by, "source.taken_over") as act:
        row = type(row)._default_manager.select_for_update().get(pk=row.pk)
        setattr(row, told.field, value_of(row, told.field, told.value))
        row.full_clean(validate_unique=True)
        row.save()
        SourcedValue.objects.filter(
            row=row.pk, model=model_name(row), field=told.field, source=Source.BY_HAND
        ).delete()
    return Done(row, act.at)
