"""What the routes work with, made once for an application."""

from __future__ import annotations

import atexit
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import cast

from flask import current_app

from wrapgen import RulePack
from wrapgen.service.keys import KeyFile
from wrapgen.service.packs import Packs
from wrapgen.service.settings import Settings
from wrapgen.service.state import Answers, Rates

_NAME = "wrapgen"


@dataclass(frozen=True, slots=True)
class Context:
    """The parts of one service. ``state`` is the folder for what it keeps; ``keys`` and ``rates`` are
    None where the settings ask for none.
    """

    settings: Settings
    state: Path
    packs: Packs
    keys: KeyFile | None
    rates: Rates | None
    answers: Answers


def make_context(settings: Settings, rules: RulePack | None) -> Context:
    """Raises RuleError for rules that may not write, InputError for a file of keys that is none."""
    state = settings.state or settings.run or _temporary()
    return Context(
        settings,
        state,
        Packs(settings, rules),
        None if settings.keys is None else KeyFile(settings.keys),
        None if settings.rate is None else Rates(state / "rates.sqlite", settings.rate),
        Answers(state / "answers.sqlite", settings.idempotency_hours),
    )


def put_context(extensions: dict[str, object], context: Context) -> None:
    extensions[_NAME] = context


def context() -> Context:
    """The parts of the service that answers this request."""
    return cast(Context, current_app.extensions[_NAME])


def pack() -> RulePack:
    """The rules of this request. A request asks once, and is answered by what it got."""
    return context().packs.current()


def _temporary() -> Path:
    """A folder until this process ends."""
    folder = Path(mkdtemp(prefix="wrapgen-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
