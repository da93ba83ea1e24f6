from __future__ import annotations

import io

import pytest

from wrapgen.commands import progress
from wrapgen.commands.progress import ProgressLine, progress_text


def test_it_tells_rate_time_left_and_failures() -> None:
    assert progress_text(4200, 10_000, 3, 10.5) == "4,200 of 10,000 · 400/s · 0:14 left · 3 failed"
    assert progress_text(5, 0, 0, 0.0) == "5 · 0/s · 0 failed"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_has_one_line_and_a_file_plain_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter(range(0, 1000, 11))
    monkeypatch.setattr(progress, "monotonic", lambda: float(next(times)))
    live, plain = Terminal(), io.StringIO()
    for stream in (live, plain):
        line = ProgressLine(100, stream)
        line(10, 0)
        line(20, 1)
        line.close()
    assert live.getvalue().count("\r") == 4 and "\n" not in live.getvalue()
    assert plain.getvalue().splitlines() == [
        "10 of 100 · 1/s · 1:39 left · 0 failed",
        "20 of 100 · 1/s · 1:28 left · 1 failed",
    ]


def test_it_is_not_told_more_often_than_a_person_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.0, 1.0, 2.0, 11.0, 12.0])
    monkeypatch.setattr(progress, "monotonic", lambda: next(times))
    stream = io.StringIO()
    line = ProgressLine(0, stream)
    for done in range(1, 5):
        line(done, 0)
    assert stream.getvalue().splitlines() == ["3 · 0/s · 0 failed"]
