"""What an operator sets, by environment variables named ``WRAPGEN_...``; ``docs/operators.md`` has the table."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from wrapgen.errors import InputError, Problem, describe, nearest

PREFIX = "WRAPGEN_"
LEVELS = ("debug", "info", "warning", "error")
MEBIBYTE = 1024 * 1024
SHORTEST_SECRET = 16
# Set by the service itself for its worker processes, see wrapgen.service.gunicorn_conf.
RUN = "WRAPGEN_RUN"


class SettingsError(InputError):
    """Environment variables that cannot be read; ``problems`` has all of them, each with what is allowed."""

    def __str__(self) -> str:
        return "\n".join(map(describe, self.problems))


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a service. Those of the defaults are for one person on one machine."""

    rules: Path | None = None  # folder of rule files; None for those that come with wrapgen
    keys: Path | None = None  # file of API keys; None asks for none, and answers callers of this machine only
    state: Path | None = None  # folder for what workers share and what outlives them; None for a temporary one
    rate: str | None = None  # such as "1200 per minute", for each API key or address; None for no limit
    body_limit: int = 5 * MEBIBYTE  # bytes of a request, or of a line of a batch
    batch_limit: int = 64 * MEBIBYTE  # bytes of a whole batch
    body_seconds: float = 30  # within which a body has arrived; for a batch, without a byte
    idempotency_hours: float = 24  # for which an answer is kept under its Idempotency-Key
    log_level: str = "info"
    proxies: int = 0  # of our own that stand before the service, and whose X-Forwarded-For and -Proto count
    desk: str | None = None  # URL of the desk's database, or off; None keeps it in ``state``: without that, no desk
    inbox: Path | None = None  # folder whose snapshots become stories of the desk
    webhooks: tuple[str, ...] = ()  # addresses that approved stories may be sent to
    webhook_secret: str = ""  # what signs them
    session_hours: float = 8  # after which whoever signed in at the desk, and did nothing since, does so again
    run: Path | None = None  # folder that the workers of one gunicorn share; set by its configuration


class Setting(NamedTuple):
    """How one variable is read: ``read`` raises ValueError for what is not ``allowed``."""

    field: str
    read: Callable[[str], Any]
    allowed: str
    hidden: bool = False  # its value is not told, nor logged


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of the environment. Raises SettingsError with variable, value and what is allowed."""
    given = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    problems = []
    for name, value in given.items():
        if not name.startswith(PREFIX):
            continue
        setting = VARIABLES.get(name)
        if setting is None:
            problems.append(Problem(name, "is no setting", tuple(VARIABLES), nearest(name, VARIABLES)))
            continue
        try:
            values[setting.field] = setting.read(value.strip())
        except ValueError:
            told = "what it is set to" if setting.hidden else repr(value)
            problems.append(Problem(name, f"{told} is not allowed", (setting.allowed,)))
    if problems:
        raise SettingsError(problems)
    if "rate" not in values and "keys" in values:
        values["rate"] = DEFAULT_RATE
    return Settings(**values)


DEFAULT_RATE = "1200 per minute"


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise ValueError(text)
    return Path(text)


def _file(text: str) -> Path:
    if not Path(text).is_file():
        raise ValueError(text)
    return Path(text)


def _database(text: str) -> str:
    if text.lower() == "off":
        return "off"
    if "://" not in text:
        raise ValueError(text)
    return text


def _addresses(text: str) -> tuple[str, ...]:
    found = tuple(text.replace(",", " ").split())
    if not found or not all(address.startswith(("https://", "http://")) for address in found):
        raise ValueError(text)
    return found


def _secret(text: str) -> str:
    if len(text) < SHORTEST_SECRET:
        raise ValueError("too short")
    return text


def _rate(text: str) -> str | None:
    from limits import parse

    if text.lower() == "off":
        return None
    parse(text)  # ValueError
    return text


def _between(least: float, most: float, kind: Callable[[str], Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        value = kind(text)
        if not least <= value <= most:
            raise ValueError(text)
        return value

    return read


def _level(text: str) -> str:
    if text.lower() not in LEVELS:
        raise ValueError(text)
    return text.lower()


VARIABLES: Mapping[str, Setting] = {
    "WRAPGEN_RULES": Setting("rules", _folder, "a folder of rule files"),
    "WRAPGEN_KEYS": Setting("keys", _file, "a file that wrapgen keys has made"),
    "WRAPGEN_STATE": Setting("state", _folder, "a folder that can be written to"),
    "WRAPGEN_RATE": Setting("rate", _rate, "a number of requests and a time, as 1200 per minute, or off"),
    "WRAPGEN_BODY_LIMIT": Setting("body_limit", _between(1024, 2**30, int), "1024 to 1073741824 (bytes)"),
    "WRAPGEN_BATCH_LIMIT": Setting("batch_limit", _between(1024, 2**34, int), "1024 to 17179869184 (bytes)"),
    "WRAPGEN_BODY_SECONDS": Setting("body_seconds", _between(0.1, 3600, float), "0.1 to 3600 (seconds)"),
    "WRAPGEN_IDEMPOTENCY_HOURS": Setting("idempotency_hours", _between(0.01, 720, float), "0.01 to 720 (hours)"),
    "WRAPGEN_LOG_LEVEL": Setting("log_level", _level, ", ".join(LEVELS)),
    "WRAPGEN_PROXIES": Setting("proxies", _between(0, 10, int), "0 to 10"),
    "WRAPGEN_DESK": Setting(
        "desk", _database, "the URL of a database, as sqlite:////var/lib/wrapgen/desk.sqlite, or off"
    ),
    "WRAPGEN_INBOX": Setting("inbox", _folder, "a folder"),
    "WRAPGEN_WEBHOOKS": Setting(
        "webhooks", _addresses, "addresses that begin with https:// or http://, with spaces between"
    ),
    "WRAPGEN_WEBHOOK_SECRET": Setting("webhook_secret", _secret, f"at least {SHORTEST_SECRET} characters", hidden=True),
    "WRAPGEN_SESSION_HOURS": Setting("session_hours", _between(0.01, 720, float), "0.01 to 720 (hours)"),
    RUN: Setting("run", _folder, "nothing: the service sets it"),
}
