"""``klustermotor retain [KIND…] [--dry-run]``."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from klustermotor.core.privacy.controllers import NoControllerError
from klustermotor.core.privacy.retention import (
    NotDecidedError,
    RetentionKind,
    apply_rule,
    due_rows,
    retention_kind,
    retention_kinds,
    rule_for,
)


class Command(BaseCommand):
    help = "Let go what has been kept for long enough, by the decisions that are set."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kinds", nargs="*", metavar="KIND", help="all when none is named")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would go, touch nothing"
        )
        parser.add_argument("--json", action="store_true", help="the result as one JSON object")

    def handle(self, *, kinds: list[str], dry_run: bool, **options: Any) -> None:
        try:
            chosen = [retention_kind(name) for name in kinds] or retention_kinds()
        except LookupError as error:
            raise CommandError(str(error.args[0])) from error
        told = {kind.name: self._told(kind, dry_run, bool(kinds)) for kind in chosen}
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for name, result in told.items():
            what = "would go" if dry_run else "went"
            decision = result["decision"] or "no decision yet"
            self.stdout.write(
                f"{name}: {result['rows']} {what} after {result['months']} months ({decision})."
            )
            for key in result.get("keys", []):
                self.stdout.write(f"  {key}")

    def _told(self, kind: RetentionKind, dry_run: bool, named: bool) -> dict[str, Any]:
        rule = rule_for(kind)
        told: dict[str, Any] = {
            "months": rule.months,
            "decision": rule.decision_number if rule.is_decided else "",
            "rows": 0,
        }
        if dry_run:
            told["keys"] = [str(key) for key in due_rows(kind, rule).values_list("pk", flat=True)]
            told["rows"] = len(told["keys"])
            return told
        if not rule.is_decided and not named:
            return told
        try:
            told["rows"] = apply_rule(kind, by=None)
        except NotDecidedError as error:
            raise CommandError(
                f"{kind.name}: name the disposal decision first (number, day, who decided), "
                "under Privacy, Retention."
            ) from error
        except NoControllerError as error:
            raise CommandError(
                "Name the controller first, under Privacy, Controllers: it decides what law keeps."
            ) from error
        return told
