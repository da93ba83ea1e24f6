"""Seeded damage: slips set into a copy of the rules, one at a time, and whether they are found where they are.

``python -m tests.rulepack.mutations [--seed N] [--count 200] [--kind char|line] [--file F]``

A slip changes, deletes or doubles one character, or deletes or doubles a line or swaps it with the next. Lines are
drawn evenly from all files; comments and blank lines are not. Of a slip that is not found it is told whether anything
hangs on it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import shutil
import string
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from wrapgen.rulepack.errors import RuleProblem
from wrapgen.rulepack.soundness import examine
from wrapgen.trials.trial import try_rules

RULES = Path(__file__).resolve().parents[2] / "rules"
CHAR, LINE = ("changed", "deleted", "doubled"), ("line deleted", "line doubled", "line swapped")
_CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits, "".join(sorted(string.punctuation)))


class Slip(NamedTuple):
    """One slip: ``line`` (from 1) of the file before it, and the file's lines after it."""

    file: str
    line: int
    how: str
    before: str
    after: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.how}\n    {self.before.strip()}\n    {self.after.strip()}"


class Outcome(NamedTuple):
    """``verdict``: found; named, where what is gone is asked for in its place of use; elsewhere, a problem that is not
    of it; same, prose, cases or order, nothing hangs on it; missed. ``by`` is the command that told the problems."""

    slip: Slip
    verdict: str
    problems: tuple[RuleProblem, ...]
    by: str = ""


def files(only: str = "") -> dict[str, list[str]]:
    found = sorted(RULES.rglob("*.yaml"))
    texts = {path.relative_to(RULES).as_posix(): path.read_text("utf-8").splitlines() for path in found}
    return {name: lines for name, lines in texts.items() if only in name}


def slips(seed: int, count: int, kind: str = "", only: str = "") -> Iterator[Slip]:
    """So many slips, the same for the same seed."""
    chance = random.Random(seed)
    texts = files(only)
    places = [
        (name, number)
        for name, lines in texts.items()
        for number, line in enumerate(lines)
        if line.strip() and not line.strip().startswith("#")
    ]
    ways = {"char": CHAR, "line": LINE}.get(kind, CHAR + LINE)
    made = 0
    while made < count:
        name, number = chance.choice(places)
        slip = _slip(chance, name, texts[name], number, chance.choice(ways))
        if slip is not None:
            made += 1
            yield slip


def _slip(chance: random.Random, name: str, lines: Sequence[str], number: int, how: str) -> Slip | None:
    line = lines[number]
    after = list(lines)
    if how == "line deleted":
        del after[number]
        return Slip(name, number + 1, how, line, "", tuple(after))
    if how == "line doubled":
        after.insert(number, line)
        return Slip(name, number + 1, how, line, line, tuple(after))
    if how == "line swapped":
        if number + 1 >= len(lines) or lines[number + 1].strip()[:1] in ("", "#") or lines[number + 1] == line:
            return None
        after[number : number + 2] = [lines[number + 1], line]
        return Slip(name, number + 1, how, line, lines[number + 1], tuple(after))
    at = chance.randrange(len(line))
    char = line[at]
    if how == "changed":
        others = next((group for group in _CLASSES if char in group), string.ascii_lowercase).replace(char, "")
        put = chance.choice(others)
    else:
        put = "" if how == "deleted" else char * 2
    changed = line[:at] + put + line[at + 1 :]
    after[number] = changed
    return Slip(name, number + 1, how, line, changed, tuple(after))


def tested(rules: Path) -> tuple[RuleProblem, ...]:
    """What `wrapgen rules test` says: cases, and the places that it names of golden articles that read otherwise."""
    trial = try_rules(rules)
    places = [place for difference in trial.differences for place in difference.places]
    named = (re.match(r"([\w/.-]+\.yaml):(\d+)", place) for place in places)
    golden = (RuleProblem(at[1], int(at[2]), "a golden article reads otherwise") for at in named if at)
    return (*trial.failures, *dict.fromkeys(golden))


# The second is asked where the first says nothing.
COMMANDS: Mapping[str, Callable[[Path], tuple[RuleProblem, ...]]] = {"check": examine, "test": tested}


def examined(slip: Slip, commands: Mapping[str, Callable[[Path], tuple[RuleProblem, ...]]] = COMMANDS) -> Outcome:
    """Whether a slip is found, and where."""
    text = "\n".join(slip.lines) + "\n"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "rules"
        shutil.copytree(RULES, copy, ignore=shutil.ignore_patterns("__pycache__"))
        (copy / slip.file).write_text(text, "utf-8")
        by, problems = next(((name, told) for name, ask in commands.items() if (told := ask(copy))), ("", ()))
    if any(points_at(problem, slip) for problem in problems):
        return Outcome(slip, "found", problems, by)
    if slip.how == "line deleted" and any(_names(problem, slip) for problem in problems):
        return Outcome(slip, "named", problems, by)
    if problems:
        return Outcome(slip, "elsewhere", problems, by)
    return Outcome(slip, _harmless(text, (RULES / slip.file).read_text("utf-8")) or "missed", ())


