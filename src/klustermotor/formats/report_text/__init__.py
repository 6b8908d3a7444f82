"""The text of a report with its tables, out of .txt, .md and .docx."""

from klustermotor.formats.report_text.blocks import Block
from klustermotor.formats.report_text.grids import Grid
from klustermotor.formats.report_text.read import Prose, ReportText, Spot, read_report, report_of

__all__ = ["Block", "Grid", "Prose", "ReportText", "Spot", "read_report", "report_of"]
