"""One item of a batch: a snapshot in, an article or a failure out. What a worker process does."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

import wrapgen
from wrapgen.article import Article
from wrapgen.batch.parquet import article_row
from wrapgen.errors import InputError, OptionError, Problem, decode_json
from wrapgen.intake.problems import SnapshotError
from wrapgen.intake.snapshot import Snapshot
from wrapgen.rulepack.pack import RulePack


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
        return wrapgen.load_rules(self.rules) if self.rules else wrapgen.load_rules()


class Item(NamedTuple):
    """One snapshot of a batch: its name, and its JSON, or ``problem``: why there is none to write from."""

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
    warnings: int = 0
    seconds: float = 0.0


def write_items(job: Job, items: Sequence[Item]) -> list[Outcome]:
    """The outcome of every item, in order; no item can take the others with it."""
    pack = job.pack()
    return [_write(job, pack, item) for item in items]


def failed(item: Item, message: str) -> Outcome:
    """An item that there is no article of."""
    return Outcome(item.name, problems=(_told(Problem("", message)),))


def die_with(parent: int) -> None:
    """End this process when ``parent`` is gone: a killed batch leaves no workers behind."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _write(job: Job, pack: RulePack, item: Item) -> Outcome:
    if item.problem:
        return failed(item, item.problem)
    start = time.perf_counter()
    try:
        snapshot = wrapgen.read_snapshot(decode_json(item.data), pack.reference, override=job.override)
        article = wrapgen.write(snapshot, style=job.style, variant=job.variant, length=job.length, rules=pack)
        text = _rendered(job.format, item.name, snapshot, article)
    except (SnapshotError, InputError) as error:
        return Outcome(item.name, problems=tuple(map(_told, error.problems)))
    except OptionError as error:
        return Outcome(item.name, problems=(_told(error),))
    except Exception as error:  # a fault of the engine is a failure of this item, not of the batch
        return failed(item, f"internal error: {type(error).__name__}: {error}")
    seconds = time.perf_counter() - start
    return Outcome(item.name, text, (), snapshot.region, str(article.angle["name"]), len(article.warnings), seconds)


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
    return told | ({"nearest": problem.nearest} if problem.nearest else {})
