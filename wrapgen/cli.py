"""The command line: ``wrapgen write``, ``verify``, ``angles``, ``facts`` and ``serve``.

The engine is imported inside the commands, so that ``--help`` answers at once. Whatever is wrong
with the input is told on standard error, one problem a line, with exit code 2 and nothing on
standard output; exit code 1 is a fault of the engine itself.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wrapgen.errors import InputError, OptionError, Problem, decode_json, describe, nearest
from wrapgen.version import __version__

if TYPE_CHECKING:
    from wrapgen import RulePack, Snapshot

# Written out rather than asked of the engine, which --help must not load; a test compares them.
FORMATS = ("text", "markdown", "html", "json")
LENGTHS = ("brief", "standard", "long")
CLAIM_STATUSES = ("supported", "contradicted", "unsupported", "unchecked")


class Name(click.Choice):  # type: ignore[type-arg]  # generic only in newer versions of click
    """One of a few names; the error for another one tells the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            error = OptionError.unknown("", value, [str(choice) for choice in self.choices])
            error_text = f"{error.message}; allowed: {', '.join(error.allowed or ())}"
            self.fail(error_text + (f"; nearest: {error.nearest}" if error.nearest else ""), param, ctx)


class Told(click.Command):
    """A command whose errors are told in lines for people, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            problems = _problems(error)
            if problems is None:
                _say(_fault(error))
                ctx.exit(1)
            for problem in problems:
                _say(describe(problem))
            ctx.exit(2)


class Commands(click.Group):
    command_class = Told

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
@click.version_option(__version__, prog_name="wrapgen")
def cli() -> None:
    """Write stock-market wraps from the facts of a trading session.

    A snapshot is a JSON file that says which markets, stocks and sectors moved and what happened;
    wrapgen finds the story in it and tells it in the words of a news desk, by rules that editors own.

    \b
    Example:
      wrapgen write seeds/asia-2025-11-12-morning.json
    """


_snapshot = click.argument("snapshot", metavar="SNAPSHOT", type=click.Path(allow_dash=True))
_rules = click.option(
    "--rules",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of rule files to use instead of those that come with wrapgen.",
)


def _format(*names: str, what: str) -> Callable[[Any], Any]:
    return click.option("--format", type=Name(names), default="text", show_default=True, help=f"How to print {what}.")


@cli.command()
@_snapshot
@_format(*FORMATS, what="the article")
@click.option("--style", metavar="NAME", help="House style to write in; a style of the rule files.")
@click.option("--angle", metavar="NAME", help="Tell this story. An error says why if the facts do not support it.")
@click.option(
    "--variant",
    metavar="N",
    type=click.IntRange(0, 999_999_999),
    default=0,
    show_default=True,
    help="Another wording of the same facts; the same number always gives the same words.",
)
@click.option("--length", type=Name(LENGTHS), default="standard", show_default=True, help="How much to tell.")
@_rules
def write(
    snapshot: str,
    format: str,
    style: str | None,
    angle: str | None,
    variant: int,
    length: str,
    rules: Path | None,
) -> None:
    """Print the article for SNAPSHOT, a JSON file or - for standard input.

    Exits with 0 and the article, or with 2 and every problem of the input, each with its place in
    the file, what is allowed there, and the nearest known name.

    \b
    Example:
      wrapgen write seeds/asia-2025-11-12-morning.json --format markdown --variant 3
    """
    import wrapgen

    facts = _read(snapshot)
    pack = _load_rules(rules)
    article = wrapgen.write(facts, style=style, angle=angle, variant=variant, length=length, rules=pack)
    _print(article.render(format))


@cli.command()
@click.argument("article", metavar="ARTICLE", type=click.Path(allow_dash=True))
@click.option(
    "--snapshot", metavar="SNAPSHOT", required=True, type=click.Path(), help="The data to hold the article against."
)
@_format("text", "json", what="the claims")
@_rules
@click.pass_context
def verify(ctx: click.Context, article: str, snapshot: str, format: str, rules: Path | None) -> None:
    """Hold every claim of ARTICLE, a text file or - for standard input, against a snapshot.

    Exits with 0 where no claim is contradicted or unsupported, with 1 where one is, with 2 and
    every problem where the input is bad. Whoever wrote the text: an article of wrapgen's, an
    editor's change to it, or anything else about the same session.

    \b
    Example:
      wrapgen write seeds/asia-2025-11-12-morning.json > wrap.txt
      wrapgen verify wrap.txt --snapshot seeds/asia-2025-11-12-morning.json
    """
    from wrapgen.check import verify as check

    facts = _read(snapshot)
    text = _read_text(article)
    claims = check(text, facts, rules)
    if format == "json":
        _print_json({"claims": [claim.to_dict() for claim in claims]})
    else:
        rows = [
            (
                str(text.count("\n", 0, claim.start) + 1),
                claim.kind,
                claim.status,
                " ".join(claim.text.split()),
                claim.true_value or "",
                claim.why,
            )
            for claim in claims
        ]
        _print(_table(("LINE", "KIND", "STATUS", "WORDS", "TRUE", "WHY"), rows, right={0}))
        counts = {status: sum(c.status == status for c in claims) for status in CLAIM_STATUSES}
        _print(f"\n{len(claims)} claims: " + ", ".join(f"{n} {status}" for status, n in counts.items()) + "\n")
    ctx.exit(1 if any(claim.status in ("contradicted", "unsupported") for claim in claims) else 0)


@cli.command()
@_snapshot
@_format("text", "json", what="the angles")
@_rules
def angles(snapshot: str, format: str, rules: Path | None) -> None:
    """Rank the stories that SNAPSHOT could tell, with score, margin and evidence.

    The two that the article carries are marked with a star. Below the table
    stands what would have made the runner-up win.

    \b
    Example:
      wrapgen angles seeds/asia-2025-11-12-morning.json
    """
    import wrapgen

    reports = [report.to_dict() for report in wrapgen.rank_angles(_read(snapshot), rules=_load_rules(rules))]
    if format == "json":
        _print_json(reports)
        return
    rows = [
        (
            "*" if report.get("chosen") else "",
            report["name"],
            _figure(report["score"]),
            _figure(report.get("margin")),
            "; ".join(report.get("because") or ()) or str(report.get("note") or ""),
        )
        for report in reports
    ]
    _print(_table(("", "ANGLE", "SCORE", "MARGIN", "EVIDENCE"), rows, right={2, 3}))
    if len(reports) > 1 and reports[1]["score"]:
        _print(f"\n{reports[1]['name']}: {reports[1]['note']}.\n")


@cli.command()
@_snapshot
@_format("text", "json", what="the facts")
def facts(snapshot: str, format: str) -> None:
    """List the facts derived from SNAPSHOT: what they are, and which figures they came from.

    \b
    Example:
      wrapgen facts seeds/asia-2025-11-12-morning.json --format json
    """
    import wrapgen

    derived = [fact.to_dict() for fact in wrapgen.derive_facts(_read(snapshot))]
    if format == "json":
        _print_json(derived)
        return
    rows = [
        (
            fact["name"],
            _figure(fact["value"]),
            str(fact.get("unit") or ""),
            str(fact.get("operation") or ""),
            " ".join(fact.get("from") or ()),
        )
        for fact in derived
    ]
    _print(_table(("FACT", "VALUE", "UNIT", "OPERATION", "FROM"), rows, right={1}))


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@_rules
def serve(host: str, port: int, rules: Path | None) -> None:
    """Answer POST /v1/wraps over HTTP, until interrupted.

    For one desk or for trying out; README.md shows how to run the same application under gunicorn.

    \b
    Example:
      wrapgen serve --port 8000
      curl --json @seeds/asia-2025-11-12-morning.json 'http://127.0.0.1:8000/v1/wraps?format=text'
    """
    from wrapgen.service.app import create_app
    from wrapgen.service.local import listen

    server = listen(create_app(_load_rules(rules)), host, port)
    _say(f"wrapgen {__version__} answers on http://{server.host}:{server.port}/v1/wraps")
    try:
        server.serve_forever()
    finally:
        server.server_close()


def main() -> None:
    """The entry point of the ``wrapgen`` command."""
    cli(prog_name="wrapgen")


def _read(path: str) -> Snapshot:
    """The snapshot in a file, or on standard input for ``-``."""
    import wrapgen

    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError([Problem(path, f"cannot be read: {reason}")]) from None
    return wrapgen.read_snapshot(decode_json(data))


def _read_text(path: str) -> str:
    """The text in a file, or on standard input for ``-``. Raises InputError where it is no UTF-8."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or (
            "it is not UTF-8" if isinstance(error, UnicodeError) else str(error)
        )
        raise InputError([Problem(path, f"cannot be read: {reason}")]) from None


def _load_rules(directory: Path | None) -> RulePack | None:
    """The rule files of a folder; None leaves the choice to the engine."""
    import wrapgen

    return None if directory is None else wrapgen.load_rules(directory)


def _problems(error: Exception) -> Iterable[Any] | None:
    """What to tell of an error that is about the input; None for a fault of our own."""
    if isinstance(error, OptionError):
        return [error]
    if isinstance(error, InputError):
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


def _say(line: str) -> None:
    click.echo(line.encode("utf-8", "backslashreplace"), err=True)


def _print(text: str) -> None:
    """To standard output in UTF-8, whatever the locale says."""
    click.echo(text.encode("utf-8"), nl=False)


def _print_json(value: Any) -> None:
    import orjson

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE), nl=False)


def _figure(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list | tuple):
        return ", ".join(_figure(item) for item in value)
    return str(value)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: set[int]) -> str:
    """Columns as wide as their longest cell, those in ``right`` flush right."""
    lines = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text = []
    for line in lines:
        cells = [
            cell.rjust(width) if index in right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        text.append("  ".join(cells).rstrip() + "\n")
    return "".join(text)
