"""``klustermotor worker``: do the long work that waits."""

import signal
import threading
import time
import uuid
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker

from klustermotor.core.jobs.queue import sweep, tidy
from klustermotor.core.jobs.run import stopping

SWEEP_EVERY = 10  # seconds
TIDY_EVERY = 3600


class Worker(QueueWorker):
    """Empties the queue, looks for jobs that a dead worker left, and stops politely."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Let the running job give itself back to the queue at its next step."""
        self.running = False
        stopping.set()
        if not self.running_task:
            raise SystemExit(0)

    def work(self, *, once: bool) -> None:
        """Empty the queue again and again; with ``once``, until nothing is left."""
        stopping.clear()
        swept = tidied = float("-inf")
        while self.running:
            close_old_connections()
            if once or time.monotonic() - swept > SWEEP_EVERY:
                sweep()
                swept = time.monotonic()
            if time.monotonic() - tidied > TIDY_EVERY:
                tidy()
                tidied = time.monotonic()
            self.run()
            if once:
                return
            if self.running:
                time.sleep(self.interval)


class Command(BaseCommand):
    help = "Do the long work that waits: reports, imports. Several may run at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing waits any more")

    def handle(self, *, once: bool, **options: Any) -> None:
        worker = Worker(
            queue_names=["default"],
            interval=1.0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=uuid.uuid4().hex,
            excluded_queue_names=[],
        )
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, worker.shutdown)
            signal.signal(signal.SIGINT, worker.shutdown)
        try:
            worker.work(once=once)
        except DatabaseError as error:
            raise SystemExit(f"The database does not answer: {error}") from error
