"""``klustermotor serve``: the web server and a worker on one machine."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from klustermotor.core.serving import serve


class Command(BaseCommand):
    help = "Serve the site and do its long work, until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        serve(host, port, self._say)

    def _say(self, address: str) -> None:
        self.stdout.write(f"Klustermotor answers at {address}")
        self.stdout.flush()
