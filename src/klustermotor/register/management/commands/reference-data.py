"""``klustermotor reference-data``: industries and municipalities as they are shipped."""

from typing import Any

from django.core.management.base import BaseCommand

from klustermotor.register.services.reference import load_reference_data


class Command(BaseCommand):
    help = (
        "Add the industries (SNI and SN, 2007 and 2025) and municipalities (Sweden, Norway) that "
        "are shipped and missing here. Again, it changes nothing; it takes nothing back."
    )

    def handle(self, **options: Any) -> None:
        loaded = load_reference_data()
        if loaded.nothing:
            self.stdout.write("Everything is there already.")
            return
        self.stdout.write(
            f"{loaded.industries} industries, {loaded.bridges} bridges between versions and "
            f"{loaded.municipalities} municipalities added; {loaded.filled_in} filled in."
        )
