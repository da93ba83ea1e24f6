"""The rules at the desk: read, changed with their faults in place, tried on the sample days, saved when they pass."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from flask import Response, flash, redirect, render_template, request, url_for

from wrapgen.batch.files import write_whole
from wrapgen.preview.blueprint import at_least, desk, parts, person, routes
from wrapgen.preview.copy import Missing
from wrapgen.preview.desk import Refused
from wrapgen.preview.places import Fault
from wrapgen.rulepack.errors import RuleError, RuleProblem
from wrapgen.rulepack.pack import load_rules
from wrapgen.rulepack.soundness import examine
from wrapgen.service.context import context
from wrapgen.trials.days import DAYS, sample_days
from wrapgen.trials.golden import Difference
from wrapgen.trials.replay import Replay, replay
from wrapgen.trials.trial import try_rules


class Tried(NamedTuple):
    """What came of trying a changed file with all the others."""

    problems: tuple[RuleProblem, ...]
    differences: tuple[Difference, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.problems and not self.differences


@routes.get("/rules")
@at_least("reader")
def rule_files() -> str:
    folder = desk().pack().directory
    groups: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("*.yaml")):
        name = file.relative_to(folder).as_posix()
        groups.setdefault(name.rpartition("/")[0], []).append(name)
    return render_template("rules.html", groups=groups, hash=desk().pack().hash, editable=parts().rules is not None)


@routes.get("/rules/<path:file>")
@at_least("reader")
def rule_file(file: str) -> str:
    return _page(file, _path(file).read_text("utf-8"))


def _folder() -> Path:
    """The editors' own rule files, or those that are served."""
    return (parts().rules or desk().pack().directory).resolve()


def _path(file: str) -> Path:
    """Where a rule file is. Missing where there is none."""
    folder = _folder()
    path = (folder / file).resolve()
    if path.suffix != ".yaml" or not path.is_relative_to(folder) or not path.is_file():
        raise Missing(f"there is no rule file {file!r}")
    return path


def _page(file: str, text: str, tried: Tried | None = None, replayed: Replay | None = None, seen: str = "") -> str:
    return render_template(
        "rule_file.html",
        file=file,
        text=text,
        seen=seen or _digest(_path(file)),
        tried=tried,
        replayed=replayed,
        editable=parts().rules is not None and person().may("admin"),
        folder=parts().rules,
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def _with_change(file: str, text: str) -> Iterator[Path]:
    """A copy of the rules in which ``file`` reads ``text``."""
    folder = _folder()
    _path(file)  # there must be one
    with TemporaryDirectory(prefix="wrapgen-rules-") as temporary:
        copy = Path(temporary) / "rules"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        (copy / file).write_text(_unix(text), "utf-8")
        yield copy


def _unix(text: str) -> str:
    """With the line ends of a file: those of a form are others."""
    return text.replace("\r\n", "\n")


@routes.post("/rules/<path:file>/faults")
@at_least("reader")
def rule_faults(file: str) -> dict[str, Any]:
    """What keeps the file from being loaded, at its lines, while it is typed in; the rest is found when it is tried."""
    with _with_change(file, request.get_data(as_text=True)) as copy:
        problems = _load_problems(copy)
    here = [Fault(problem.line, 0, _said(problem)) for problem in problems if problem.file == file]
    others = len(problems) - len(here)
    told = f"{others} problems in other files come of it." if others else "" if here else "It can be loaded."
    return {"faults": [fault.to_dict() for fault in here], "told": told}


def _load_problems(folder: Path) -> tuple[RuleProblem, ...]:
    try:
        load_rules(folder)
    except RuleError as error:
        return tuple(error.problems)
    return ()


def _said(problem: RuleProblem) -> str:
    """A problem without its place."""
    return str(problem).partition(": ")[2] or str(problem)


@routes.post("/rules/<path:file>")
@at_least("admin")
def change_rule_file(file: str) -> str | Response | tuple[str, int]:
    """Try the change; with ``do`` ``replay`` show what it does to the sample days; with ``save`` keep it where it
    passes, and with ``accept`` the golden articles that read otherwise with it."""
    text, do, seen = request.form.get("text", ""), request.form.get("do", "try"), request.form.get("seen", "")
    if do in ("save", "accept"):
        _may_keep(file, seen)
    with _with_change(file, text) as copy:
        if do == "replay":
            if problems := _load_problems(copy):
                return _page(file, text, Tried(problems), seen=seen), 422
            old, new = desk().pack(), load_rules(copy)
            return _page(file, text, replayed=replay(sample_days(old), old, new), seen=seen)
        tried = _tried(copy, accept=do == "accept")
        if do == "try" or not tried.passed:
            return _page(file, text, tried, seen=seen), 200 if tried.passed else 422
        _keep(file, copy, seen, with_days=do == "accept")
    flash(f"{file} is saved, and articles are written by it now.")
    return redirect(url_for("desk.rule_file", file=file), 303)  # type: ignore[return-value]


def _tried(folder: Path, accept: bool) -> Tried:
    problems = tuple(examine(folder))
    if problems:
        return Tried(problems)
    trial = try_rules(folder, accept)
    return Tried(trial.failures, () if accept else trial.differences)


def _may_keep(file: str, seen: str) -> None:
    """Refuse before anything is tried what could not be kept."""
    if parts().rules is None:
        raise Refused(
            "These rules come with wrapgen. Copy them with wrapgen rules copy, and name the folder in WRAPGEN_RULES."
        )
    if _digest(_path(file)) != seen:
        raise Refused(f"{file} was changed by another meanwhile. Open it again, and bring in your change.")


def _keep(file: str, copy: Path, seen: str, with_days: bool) -> None:
    """The change, put into the editors' folder, and the service set to write by it."""
    _may_keep(file, seen)
    folder = _folder()
    if with_days:
        for article in (copy / DAYS).glob("*.txt"):
            kept = folder / DAYS / article.name
            if not kept.exists() or kept.read_bytes() != article.read_bytes():
                write_whole(kept, article.read_bytes())
    write_whole(folder / file, (copy / file).read_bytes())
    context().packs.reload()