def _names(problem: RuleProblem, slip: Slip) -> bool:
    """Whether a problem asks, where it is missed, for what a line that is gone had listed."""
    key = re.match(r"\W*(?:\w+: *)?\"?(?:of: \w+, id: |role: \w+, sense: )?([^,:\"{}\[\]]+)", slip.before.strip())
    sense = re.search(r"sense: (\w+)", slip.before)
    names = [sense[1] if sense else "", key[1].strip() if key else ""]
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", str(problem)) for name in names if name)


def points_at(problem: RuleProblem, slip: Slip) -> bool:
    """Whether a problem names the line, one beside it, or an entry that the line is part of."""
    if problem.file != slip.file:
        return False
    named = {problem.line, *(int(number) for number in re.findall(r"\bline (\d+)", problem.message))}
    near = {slip.line + step for step in (-1, 0, 1, *((2,) if slip.how.startswith("line") else ()))}
    return bool(named & (near | set(_entries((RULES / slip.file).read_text("utf-8").splitlines(), slip.line))))


def _entries(lines: Sequence[str], line: int) -> Iterator[int]:
    """The first lines of the entries around a line, and every line of the innermost one."""
    margin = len(lines[line - 1]) - len(lines[line - 1].lstrip())
    inner = True
    for number in range(line, 0, -1):
        text = lines[number - 1]
        indent = len(text) - len(text.lstrip())
        beside = indent == margin and number < line and not text.lstrip().startswith("- ")
        if not text.strip() or text.lstrip().startswith("#") or indent > margin or beside:
            continue
        starts = text.lstrip().startswith("- ")
        if number == line or indent < margin or starts:
            yield number
            if starts and inner:
                inner = False
                yield from range(number, line)
                for later in range(line, len(lines)):
                    after = lines[later]
                    if after.strip() and len(after) - len(after.lstrip()) <= indent:
                        break
                    yield later + 1
            margin = min(margin, indent)


def _harmless(text: str, before: str) -> str:
    """Why nothing hangs on a slip: ``same``, the file reads the same; ``prose``, a word of ``says`` differs, which
    people alone read; ``cases``, a case less or more, where every case is met and the rest keep the condition as it
    is; ``order``, entries of a list that is looked up by name stand in another order."""
    try:
        now, then = _read(text), _read(before)
        if now == then:
            return "same"
        for why, key in (("prose", "says"), ("cases", "tests")):
            if _read(text, without=key) == _read(before, without=key):
                return why
    except yaml.YAMLError:
        return ""
    if _read(text, sets=("words",)) == _read(before, sets=("words",)):
        return "order"
    entries = [sorted(map(repr, said[1])) if said and said[0] == "list" else said for said in (now, then)]
    named = re.search(r"^- (\{|verb:|noun:)", before, re.MULTILINE)
    return "order" if named and entries[0] == entries[1] else ""


def _read(text: str, without: str = "", sets: tuple[str, ...] = ()) -> Any:
    """What a text says, whatever the order of keys; one that stands twice is there twice. Of ``without`` it is told
    how often it stands, and not what it holds; the lists of ``sets`` are read as sets, as the loader reads them."""
    return _plain(yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)), without, sets)


def _plain(node: Any, without: str, sets: tuple[str, ...], key: str = "") -> Any:
    if isinstance(node, yaml.MappingNode):
        pairs = [(name, value) for name, value in node.value if name.value != without]
        said = sum(name.value == without for name, _ in node.value)
        read = [(repr(name.value), repr(_plain(value, without, sets, name.value))) for name, value in pairs]
        return "map", sorted(read), said
    if isinstance(node, yaml.SequenceNode):
        items = [_plain(item, without, sets) for item in node.value]
        return "list", sorted(items) if key in sets else items
    return node and (node.style in ("'", '"'), node.value)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--kind", choices=("char", "line"), default="")
    parser.add_argument("--file", default="", help="only files whose name has this in it")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--all", action="store_true", help="print those found too")
    args = parser.parse_args(arguments)
    tally: Counter[str] = Counter()
    by_file: Counter[str] = Counter()
    examine(RULES)  # what is the same in every copy is worked out once, before the processes part
    with ProcessPoolExecutor(args.jobs, multiprocessing.get_context("fork")) as pool:
        for outcome in pool.map(examined, slips(args.seed, args.count, args.kind, args.file)):
            found = outcome.verdict == "found"
            tally[f"found by {outcome.by}" if found else outcome.verdict] += 1
            by_file.update([] if found else [outcome.slip.file])
            if not found or args.all:
                print(f"{outcome.verdict}: {outcome.slip}")
                for problem in outcome.problems[:3]:
                    print(f"      {problem}")
                sys.stdout.flush()
    total = tally["found by check"] + tally["found by test"]
    print(f"seed {args.seed}: {total} of {args.count} found where they are; {dict(tally)}")
    print("not found, by file:", dict(by_file.most_common()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
