"""Runs the listings of a manual page, in their order, in an empty folder.

A fence ``json NAME`` writes NAME.json, and ``yaml NAME`` NAME.yaml; ``diff`` changes files, a file's name standing
before its lines and an empty name ending nothing: lines with ``-`` go, lines with ``+`` come, the others are where.
``console`` runs commands, ``$ wrapgen …``, and compares what they print: ``…`` stands for any text within a line, and
alone on a line for any lines. ``python`` runs as a script. Other fences are only read.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

import wrapgen
from wrapgen.check.words import load_vocabulary
from wrapgen.cli import cli

_FENCE = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = ("json", "yaml", "diff", "console", "python")


class Listing(NamedTuple):
    line: int
    kind: str
    name: str
    text: str


def listings(page: Path) -> Iterator[Listing]:
    source = page.read_text("utf-8")
    for match in _FENCE.finditer(source):
        yield Listing(source.count("\n", 0, match.start()) + 1, match[1], match[2] or "", match[3])


def run(page: Path, folder: Path) -> int:
    """Runs every listing in ``folder``, which is the working directory; returns how many ran."""
    count = 0
    for listing in listings(page):
        if listing.kind not in RUN:
            continue
        count += 1
        where = f"{page.name}:{listing.line}"
        if listing.kind in ("json", "yaml"):
            (folder / f"{listing.name}.{listing.kind}").write_text(listing.text, "utf-8")
        elif listing.kind == "diff":
            patch(folder, listing.text, where)
        elif listing.kind == "python":
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(listing.text, where, "exec"), {})
        else:
            console(listing.text, where)
    return count


def patch(folder: Path, text: str, where: str) -> None:
    file, *lines = text.splitlines()
    path = folder / file
    old = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
    new = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "-")
    assert all(line[:1] in ("+", "-", " ", "") for line in lines), f"{where}: a line begins with neither + - nor space"
    before = path.read_text("utf-8") if path.exists() else ""
    if not old:  # at the end of the file, or a new one
        path.write_text(before + new, "utf-8")
    else:
        assert before.count(old) == 1, f"{where}: {before.count(old)} places in {file} read so:\n{old}"
        path.write_text(before.replace(old, new), "utf-8")
    wrapgen.load_rules.cache_clear()
    load_vocabulary.cache_clear()


def console(text: str, where: str) -> None:
    commands = re.split(r"^\$ ", text, flags=re.MULTILINE)
    assert commands[0] == "", f"{where}: begins with no command"
    for command in commands[1:]:
        line, _, wanted = command.partition("\n")
        printed = execute(line)
        assert fits(wanted.rstrip("\n"), printed.rstrip("\n")), f"{where}: $ {line}\n{printed}"


def execute(line: str) -> str:
    """What a command prints, on both its ways out."""
    stdin = ""
    if line.startswith("echo "):
        said, _, line = line.partition(" | ")
        stdin = shlex.split(said)[1] + "\n"
    line, _, here = line.partition(" <<< ")
    stdin = shlex.split(here)[0] if here else stdin
    program, *arguments = shlex.split(line)
    assert program == "wrapgen", line
    return CliRunner().invoke(cli, arguments, input=stdin).output


def fits(wanted: str, printed: str) -> bool:
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*?") + "\n" for line in wanted.splitlines()
    )
    return re.fullmatch(pattern, printed + "\n") is not None
