"""The command line: what every command has in common, its errors above all.

The commands are in ``wrapgen/commands``; each imports the engine when it is called, so that ``--help``
answers at once. Whatever is wrong with the input is told on standard error, one problem a line, with
exit code 2 and nothing on standard output; exit code 1 is a fault of the engine itself, or a claim
that does not hold.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from wrapgen.commands.batch import batch
from wrapgen.commands.checks import gates, lint, verify
from wrapgen.commands.common import say
from wrapgen.commands.keys import keys
from wrapgen.commands.reasons import angles, explain, facts
from wrapgen.commands.rules import rules
from wrapgen.commands.snapshot import snapshot
from wrapgen.commands.users import users
from wrapgen.commands.wraps import serve, write
from wrapgen.errors import ClaimError, InputError, OptionError, Problem, describe, nearest
from wrapgen.version import described


class Commands(click.Group):
    """All commands; their errors are told in lines for people, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            problems = _problems(error)
            fault = problems is None or isinstance(error, ClaimError)
            for line in [_fault(error)] if problems is None else map(describe, problems):
                say(line)
            ctx.exit(1 if fault else 2)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            meant = nearest(args[0], self.commands)
            if meant is None or args[0].startswith("-"):
                raise
            ctx.fail(f"No such command {args[0]!r}. Did you mean {meant!r}?")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(message=described())
def cli() -> None:
    """Write stock-market wraps from the facts of a trading session.

    A snapshot is a JSON file that says which markets, stocks and sectors moved and what happened;
    wrapgen finds the story in it and tells it in the words of a news desk, by rules that editors own.

    \b
    Example:
      wrapgen write seeds/asia-2025-11-12-morning.json
    """


for _command in (write, verify, lint, angles, facts, explain, gates, rules, snapshot, batch, serve, keys, users):
    cli.add_command(_command)


def main() -> None:
    """The entry point of the ``wrapgen`` command."""
    cli(prog_name="wrapgen")


def _problems(error: Exception) -> Iterable[Any] | None:
    """What to tell of an error that is about the input; None for a fault of our own."""
    if isinstance(error, OptionError):
        return [error]
    if isinstance(error, InputError | ClaimError):
        return error.problems
    import wrapgen

    if isinstance(error, wrapgen.SnapshotError | wrapgen.RuleError):
        problems: Iterable[Any] = error.problems
        return problems
    if isinstance(error, OSError):
        return [Problem(str(error.filename or "wrapgen"), error.strerror or str(error))]
    return None


def _fault(error: Exception) -> str:
    """One line that a maintainer can start from; the rest would tell a reader nothing."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    file = Path(last.filename)
    place = f"{file.parent.name}/{file.name}:{last.lineno}"
    return f"wrapgen: internal error, please report it: {type(error).__name__}: {error} ({place})"
