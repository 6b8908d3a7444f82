"""One JSON object per log line, without tokens, names or addresses of people."""

import json
import logging
import re
from datetime import UTC, datetime

# What follows these in a path is a secret: reset keys, confirmation keys, survey links.
SECRET_PATH = re.compile(r"(/(?:key|confirm-email|t|s)/)[^/?\s]+")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
TOKEN = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[\w-]{24,}\b")
EXTRA = ("method", "path", "status", "milliseconds", "user", "job", "kind")


def without_secrets(text: str) -> str:
    """Return ``text`` with e-mail addresses, tokens and query strings struck out."""
    text = SECRET_PATH.sub(r"\1…", text)
    text = re.sub(r"\?\S+", "?…", text)
    return TOKEN.sub("…", EMAIL.sub("…@…", text))


class JsonFormatter(logging.Formatter):
    """Writes time, level, logger, message, the known extras and a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        line |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if record.exc_info:
            line["traceback"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)
