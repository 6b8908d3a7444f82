"""Writes to organisations and what hangs on them."""

from django.db import transaction

from klustermotor.register.models import Organisation


@transaction.atomic
def organisation_for(name: str, number: str = "") -> Organisation:
    """The organisation with this number, else with this name; created when there is none.

    The number decides where it is given: two companies may share a name. A known organisation
    keeps the name it has.
    """
    name, number = name.strip(), number.strip()
    if number:
        found = Organisation.objects.filter(number=number).first()
        return found or Organisation.objects.create(name=name, number=number)
    found = Organisation.objects.filter(name=name).order_by("id").first()
    return found or Organisation.objects.create(name=name)
