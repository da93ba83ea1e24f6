"""The watched folder: snapshots that are put there become stories."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path

from wrapgen import ClaimError, OptionError, SnapshotError
from wrapgen.errors import InputError, decode_json
from wrapgen.preview import receiving
from wrapgen.preview.desk import Conflict, Desk
from wrapgen.preview.store import Seen, Store

_HELD = dt.timedelta(minutes=2)  # for which a process has a file to itself

log = logging.getLogger("wrapgen.preview")


def take_in(desk: Desk, store: Store, folder: Path) -> int:
    """Receive every JSON file of ``folder`` that is new or has changed; how many. What cannot be read is noted with
    its fault, and read again when it changes. Safe to call from many processes at once."""
    taken = 0
    for file in sorted(folder.glob("*.json")):
        try:
            found = file.stat()
        except OSError:
            continue
        stamp = f"{found.st_mtime_ns} {found.st_size}"
        if _claimed(desk, store, file.name, stamp):
            fault = _fault(desk, file)
            if fault:
                log.warning("%s in the inbox: %s", file.name, fault)
            with store.writing() as session:
                session.merge(Seen(file=file.name, stamp=stamp, fault=fault, until=None))
            taken += 1
    return taken


def _claimed(desk: Desk, store: Store, name: str, stamp: str) -> bool:
    """Whether this process is the one to take the file in. A process that dies over it leaves it to another."""
    now = desk.now()
    with store.writing() as session:
        seen = session.get(Seen, name)
        if seen is not None and seen.stamp == stamp and (seen.until is None or seen.until > now):
            return False
        session.merge(Seen(file=name, stamp=stamp, fault="", until=now + _HELD))
        return True


def _fault(desk: Desk, file: Path) -> str:
    """Take a file in; what was wrong with it, or nothing."""
    try:
        receiving.receive(desk, decode_json(file.read_bytes()), f"inbox: {file.name}")
    except (InputError, SnapshotError) as error:
        return "; ".join(f"{problem.pointer}: {problem.message}".lstrip(": ") for problem in error.problems[:5])
    except (OSError, OptionError, ClaimError, Conflict) as error:
        return str(error)
    return ""
