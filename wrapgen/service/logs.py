"""Logs as JSON, one object a line, on standard error. No API key is ever in one."""

from __future__ import annotations

import json
import logging
import logging.config
import re
from datetime import UTC, datetime
from typing import Any

from flask import g, has_request_context

from wrapgen.service.keys import PREFIX

# A key that someone put into a path or a header where it does not belong.
_KEY = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{16,}}")
_BEARER = re.compile(r"(?i)(bearer[ :=]+|authorization[ :=\"']+)[^\s\"',}]{8,}")
_as_json = json.JSONEncoder(default=str).encode
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class JsonFormatter(logging.Formatter):
    """A record as a JSON object: time, level, logger, event, the request's id, and what ``extra`` gives."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if has_request_context() and (id := g.get("request_id")):
            line["request_id"] = id
        line |= {name: value for name, value in vars(record).items() if name not in _OWN}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return redact(_as_json(line))


def redact(text: str) -> str:
    """``text`` without what is or may be an API key."""
    return _BEARER.sub(r"\1…", _KEY.sub(f"{PREFIX}…", text))


def configure(level: str) -> None:
    """Logs of the service and of the server it runs under, from ``level`` up. May be called again."""
    logging.config.dictConfig(config(level))


def config(level: str) -> dict[str, Any]:
    """The same as a dictionary for `logging.config`; gunicorn takes it as ``logconfig_dict``."""
    named: dict[str, Any] = {"level": level.upper(), "handlers": ["json"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonFormatter}},
        "handlers": {"json": {"class": "logging.StreamHandler", "formatter": "json"}},
        "loggers": {"wrapgen": named, "gunicorn.error": named},
        "root": {"level": "WARNING", "handlers": ["json"]},
    }
