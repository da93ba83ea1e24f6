"""How long an article takes, beside the same article made with nothing to decide.

    python bench/run.py            warm: writing, checking, and two floors
    python bench/run.py --cold     from the shell: a new process for every run
    python bench/run.py --check    the claim checker, on the article and on the article of --text

The floors are the finished article's own words as a Jinja2 template and as a Python f-string, with a
slot for every name and figure: what it costs to print the text once everything is chosen. All are
measured in one process in interleaved rounds, so that a busy machine slows all of them alike, and the
median of the rounds is told.
"""

from __future__ import annotations

import argparse
import itertools
import re
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import jinja2
import orjson

import wrapgen
from wrapgen import verify
from wrapgen.article import Article
from wrapgen.check.lex import tokenise
from wrapgen.check.world import World
from wrapgen.intake.reading import read_ungated
from wrapgen.intake.snapshot import Snapshot
from wrapgen.longrun import settle
from wrapgen.version import described

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "seeds" / "asia-2025-11-12-morning.json"
FIGURE = re.compile(r"-?\d+\.(?P<decimals>\d+)")

Task = Callable[[], object]


class Row(NamedTuple):
    """One line of the table: times in milliseconds; ``limit`` None where there is none."""

    name: str
    median: float
    slowest_tenth: float
    limit: float | None = None


class Slot(NamedTuple):
    """A name or figure of the text. A figure is formatted anew, as a template would have to."""

    value: str | float
    decimals: int | None


def measure(
    tasks: dict[str, Task], rounds: int, repeats: int, before: Callable[[int], None] = lambda calls: None
) -> dict[str, list[float]]:
    """Milliseconds a call of each task, one value a round; the order turns with every round.

    ``before`` is told how many calls come next, and is not in the time.
    """
    times: dict[str, list[float]] = {name: [] for name in tasks}
    order = list(tasks)
    for task in tasks.values():
        before(1)
        task()
    for _ in range(rounds):
        for name in order:
            task = tasks[name]
            before(repeats)
            start = perf_counter()
            for _ in range(repeats):
                task()
            times[name].append((perf_counter() - start) / repeats * 1000)
        order.append(order.pop(0))
    return times


