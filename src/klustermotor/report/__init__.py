"""Reports: a document model, its contents, and its renderings to HTML, PDF, DOCX and XLSX."""

from klustermotor.report.document import Document
from klustermotor.report.render import render

__all__ = ["Document", "render"]
