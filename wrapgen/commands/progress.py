"""A progress line for long commands: done, rate, time left, failures."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TextIO

_EVERY = 10.0  # seconds between plain lines
_FRAME = 0.2  # seconds between changes of the line of a terminal


class ProgressLine:
    """On a terminal one line that changes; elsewhere a plain line every ten seconds. ``total`` 0 is not known."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._total, self._stream = total, stream or sys.stderr
        self._live = self._stream.isatty()
        self._start = self._told = monotonic()

    def __call__(self, done: int, failures: int) -> None:
        """Tell it, unless it was told a moment ago."""
        now = monotonic()
        if now - self._told < (_FRAME if self._live else _EVERY):
            return
        self._told = now
        line = progress_text(done, self._total, failures, now - self._start)
        self._stream.write(f"\r{line:<78}" if self._live else f"{line}\n")
        self._stream.flush()

    def close(self) -> None:
        """Clear the line of a terminal."""
        if self._live:
            self._stream.write("\r" + " " * 78 + "\r")
            self._stream.flush()


def progress_text(done: int, total: int, failures: int, seconds: float) -> str:
    """``4,200 of 10,000 · 410/s · 0:14 left · 3 failed``."""
    rate = done / seconds if seconds > 0 else 0.0
    parts = [f"{done:,} of {total:,}" if total else f"{done:,}", f"{rate:,.0f}/s"]
    if total and rate > 0:
        minutes, rest = divmod(round((total - done) / rate), 60)
        parts.append(f"{minutes}:{rest:02} left")
    return " · ".join([*parts, f"{failures:,} failed"])
