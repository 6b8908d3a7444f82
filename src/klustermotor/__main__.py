"""The command ``klustermotor``: Django's command line under the product's own name."""

import os
import sys


def main() -> None:
    """Run the command line with the product's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klustermotor.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
