"""``klustermotor proofread``: a report's text held against its tables, without a database."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from klustermotor.analysis.claims.cells import Fault
from klustermotor.evaluation.proofread_files import Proofed, as_json, proofread_files
from klustermotor.formats.errors import InputError
from klustermotor.formats.report_text import ReportText, Spot


class Command(BaseCommand):
    help = (
        "Proofread a report against its tables: one line per fault, with what would be right. "
        "Exit status 1 if any fault is an error. Needs no database and writes nothing but --out."
    )
    requires_system_checks: list[str] | tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "text", type=Path, metavar="TEXT", help="the report: .txt, .md or .docx"
        )
        parser.add_argument(
            "tables",
            nargs="*",
            type=Path,
            metavar="TABLES.csv",
            help="cells.csv or estimates.csv (default: the tables in the text)",
        )
        parser.add_argument(
            "--language", choices=("sv", "nb", "en"), help="of the report (default: found out)"
        )
        parser.add_argument("--json", action="store_true", help="the faults as JSON on stdout")
        parser.add_argument(
            "--out",
            type=Path,
            metavar="FILE",
            help="a .docx with a comment at each fault (of a .docx), or an .html page",
        )

    def handle(self, *args: object, **options: Any) -> None:
        text, out = options["text"], options["out"]
        _check_out(text, out)
        try:
            proofed = proofread_files(text, options["tables"], options["language"])
            if out is not None:
                _write(proofed, text, out)
        except InputError as error:
            self.stderr.write(error.text(), self.style.ERROR)
            sys.exit(1)
        except OSError as error:
            self.stderr.write(f"--out {out}: {error.strerror or error}", self.style.ERROR)
            sys.exit(1)
        if options["json"]:
            listed = [as_json(fault) for fault in proofed.faults]
            self.stdout.write(json.dumps(listed, ensure_ascii=False, indent=1))
        else:
            for fault, spot in proofed.placed:
                self.stdout.write(_line(fault, spot, proofed.report))
        self.stderr.write(_summary(proofed))
        if proofed.wrong:
            sys.exit(1)


def _check_out(text: Path, out: Path | None) -> None:
    """Raises CommandError for an --out that cannot be made of this text."""
    if out is None or out.suffix.lower() == ".html":
        return
    if out.suffix.lower() != ".docx":
        raise _usage(f"--out {out}: write to .docx or .html")
    if text.suffix.lower() != ".docx":
        raise _usage(f"--out {out}: comments can only be set in a .docx; write to .html")


def _write(proofed: Proofed, text: Path, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix.lower() == ".docx":
        from klustermotor.formats.proofed_docx import write_comments

        write_comments(text, proofed.placed, proofed.language, out)
        return
    from klustermotor.evaluation.proofread_page import page_of

    out.write_text(page_of(proofed), "utf-8")


def _line(fault: Fault, spot: Spot | None, report: ReportText) -> str:
    """One line: place, severity, kind, sentence, cell, what is wrong and what would be right."""
    where = report.name
    if spot is not None and not where.lower().endswith(".docx"):
        where += f":{report.line_of(spot)}"
    parts = [f"{where}: {fault.severity} {fault.kind}", f"“{fault.sentence}”"]
    if fault.cell is not None:
        cell = fault.cell
        named = (cell.initiative, cell.table, cell.name, cell.wave)
        parts.append(f"[{', '.join(part for part in named if part)}]")
    parts.append(fault.message + (f" → {fault.suggestion}" if fault.suggestion else ""))
    return " · ".join(" ".join(part.split()) for part in parts)


def _summary(proofed: Proofed) -> str:
    met = Counter(fault.severity for fault in proofed.faults)
    said = ", ".join(
        f"{met[s]} {s}{'' if met[s] == 1 else 's'}" for s in ("error", "warning", "note")
    )
    figures = "figure" if len(proofed.cells) == 1 else "figures"
    settled = f", {len(proofed.settled)} answered as intended" if proofed.settled else ""
    return (
        f"{proofed.report.name}: {said}{settled}; {len(proofed.cells)} {figures} to check against"
    )


def _usage(message: str) -> CommandError:
    return CommandError(message, returncode=2)
