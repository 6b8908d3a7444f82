"""What must be in the database before people use it, told by the rooms that need it.

A room names its function in ``AppConfig.ready``:

    prepared_by("klustermotor.register.services.reference.load_reference_data")

`serve` and `demo` call them all after the tables are up to date. Each finds out by itself whether
there is something to do, so that a second start costs little. They are no part of ``migrate``:
tests that empty the tables would have to fill them again and again.
"""

from django.utils.module_loading import import_string

_steps: dict[str, None] = {}


def prepared_by(function: str) -> None:
    """Name a function without arguments; the same name again changes nothing."""
    _steps[function] = None


def prepare() -> None:
    """Call what the rooms named, in the order of their floors."""
    for function in _steps:
        import_string(function)()
