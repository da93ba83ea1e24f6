"""One item of a batch: a snapshot in, an article or a failure out. What a worker process does."""

from __future__ import annotations

import functools
import os
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import orjson

import wrapgen
from wrapgen.article import Article
from wrapgen.batch.openings import TRIES, Opening, opening_of
from wrapgen.batch.parquet import article_row
from wrapgen.engine import openings, writing
from wrapgen.errors import InputError, OptionError, Problem, decode_json
from wrapgen.intake.problems import SnapshotError
from wrapgen.intake.snapshot import Snapshot
from wrapgen.longrun import settle
from wrapgen.rulepack.pack import RulePack
from wrapgen.steps import Steps, side_by_side
from wrapgen.unusual import Sign, signs_of

T = TypeVar("T")
_TOGETHER = 16  # items that pass through each stage side by side


class Job(NamedTuple):
    """What is asked of every item.

    ``override`` names data gates whose holds are accepted; ``rules`` is a folder, "" for those that come with wrapgen.
    """

    format: str = "json"
    style: str | None = None
    variant: int = 0
    length: str | None = None
    override: tuple[str, ...] = ()
    rules: str = ""

    def options(self) -> dict[str, Any]:
        """What changes the articles, beside the rules, which their hash tells."""
        return {key: value for key, value in self._asdict().items() if key != "rules"}

    def pack(self) -> RulePack:
        """The rules, read once a process."""
        return _settled(self.rules)


@functools.cache
def _settled(rules: str) -> RulePack:
    pack = wrapgen.load_rules(rules) if rules else wrapgen.load_rules()
    settle()
    return pack


class Item(NamedTuple):
    """One snapshot of a batch: its name, which no other has, and its JSON.

    Without one, ``problem`` says why.
    """

    name: str
    data: bytes
    problem: str = ""


class Outcome(NamedTuple):
    """What became of an item: an article, or the problems that it was refused for.

    ``seconds`` is for the closing report alone: nothing that is written depends on it.
    """

    name: str
    article: bytes = b""
    problems: tuple[dict[str, Any], ...] = ()
    region: str = ""
    angle: str = ""
    signs: tuple[Sign, ...] = ()
    opening: Opening | None = None
    seconds: float = 0.0


class Task(NamedTuple, Generic[T]):
    """What can be asked of a worker: ``run`` gives a result for each item, in order; ``lost`` one for an item that
    killed its worker, with what to tell of it."""

    run: Callable[[Job, Sequence[Item]], list[T]]
    lost: Callable[[Item, str], T]


def write_items(job: Job, items: Sequence[Item]) -> list[Outcome]:
    """The outcome of every item, in order; no item can take the others with it."""
    pack = job.pack()
    found: list[Outcome] = []
    for first in range(0, len(items), _TOGETHER):
        made = side_by_side([_write(job, pack, item) for item in items[first : first + _TOGETHER]])
        found += [outcome._replace(seconds=seconds) for outcome, seconds in made]
    return found


def look_for_openings(job: Job, items: Sequence[Item]) -> list[tuple[Opening, ...]]:
    """How the variants after the one that ``job`` asks for would open, of each item; none where that fails."""
    pack = job.pack()
    return [_openings(job, pack, item) for item in items]


def failed(item: Item, message: str) -> Outcome:
    """An item that there is no article of."""
    return Outcome(item.name, problems=(_told(Problem("", message)),))


WRITE = Task(write_items, failed)
LOOK = Task[tuple[Opening, ...]](look_for_openings, lambda item, message: ())


def die_with(parent: int, folder: str = "") -> None:
    """End this process when ``parent`` is gone: a killed batch leaves neither workers nor their ``folder``."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _write(job: Job, pack: RulePack, item: Item) -> Steps[Outcome]:
    if item.problem:
        return failed(item, item.problem)
    try:
        snapshot = wrapgen.read_snapshot(decode_json(item.data), pack.reference, override=job.override)
        yield
        article = yield from writing(snapshot, pack, style=job.style, variant=job.variant, length=job.length)
        yield
        text = _rendered(job.format, item.name, snapshot, article)
    except (SnapshotError, InputError) as error:
        return Outcome(item.name, problems=tuple(map(_told, error.problems)))
    except OptionError as error:
        return Outcome(item.name, problems=(_told(error),))
    except Exception as error:  # a fault of the engine is a failure of this item, not of the batch
        return failed(item, f"internal error: {type(error).__name__}: {error}")
    opening = opening_of(article.headline.text, article.blocks[0].text)
    angle, signs = str(article.angle["name"]), signs_of(snapshot, article)
    return Outcome(item.name, text, (), snapshot.region, angle, signs, opening)


def _openings(job: Job, pack: RulePack, item: Item) -> tuple[Opening, ...]:
    variants = range(job.variant + 1, job.variant + 1 + TRIES)
    try:
        snapshot = wrapgen.read_snapshot(decode_json(item.data), pack.reference, override=job.override)
        found = openings(snapshot, variants, style=job.style, length=job.length, rules=pack)
    except Exception:  # what could be written as it was asked for stays as it is
        return ()
    return tuple(opening_of(headline, lede) for headline, lede in found)


def _rendered(format: str, name: str, snapshot: Snapshot, article: Article) -> bytes:
    if format == "json":
        return orjson.dumps({"name": name, **article.to_dict()}, option=orjson.OPT_APPEND_NEWLINE)
    if format == "parquet":
        return article_row(name, snapshot.date, snapshot.region, article.to_dict(), article.render("text"))
    return article.render(format).encode()


def _told(problem: Any) -> dict[str, Any]:
    """A problem as the service tells it; an option's pointer is its name."""
    pointer = getattr(problem, "pointer", None)
    told = {"pointer": f"--{problem.option}" if pointer is None else pointer, "message": problem.message}
    if problem.allowed:
        told["allowed"] = list(problem.allowed)
    if problem.nearest:
        told["nearest"] = problem.nearest
    if getattr(problem, "gate", None):
        told |= {"gate": problem.gate, "severity": problem.severity, "figures": dict(problem.figures or {})}
    return told
