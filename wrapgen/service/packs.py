"""The rule pack that is served, and its reload while requests are answered.

A reload copies the editors' folder, loads, checks and tries the copy, and only then lets it write: what is served
is what was tried, whatever happens to the folder meanwhile. A request writes by the pack that it began with.

Under gunicorn the workers share a folder (``Settings.run``). The copy that passed is noted in it, and every worker
takes it up: at its next request, or when it starts.
"""

from __future__ import annotations

import logging
import shutil
import sys
import threading
import time
import weakref
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

import orjson

import wrapgen
from wrapgen import RuleError, RulePack
from wrapgen.longrun import settle
from wrapgen.resources import default_rules_directory
from wrapgen.rulepack.pack import load_rules
from wrapgen.service.problems import Refused
from wrapgen.service.settings import Settings, read_settings
from wrapgen.trials import trial

_NOTE = "pack.json"  # in the run folder: which copy is served
_KEPT = 2  # copies that stay: the one served, and the one that requests in flight may still read

log = logging.getLogger("wrapgen.service")


class Reload(NamedTuple):
    """What a reload did: the hash of the pack that is served now, and of the one before."""

    hash: str
    previous: str


class Packs:
    """The pack of one process. Safe to use from its threads."""

    def __init__(self, settings: Settings, given: RulePack | None = None) -> None:
        """Raises RuleError for a pack that does not load or does not pass its trial."""
        self._run = settings.run if given is None else None
        self._given = given
        self._settings = settings
        self._own: Path | None = None
        self._busy = threading.Lock()
        self._seen = self._noted_at()
        noted = _noted(self._run)
        if noted is not None:
            self._pack = wrapgen.load_rules(noted)  # tried by whoever noted it
        else:
            self._pack = wrapgen.load_rules(settings.rules) if given is None else given
            trial.require_passed(self._pack)

    def current(self) -> RulePack:
        """The pack to answer a request with."""
        if self._run is not None and self._noted_at() != self._seen:
            threading.Thread(target=self._take_up, daemon=True).start()
        return self._pack

    def reload(self) -> Reload:
        """Serve the rules as they are in their folder now.

        Raises RuleError, and goes on with the pack before, where they do not load or pass; Refused (409) while
        another reload is under way.
        """
        if not self._busy.acquire(blocking=False):
            raise Refused(409, "A reload is under way already.", Retry_After="5")
        try:
            before = self._pack
            source = self._settings.rules if self._given is None else self._given.directory
            pack, stamp = accept(source, self._home())
            self._seen = stamp if self._run is not None else 0
            self._swap(pack)
            return Reload(pack.hash, before.hash)
        finally:
            self._busy.release()

    def _take_up(self) -> None:
        """The pack that another worker has tried and noted."""
        if not self._busy.acquire(blocking=False):
            return
        try:
            seen, noted = self._noted_at(), _noted(self._run)
            if seen != self._seen and noted is not None:
                self._swap(wrapgen.load_rules(noted))
                self._seen = seen
        except Exception:
            log.exception("the rules that another worker has accepted could not be loaded")
        finally:
            self._busy.release()

    def _home(self) -> Path:
        """Where copies are kept: with the other workers, or as long as this object."""
        if self._run is not None:
            return self._run
        if self._own is None:
            self._own = Path(mkdtemp(prefix="wrapgen-"))
            weakref.finalize(self, shutil.rmtree, self._own, ignore_errors=True)
        return self._own

    def _swap(self, pack: RulePack) -> None:
        before, self._pack = self._pack.hash, pack
        load_rules.cache_clear()  # which would keep the packs before alive
        settle()
        log.info("rules reloaded", extra={"rules": pack.hash, "previous": before})

    def _noted_at(self) -> int:
        """When the note was written last, in nanoseconds; 0 where there is none."""
        try:
            return (self._run / _NOTE).stat().st_mtime_ns if self._run is not None else 0
        except FileNotFoundError:
            return 0


def accept(source: Path | None, home: Path) -> tuple[RulePack, int]:
    """Copy the rules of ``source`` into ``home``, load and try the copy, and note it as the one to serve; the pack,
    and when it was noted.

    Raises RuleError, with the copy gone, where it does not load or does not pass.
    """
    source = source or default_rules_directory()
    copy = Path(mkdtemp(prefix=f"pack-{time.time_ns()}-", dir=home))
    try:
        shutil.copytree(source, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        pack = wrapgen.load_rules(copy)
        trial.require_passed(pack)
    except BaseException:
        shutil.rmtree(copy, ignore_errors=True)
        raise
    note = home / f"{_NOTE}.tmp"
    note.write_bytes(orjson.dumps({"directory": str(copy), "hash": pack.hash}))
    stamp = note.stat().st_mtime_ns
    note.replace(home / _NOTE)
    for old in sorted(home.glob("pack-*/"))[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return pack, stamp


def _noted(run: Path | None) -> Path | None:
    try:
        return None if run is None else Path(orjson.loads((run / _NOTE).read_bytes())["directory"])
    except FileNotFoundError:
        return None


def main() -> int:
    """Accepts the rules of the settings for the workers of ``WRAPGEN_RUN``; their problems go to standard error.

    A process of its own, so that the process which minds the workers stays small.
    """
    settings = read_settings()
    assert settings.run is not None
    try:
        accept(settings.rules, settings.run)
    except RuleError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
