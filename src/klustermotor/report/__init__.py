"""The document model and its renderings: HTML, PDF, DOCX, XLSX."""
