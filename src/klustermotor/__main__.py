"""The command ``klustermotor``: Django's command line under the product's own name."""

import os
import sys
from importlib import import_module

FILE_COMMANDS = {
    name: f"klustermotor.evaluation.management.commands.{name}"
    for name in ("evaluate", "proofread")
}
"""Commands on files alone. They start without loading the rooms, which takes half a second."""


def main() -> None:
    """Run the command line with the product's settings."""
    if len(sys.argv) > 1 and sys.argv[1] in FILE_COMMANDS:
        import_module(FILE_COMMANDS[sys.argv[1]]).Command().run_from_argv(sys.argv)
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klustermotor.config.settings")
    if sys.argv[1:2] == ["demo"]:
        # Settings are read before the command is known; its children inherit the flag.
        os.environ["KLUSTERMOTOR_DEMO"] = "1"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