def row(name: str, times: Sequence[float], limit: float | None = None) -> Row:
    return Row(name, statistics.median(times), sorted(times)[len(times) * 9 // 10], limit)


def slots(article: Article) -> tuple[list[str], list[Slot]]:
    """The text cut at its names and figures: constant words, one run more than there are slots."""
    words, found = [""], []
    blocks = [(article.headline,), *(block.sentences for block in article.blocks)]
    for number, sentences in enumerate(blocks):
        words[-1] += "\n\n" if number else ""
        for place, sentence in enumerate(sentences):
            words[-1] += " " if place else ""
            for token in sentence.tokens:
                figure = FIGURE.search(token.text)
                if token.ref is None and not token.facts:
                    words[-1] += token.text
                elif figure is None:
                    found.append(Slot(token.text, None))
                    words.append("")
                else:
                    words[-1] += token.text[: figure.start()]
                    found.append(Slot(float(figure[0]), len(figure["decimals"])))
                    words.append(token.text[figure.end() :])
    words[-1] += "\n"
    return words, found


def jinja_floor(words: Sequence[str], found: Sequence[Slot]) -> Task:
    """The article as a compiled Jinja2 template."""
    source = words[0]
    for number, (slot, after) in enumerate(zip(found, words[1:], strict=True)):
        name = f"s{number}"
        filled = name if slot.decimals is None else f'"%.{slot.decimals}f"|format({name})'
        source += f"{{{{ {filled} }}}}{after}"
    # Nothing is escaped: the floor is plain text.
    template = jinja2.Environment(keep_trailing_newline=True).from_string(source)  # noqa: S701
    values = {f"s{number}": slot.value for number, slot in enumerate(found)}
    return lambda: template.render(values)


def fstring_floor(words: Sequence[str], found: Sequence[Slot]) -> Task:
    """The article as one f-string in a function that was compiled beforehand."""

    def literal(text: str) -> str:
        return repr(text)[1:-1].replace("{", "{{").replace("}", "}}").replace('"', '\\"')

    source = literal(words[0])
    for number, (slot, after) in enumerate(zip(found, words[1:], strict=True)):
        form = "" if slot.decimals is None else f":.{slot.decimals}f"
        source += f"{{s{number}{form}}}{literal(after)}"
    names = ", ".join(f"s{number}" for number in range(len(found)))
    scope: dict[str, Any] = {}
    exec(f'def fill({names}):\n    return f"{source}"', scope)  # our own words, from the lines above
    fill, values = scope["fill"], [slot.value for slot in found]
    return lambda: fill(*values)


def warm(data: dict[str, Any], rounds: int, repeats: int) -> list[Row]:
    """The engine, validation and the two floors on one snapshot, in a process that is set up as a worker is."""
    pack = wrapgen.load_rules()
    settle()
    article = wrapgen.write(wrapgen.read_snapshot(data), rules=pack)
    words, found = slots(article)
    jinja, fstring = jinja_floor(words, found), fstring_floor(words, found)
    if not article.render("text") == jinja() == fstring():
        raise SystemExit("the floors do not give the article's text: the bench is wrong")
    unseen: list[Snapshot] = []

    def read(calls: int) -> None:
        """Each call gets a snapshot of its own, just validated: nothing is kept from the call before."""
        unseen[:] = [wrapgen.read_snapshot(data) for _ in range(calls)]

    times = measure(
        {
            "write": lambda: orjson.dumps(wrapgen.write(unseen.pop(), rules=pack, check=False).to_dict()),
            "checked": lambda: orjson.dumps(wrapgen.write(unseen.pop(), rules=pack).to_dict()),
            "validate": lambda: wrapgen.read_snapshot(data),
            "jinja": jinja,
            "fstring": fstring,
        },
        rounds,
        repeats,
        read,
    )
    return [
        row("write, to JSON", times["write"], limit=2.0),
        row("the same, its claims checked", times["checked"], limit=4.0),
        row("read_snapshot (validation)", times["validate"], limit=2.5),
        row(f"Jinja2 template, {len(found)} slots", times["jinja"]),
        row(f"f-string, {len(found)} slots", times["fstring"]),
    ]


def check(data: dict[str, Any], text: str | None, rounds: int, repeats: int) -> list[Row]:
    """The claim checker on the engine's article, or on ``text``; the floor only cuts it into tokens.

    All that it builds for a snapshot is in the time: from call to call only words and the forms of names are kept,
    whatever they stand for. The sample days show what that does for a text and a snapshot that it meets first.
    """
    snapshot = wrapgen.read_snapshot(data)
    text = text or wrapgen.write(snapshot).render("text")
    world_of = wrapgen.load_rules().language
    desk, changed = wrapgen.proofreader(snapshot), _key_strokes(text)
    times = measure(
        {
            "verify": lambda: verify(text, snapshot),
            "world": lambda: World(snapshot, world_of),
            "typed": lambda: desk.verify(next(changed)),
            "tokens": lambda: tokenise(text),
        },
        rounds,
        repeats,
    )
    found, first = verify(text, snapshot), _first_readings()
    return [
        row(f"verify, {len(text.split())} words, {len(found)} claims", times["verify"], limit=2.0),
        row("of that: what is built for the snapshot", times["world"]),
        row(f"verify, {len(first)} sample days read once each", first),
        row("a proofreader, after a key stroke", times["typed"]),
        row("its words cut into tokens", times["tokens"]),
    ]


def _key_strokes(text: str) -> Iterator[str]:
    """The text with another figure each time before a sentence in its middle: none of them was read before."""
    at = text.find(". ", len(text) // 2) + 2
    return (f"{text[:at]}{typed} {text[at:]}" for typed in itertools.count())


def _first_readings() -> list[float]:
    """Milliseconds that each article of the sample days takes the first time, in a process that knows other days."""
    pack = wrapgen.load_rules()
    times = []
    for path in sorted((ROOT / "rules" / "days").glob("*.json")):
        snapshot = read_ungated(orjson.loads(path.read_bytes()), pack.reference)
        text = wrapgen.write(snapshot, rules=pack, check=False).render("text")
        start = perf_counter()
        verify(text, snapshot, pack)
        times.append((perf_counter() - start) * 1000)
    return times


def cold(snapshot: Path, rounds: int) -> list[Row]:
    """The command from the shell, a new process each time."""
    script = Path(sys.executable).with_name("wrapgen")
    command = [str(script)] if script.exists() else [sys.executable, "-m", "wrapgen"]

    def run(*arguments: str) -> Task:
        return lambda: subprocess.run([*command, *arguments], check=True, capture_output=True)

    times = measure({"write": run("write", str(snapshot)), "help": run("--help")}, rounds, 1)
    return [
        row("wrapgen write, cold", times["write"], limit=1200),
        row("wrapgen --help, cold", times["help"], limit=500),
    ]


def table(rows: Iterable[Row]) -> str:
    """Medians, what a slow call takes, and how many times the last row (the floor) each is."""
    rows = list(rows)
    floor = rows[-1].median
    width = max(len(line.name) for line in rows)
    lines = [f"{'':{width}}  {'median':>10}  {'9 in 10':>10}  {'ratio':>8}  limit"]
    for line in rows:
        verdict = ""
        if line.limit is not None:
            verdict = f"{line.limit:g} ms, {'met' if line.median <= line.limit else 'MISSED'}"
        lines.append(
            f"{line.name:{width}}  {line.median:7.3f} ms  {line.slowest_tenth:7.3f} ms"
            f"  {line.median / floor:7.1f}x  {verdict}".rstrip()
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="How long an article takes.")
    parser.add_argument("snapshot", nargs="?", type=Path, default=SEED, help="a snapshot; the first seed")
    parser.add_argument("--cold", action="store_true", help="measure the command, not the engine")
    parser.add_argument("--check", action="store_true", help="measure the claim checker")
    parser.add_argument("--text", type=Path, help="with --check: a text about the snapshot (the engine's article)")
    parser.add_argument("--rounds", type=int, help="interleaved rounds (60 warm, 7 cold)")
    parser.add_argument("--repeats", type=int, default=10, help="calls of each in a warm round (10)")
    options = parser.parse_args(arguments)
    if options.cold:
        rows = cold(options.snapshot, options.rounds or 7)
    elif options.check:
        text = options.text.read_text("utf-8") if options.text else None
        rows = check(orjson.loads(options.snapshot.read_bytes()), text, options.rounds or 60, options.repeats)
    else:
        rows = warm(orjson.loads(options.snapshot.read_bytes()), options.rounds or 60, options.repeats)
    print(described())
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
