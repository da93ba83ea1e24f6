"""The body of a request, within its limits of type, size and time."""

from __future__ import annotations

import io
import threading
from collections import deque
from collections.abc import Iterator
from time import monotonic
from typing import IO, Any, NamedTuple

from flask import Request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, UnsupportedMediaType

from wrapgen.errors import InputError, Problem, decode_json, nearest
from wrapgen.service.problems import Refused

_CHUNK = 65536
NDJSON = "application/x-ndjson"
_NDJSON_TYPES = (NDJSON, "application/jsonl", "application/x-jsonlines", "application/ndjson")


def read_json(request: Request, limit: int, seconds: float) -> Any:
    """The JSON document of a request; 415, 413, 408 or InputError where it is none."""
    check_json_type(request)
    return decode_json(read_bytes(request, limit, seconds))


def check_json_type(request: Request) -> None:
    mimetype = request.mimetype
    if mimetype != "application/json" and not (mimetype.startswith("application/") and mimetype.endswith("+json")):
        raise _unsupported(mimetype, "a snapshot", "application/json")


def read_bytes(request: Request, limit: int, seconds: float) -> bytes:
    """The body, whole; Refused (408) where it has not arrived in time."""
    request.max_content_length = limit
    stream = _timed(request, seconds)
    deadline = monotonic() + seconds
    chunks = []
    while chunk := _read(stream, _CHUNK):
        chunks.append(chunk)
        if monotonic() > deadline:
            raise _late(seconds)
    return b"".join(chunks)


class Line(NamedTuple):
    """A line of a batch: its number from 1, and its bytes, or why there are none."""

    number: int
    data: bytes
    fault: Exception | None = None


def read_lines(request: Request, line_limit: int, limit: int, seconds: float) -> Iterator[Line]:
    """The lines of a batch as they arrive, blank ones left out.

    They are taken in by a thread of their own, as fast as they are sent: a client that sends everything before
    it reads the first answer would otherwise wait for us, and we for it. What waits is at most ``limit`` bytes.
    """
    if request.mimetype not in _NDJSON_TYPES:
        raise _unsupported(request.mimetype, "a batch", NDJSON)
    request.max_content_length = limit
    stream = _timed(request, seconds)  # 413 at once where the length is told
    # Buffered, as the stream alone gives lines byte by byte; not much, as a buffer is waited for until it is full.
    return _numbered(_Intake(io.BufferedReader(stream, 1024), line_limit))  # type: ignore[type-var]


class _Intake:
    """Lines on their way from the stream to whoever answers them."""

    def __init__(self, stream: IO[bytes], line_limit: int) -> None:
        self.lines: deque[bytes | Exception | None] = deque()
        self.arrived = threading.Condition()
        self.line_limit = line_limit
        threading.Thread(target=self._take, args=(stream,), daemon=True).start()

    def _take(self, stream: IO[bytes]) -> None:
        try:
            while line := self._line(stream):
                self._put(line)
            self._put(None)
        except Exception as error:
            self._put(error)

    def _line(self, stream: IO[bytes]) -> bytes | Exception:
        line = stream.readline(self.line_limit + 2)
        if len(line) <= self.line_limit or line.rstrip(b"\r\n") == line[: self.line_limit]:
            return line
        while line and not line.endswith(b"\n"):
            line = stream.readline(_CHUNK)
        return Refused(413, f"The line is over the limit of {self.line_limit:,} bytes.")

    def _put(self, line: bytes | Exception | None) -> None:
        with self.arrived:
            self.lines.append(line)
            self.arrived.notify()

    def next(self) -> bytes | Exception | None:
        with self.arrived:
            while not self.lines:
                self.arrived.wait()
            return self.lines.popleft()


def _numbered(intake: _Intake) -> Iterator[Line]:
    number = 0
    while (line := intake.next()) is not None:
        number += 1
        if isinstance(line, Refused):
            yield Line(number, b"", line)
        elif isinstance(line, Exception):  # the stream itself: nothing comes after it
            yield Line(number, b"", line if isinstance(line, HTTPException) else _broken(line))
            return
        elif line.strip():
            yield Line(number, line)


def read_pair(body: Any) -> tuple[str, Any]:
    """The text and the snapshot of ``POST /v1/verify``; InputError where it is no such pair."""
    if not isinstance(body, dict):
        raise InputError([Problem("", "must be an object with text and snapshot")])
    problems = [
        Problem(f"/{key}", "is no key of this document", ("text", "snapshot"), nearest(key, ("text", "snapshot")))
        for key in body
        if key not in ("text", "snapshot")
    ]
    problems += [Problem(f"/{key}", "is missing") for key in ("text", "snapshot") if key not in body]
    if "text" in body and not isinstance(body["text"], str):
        problems.append(Problem("/text", "must be a string: the article to be held against the snapshot"))
    if problems:
        raise InputError(problems)
    return body["text"], body["snapshot"]


def _timed(request: Request, seconds: float) -> IO[bytes]:
    """The body's stream, on a connection that does not wait for ever."""
    for name in ("gunicorn.socket", "werkzeug.socket"):
        if (connection := request.environ.get(name)) is not None:
            connection.settimeout(seconds)
    return request.stream


def _read(stream: IO[bytes], size: int) -> bytes:
    try:
        return stream.read(size)
    except RequestEntityTooLarge:
        raise
    except (OSError, HTTPException) as error:
        raise _broken(error) from None


def _broken(error: Exception) -> Refused:
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return Refused(408, "The body did not arrive in time.", Connection="close")
    return Refused(400, "The body ended before it was whole.", Connection="close")


def _late(seconds: float) -> Refused:
    return Refused(408, f"The body did not arrive within {seconds:g} seconds.", Connection="close")


def _unsupported(mimetype: str, what: str, wanted: str) -> UnsupportedMediaType:
    sent = f"not {mimetype}" if mimetype else "and the request has none"
    return UnsupportedMediaType(f"The content type of {what} is {wanted}, {sent}.")
