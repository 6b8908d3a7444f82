"""The command ``klustermotor``: Django's command line under the product's own name."""

import os
import sys
from importlib import import_module

FILE_COMMANDS = {
    name: f"klustermotor.evaluation.management.commands.{name}"
    for name in ("evaluate", "proofread")
} | {"link": "klustermotor.register.management.commands.link"}
"""Commands on files alone. They start without loading the rooms, which takes half a second."""


PIPE_CLOSED = 141
"""What a shell says of a command that the reader of its output has left: 128 + SIGPIPE."""


def main() -> None:
    """Run the command line; quietly over when whoever reads its output has read enough."""
    try:
        try:
            run()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # What is left in the buffers goes nowhere, instead of failing again on the way out.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
        sys.exit(PIPE_CLOSED)


def run() -> None:
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
