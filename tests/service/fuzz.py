"""Damaged bodies at the service: none may make it fail, hang or grow.

    python -m tests.service.fuzz --count 10000

sends that many and tells what they were answered with, how long the slowest took, and how the memory grew. The
tests send a small, fixed part of it.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import gc
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from flask.testing import FlaskClient
from hypothesis import strategies as st

from tests.cases.library import ROOT
from wrapgen.service.app import create_app
from wrapgen.service.settings import Settings

SEEDS = tuple(path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.json")))
PATHS = ("/v1/wraps", "/v1/wraps?format=html", "/v1/angles", "/v1/facts", "/v1/verify", "/v1/wraps/batch")
HARD = (
    None, True, False, 0, -1, 1e308, -1e308, 1e-320, 10**30, 2**63, "", " ", "\x00", "\ud800", "\udfff\ud800", "\u202e",
    "<script>alert(1)</script>", "';--", "{{7*7}}", "${x}", "%s%n", "../../etc/passwd", "a" * 100_000, "é" * 5000,
    "\r\n",
    [], {}, [[]], [None], {"": ""}, {"a": {"a": {}}}, "2025-11-12", "NaN", "Infinity", 5.0, [1, 2, 3], "𝟙", "١٢",
)  # fmt: skip


class Sent(NamedTuple):
    path: str
    body: bytes


Damage = Callable[[random.Random, Any], bytes]


def encode(document: Any) -> bytes:
    """JSON as a careless client writes it: NaN, Infinity and half surrogates as they are."""
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


def places(document: Any) -> list[tuple[Any, Any]]:
    """Every value: what holds it, and under which key."""
    found = []
    stack = [document]
    while stack:
        holder = stack.pop()
        items = holder.items() if isinstance(holder, dict) else enumerate(holder) if isinstance(holder, list) else ()
        for key, value in items:
            found.append((holder, key))
            stack.append(value)
    return found


def wrong_values(rng: random.Random, document: Any) -> bytes:
    for _ in range(rng.randint(1, 4)):
        holder, key = rng.choice(places(document))
        holder[key] = rng.choice(HARD)
    return encode(document)


def not_numbers(rng: random.Random, document: Any) -> bytes:
    numbers = [(holder, key) for holder, key in places(document) if isinstance(holder[key], float)]
    holder, key = rng.choice(numbers)
    holder[key] = rng.choice([float("nan"), float("inf"), float("-inf")])
    return encode(document)


def lost_and_doubled(rng: random.Random, document: Any) -> bytes:
    for _ in range(rng.randint(1, 5)):
        holder, key = rng.choice(places(document))
        if isinstance(holder, dict):
            holder[rng.choice([key.upper(), key + "x", "", "\x00", "__proto__"])] = holder.pop(key)
        elif rng.random() < 0.5:
            del holder[key]
        else:
            holder.extend([holder[key]] * rng.choice([1, 2, 50]))
    return encode(document)


def renamed(rng: random.Random, document: Any) -> bytes:
    """Names that mean something to a page, a shell, a log or a template."""
    texts = [(holder, key) for holder, key in places(document) if isinstance(holder[key], str)]
    for holder, key in rng.sample(texts, min(6, len(texts))):
        holder[key] = rng.choice([text for text in HARD if isinstance(text, str)]) + holder[key]
    return encode(document)


def deep(rng: random.Random, document: Any) -> bytes:
    depth = rng.choice([10, 200, 1000, 20_000, 200_000])
    opened, closed = rng.choice([("[", "]"), ('{"a":', "}")])
    inner = "1" if opened != "[" else ""
    nested = opened * depth + inner + closed * depth
    whole = encode(document).decode("utf-8", "surrogatepass")
    return rng.choice([nested, whole.rstrip()[:-1] + f', "history": {nested}}}', opened * depth]).encode("utf-8")


def cut_and_flipped(rng: random.Random, document: Any) -> bytes:
    data = bytearray(encode(document))
    for _ in range(rng.randint(1, 10)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data[: rng.randint(0, len(data))] if rng.random() < 0.5 else data)


def large(rng: random.Random, document: Any) -> bytes:
    size = rng.choice([1_000_000, 5_242_880, 10_000_000])
    kind = rng.random()
    if kind < 0.4:
        return b" " * size
    if kind < 0.7:
        return b'{"markets": [' + b",".join([b'{"id": "HSI", "change_pct": 1.0}'] * (size // 34)) + b"]}"
    return encode({**document, "x" * (size // 2): "y" * (size // 2)})


def numbers_at_the_edge(rng: random.Random, document: Any) -> bytes:
    """Well formed, with figures that are far from what markets do."""
    for holder, key in places(document):
        if isinstance(holder[key], float) and rng.random() < 0.3:
            holder[key] = rng.choice([0.0, -0.0, 1e-9, 99.99, -99.99, 1e6, -100.0, 1e17, 0.05, -0.05])
    return encode(document)


DAMAGE: dict[Damage, int] = {
    wrong_values: 30,
    not_numbers: 6,
    lost_and_doubled: 20,
    renamed: 14,
    deep: 6,
    cut_and_flipped: 14,
    large: 1,
    numbers_at_the_edge: 9,
}


def one(seed: int) -> Sent:
    """The request of a number; the same number gives the same request."""
    rng = random.Random(seed)
    document = json.loads(rng.choice(SEEDS))
    damage = rng.choices(list(DAMAGE), list(DAMAGE.values()))[0]
    path = rng.choice(PATHS)
    body = damage(rng, document)
    if path == "/v1/verify" and rng.random() < 0.8:
        text = json.dumps(rng.choice([text for text in HARD if isinstance(text, str)]))
        body = b'{"text": %s, "snapshot": %s}' % (text.encode(), body)
    return Sent(path, body)


requests = partial(st.builds, one, st.integers(0, 2**32))


def ask(client: FlaskClient, sent: Sent) -> Iterator[int]:
    """Sends it; the status, and that of each line of a batch. AssertionError for an answer that is none."""
    kind = "application/x-ndjson" if sent.path.endswith("batch") else "application/json"
    response = client.post(sent.path, data=sent.body, content_type=kind)
    data = response.get_data()
    yield response.status_code
    if response.status_code >= 400:
        assert (
            response.content_type == "application/problem+json" and json.loads(data)["status"] == response.status_code
        )
    elif kind == "application/x-ndjson":
        for line in data.splitlines():
            answer = json.loads(line)
            yield answer.get("status", 200)
    elif response.is_json:
        json.loads(data)


def memory() -> tuple[float, float]:
    """What this process has of the machine now, in MB, and what of it is in use: the rest its allocator keeps for
    the next large body, and gives back when it is told to."""
    had = _resident()
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
    return had, _resident()


def _resident() -> float:
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.findall(r"^VmRSS:\s+(\d+)", status, re.MULTILINE)[0]) / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description="Damaged bodies at the service.")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first request")
    options = parser.parse_args()
    client = create_app(settings=Settings()).test_client()
    statuses: Counter[int] = Counter()
    slowest, at, failed = 0.0, 0, []
    held: list[tuple[float, float]] = []
    for number in range(options.first, options.first + options.count):
        sent = one(number)
        start = perf_counter()
        try:
            found = list(ask(client, sent))
        except Exception as error:
            found = [599]
            print(f"{number}: {sent.path}: {type(error).__name__}: {error}")
        if (taken := perf_counter() - start) > slowest:
            slowest, at = taken, number
        if max(found) >= 500:
            failed.append(number)
        statuses.update(found)
        if (number - options.first) % max(1, options.count // 10) == 0:
            held.append(memory())
    held.append(memory())
    print(f"{options.count} bodies: " + ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items())))
    print(f"5xx: {len(failed)} {failed[:20]}; slowest {slowest:.2f} s (number {at})")
    for name, side in (("had", 0), ("in use", 1)):
        print(f"memory {name}, MB, at each tenth: " + ", ".join(f"{mb[side]:.0f}" for mb in held))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
