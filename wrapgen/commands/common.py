"""What the commands share: their options, how input is read and output printed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wrapgen.errors import InputError, OptionError, Problem, decode_json

if TYPE_CHECKING:
    from wrapgen import RulePack, Snapshot

# Written out rather than asked of the engine, which --help must not load; a test compares them.
FORMATS = ("text", "markdown", "html", "json", "ninjs", "ninjs-1", "newsml-g2", "schema.org", "atom")
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


snapshot_argument = click.argument("snapshot", metavar="SNAPSHOT", type=click.Path(allow_dash=True))
rules_option = click.option(
    "--rules",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of rule files to use instead of those that come with wrapgen.",
)


now_option = click.option(
    "--now",
    metavar="TIME",
    help="Judge the age of the data by this time, as 2025-11-12T10:30:00+08:00; without it their age does not count.",
)
override_option = click.option(
    "--override",
    metavar="NAME",
    multiple=True,
    help="Accept what this data gate holds; may be given more than once.",
)


def format_option(*names: str, what: str) -> Callable[[Any], Any]:
    return click.option("--format", type=Name(names), default="text", show_default=True, help=f"How to print {what}.")


def wording_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that change the words of an article."""
    for option in (
        click.option("--length", type=Name(LENGTHS), help="How much to tell; left out, as the style has it."),
        click.option(
            "--variant",
            metavar="N",
            type=click.IntRange(0, 999_999_999),
            default=0,
            show_default=True,
            help="Another wording of the same facts; the same number always gives the same words.",
        ),
        click.option(
            "--angle", metavar="NAME", help="Tell this story. An error says why if the facts do not support it."
        ),
        click.option("--style", metavar="NAME", help="House style to write in; a style of the rule files."),
    ):
        command = option(command)
    return command


def read_snapshot(
    path: str, rules: RulePack | None = None, now: str | None = None, override: tuple[str, ...] = ()
) -> Snapshot:
    """The snapshot in a file, read by the reference data of ``rules`` and passed through its data gates."""
    import wrapgen

    reference = None if rules is None else rules.reference
    return wrapgen.read_snapshot(read_document(path), reference, now=now, override=override)


def read_document(path: str) -> Any:
    """The JSON document in a file, or on standard input for ``-``."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError([Problem(path, f"cannot be read: {reason}")]) from None
    return decode_json(data)


def read_text(path: str) -> str:
    """The text in a file, or on standard input for ``-``. Raises InputError where it is no UTF-8."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or (
            "it is not UTF-8" if isinstance(error, UnicodeError) else str(error)
        )
        raise InputError([Problem(path, f"cannot be read: {reason}")]) from None


def load_rules(directory: Path | None) -> RulePack | None:
    """The rule files of a folder; None leaves the choice to the engine."""
    import wrapgen

    return None if directory is None else wrapgen.load_rules(directory)


def say(line: str) -> None:
    click.echo(line.encode("utf-8", "backslashreplace"), err=True)


def print_text(text: str) -> None:
    """To standard output in UTF-8, whatever the locale says."""
    click.echo(text.encode("utf-8"), nl=False)


def print_json(value: Any) -> None:
    import orjson

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE), nl=False)
