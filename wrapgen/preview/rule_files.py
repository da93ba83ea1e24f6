"""The rules at the desk: read, changed with their faults in place, tried on the sample days, saved when they pass."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
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


class Draft(NamedTuple):
    """A rule file as it is being edited. ``seen`` is the digest of what it was begun from, "" for a new file."""

    file: str
    text: str
    seen: str


# A folder of the pack, and a name of its own.
_NEW = re.compile(r"[a-z]+/[a-z0-9][a-z0-9_-]*\.yaml")


@routes.get("/rules")
@at_least("reader")
def rule_files() -> str | Response:
    if new := request.args.get("new", "").strip():
        return redirect(url_for("desk.rule_file", file=new, new=1))  # type: ignore[return-value]
    folder = desk().pack().directory
    groups: dict[str, list[str]] = {}
    for name in _names(folder):
        groups.setdefault(name.rpartition("/")[0], []).append(name)
    return render_template("rules.html", groups=groups, hash=desk().pack().hash, editable=_editable())


@routes.get("/rules/<path:file>")
@at_least("reader")
def rule_file(file: str) -> str:
    return _page((_begun(file, new="new" in request.args),))


def _names(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.yaml"))


def _editable() -> bool:
    return parts().rules is not None and person().may("admin")


def _folder() -> Path:
    """The editors' own rule files, or those that are served."""
    return (parts().rules or desk().pack().directory).resolve()


def _begun(file: str, new: bool) -> Draft:
    """A file as it is, or a new one that is empty. Missing where there is none and none can be begun."""
    folder = _folder()
    path = (folder / file).resolve()
    if path.suffix == ".yaml" and path.is_relative_to(folder) and path.is_file():
        return Draft(file, path.read_text("utf-8"), _digest(path))
    if not new:
        raise Missing(f"there is no rule file {file!r}")
    if not _NEW.fullmatch(file) or not path.parent.is_dir():
        folders = ", ".join(sorted({name.partition("/")[0] for name in _names(folder) if "/" in name}))
        raise Missing(f"a new rule file is called as in styles/evening.yaml, in one of {folders}; not {file!r}")
    return Draft(file, "", "")


def _drafts(file: str) -> tuple[Draft, ...]:
    """What was sent: the file of the page, then those that are edited with it."""
    form = request.form
    names = form.getlist("file") or [file]
    sent = zip(names, form.getlist("text"), form.getlist("seen"), strict=False)
    drafts = tuple(Draft(name, _unix(text), seen) for name, text, seen in sent)
    if not drafts or drafts[0].file != file:
        raise Refused("The texts of the files did not arrive. Open the file again.")
    for draft in drafts:
        _begun(draft.file, new=not draft.seen)
    return drafts


def _page(drafts: Sequence[Draft], tried: Tried | None = None, replayed: Replay | None = None) -> str:
    return render_template(
        "rule_file.html",
        drafts=drafts,
        places={draft.file: number for number, draft in enumerate(drafts, start=1)},
        files=_names(_folder()),
        tried=tried,
        replayed=replayed,
        editable=_editable(),
        folder=parts().rules,
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def _with_changes(texts: Mapping[str, str]) -> Iterator[Path]:
    """A copy of the rules in which these files read so."""
    folder = _folder()
    with TemporaryDirectory(prefix="wrapgen-rules-") as temporary:
        copy = Path(temporary) / "rules"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        for file, text in texts.items():
            (copy / file).write_text(_unix(text), "utf-8")
        yield copy


def _unix(text: str) -> str:
    """With the line ends of a file: those of a form are others."""
    return text.replace("\r\n", "\n")


@routes.post("/rules/<path:file>/faults")
@at_least("reader")
def rule_faults(file: str) -> dict[str, Any]:
    """What keeps the file from being loaded, at its lines, while it is typed in; the rest is found when it is tried.

    Sent are the texts of all files that are edited together, by name.
    """
    texts = request.get_json()
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()) or file not in texts:
        raise Refused("The texts of the files did not arrive.")
    for name in texts:
        _begun(name, new=True)
    with _with_changes(texts) as copy:
        problems = _load_problems(copy)
    here = [Fault(problem.line, 0, _said(problem)) for problem in problems if problem.file == file]
    others = len(problems) - len(here)
    sound = "It can be loaded; Check and test looks closer."
    told = f"{others} problems in other files come of it." if others else "" if here else sound
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
    """Try the change of one file or several; with ``do`` ``replay`` show what it does to the sample days; with ``save``
    keep it where it passes, and with ``accept`` the golden articles that read otherwise with it; with ``add`` edit
    another file with them."""
    do, drafts = request.form.get("do", "try"), _drafts(file)
    if do == "add":
        other = _begun(request.form.get("add", "").strip(), new=True)
        return _page(drafts if other.file in {draft.file for draft in drafts} else (*drafts, other))
    if do in ("save", "accept"):
        _may_keep(drafts)
    with _with_changes({draft.file: draft.text for draft in drafts}) as copy:
        if do == "replay":
            if problems := _load_problems(copy):
                return _page(drafts, Tried(problems)), 422
            old, new = desk().pack(), load_rules(copy)
            return _page(drafts, replayed=replay(sample_days(old), old, new))
        tried = _tried(copy, accept=do == "accept")
        if do == "try" or not tried.passed:
            return _page(drafts, tried), 200 if tried.passed else 422
        _keep(drafts, copy, with_days=do == "accept")
    names = " and ".join(draft.file for draft in drafts)
    flash(f"{names} {'is' if len(drafts) == 1 else 'are'} saved, and articles are written by it now.")
    return redirect(url_for("desk.rule_file", file=file), 303)  # type: ignore[return-value]


def _tried(folder: Path, accept: bool) -> Tried:
    problems = tuple(examine(folder))
    if problems:
        return Tried(problems)
    trial = try_rules(folder, accept)
    return Tried(trial.failures, () if accept else trial.differences)


def _may_keep(drafts: Sequence[Draft]) -> None:
    """Refuse before anything is tried what could not be kept."""
    if parts().rules is None:
        raise Refused(
            "These rules come with wrapgen. Copy them with wrapgen rules copy, and name the folder in WRAPGEN_RULES."
        )
    for draft in drafts:
        path = _folder() / draft.file
        if (_digest(path) if path.exists() else "") != draft.seen:
            raise Refused(f"{draft.file} was changed by another meanwhile. Open it again, and bring in your change.")


def _keep(drafts: Sequence[Draft], copy: Path, with_days: bool) -> None:
    """The change, put into the editors' folder, and the service set to write by it."""
    _may_keep(drafts)
    folder = _folder()
    if with_days:
        for article in (copy / DAYS).glob("*.txt"):
            kept = folder / DAYS / article.name
            if not kept.exists() or kept.read_bytes() != article.read_bytes():
                write_whole(kept, article.read_bytes())
    for draft in drafts:
        write_whole(folder / draft.file, (copy / draft.file).read_bytes())
    context().packs.reload()
