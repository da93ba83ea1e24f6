"""``wrapgen snapshot``: price tables in, snapshots of the wire contract out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wrapgen.commands.common import say
from wrapgen.errors import InputError, OptionError, Problem

if TYPE_CHECKING:
    from wrapgen.batch.extras import Extras
    from wrapgen.batch.measures import Span
    from wrapgen.batch.prices.table import PriceTable
    from wrapgen.batch.snapshots import Day

# Written out rather than asked of the schemas, which --help must not load; a test compares them.
PHASES = ("preview", "open", "morning", "midday", "afternoon", "close")
_PATH = click.Path(path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--prices", metavar="PATH...", multiple=True, type=_PATH, help="Price files or folders.")
@click.argument("more", metavar="", nargs=-1, type=_PATH)
@click.option("--region", required=True, metavar="R", help="asia-pacific, europe, us, global, or a country (jp).")
@click.option("--date", required=True, metavar="D", help="The session, 2025-11-12, or a range, 2025-11-03..2025-11-14.")
@click.option("--phase", type=click.Choice(PHASES), help="Part of the day; left out, the close.")
@click.option("--events", metavar="FILE", type=_FILE, help="JSON: events, stocks, sectors; as a whole, or by day.")
@click.option("--stocks", metavar="FILE", type=_FILE, help="CSV of shares to look for: ticker, exchange, name.")
@click.option("--history", metavar="N", type=click.IntRange(1, 100_000), help="Sessions of history, at most; 520.")
@click.option("--out", metavar="FILE", type=_PATH, help="File, .jsonl file, or folder.")
@click.option(
    "--rules", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Your own rule files."
)
def snapshot(
    prices: tuple[Path, ...],
    more: tuple[Path, ...],
    region: str,
    date: str,
    phase: str | None,
    events: Path | None,
    stocks: Path | None,
    history: int | None,
    out: Path | None,
    rules: Path | None,
) -> None:
    """Make snapshots from price tables: moves, levels and history of a region's markets.

    PATH is a CSV (yfinance's, the old Yahoo export, a long or a wide table), a Parquet file, the JSON of a vendor
    (Polygon, Alpha Vantage, FMP, EODHD, Finnhub), or a folder of them. Symbols that are not known are listed on
    standard error, as are sessions without a price. Of a range, one snapshot a session is written: a line each on
    standard output or in a .jsonl file, or a file each in a folder.

    \b
    Example:
      wrapgen snapshot --prices closes.csv --region asia-pacific --date 2025-11-12 | wrapgen write -
    """
    from wrapgen.batch.making import load_names, make_snapshots, measure_all, require_any
    from wrapgen.batch.snapshots import HISTORY
    from wrapgen.resources import default_rules_directory

    days = days_of(date)
    names = load_names(rules or default_rules_directory())
    names.composition(region)  # an unknown one is told before anything is read
    tables, extras = read_inputs((*prices, *more), events, stocks)
    measures = measure_all(tables, names, [region], extras)
    made = list(make_snapshots(measures, names, region, days, phase, extras, history or HISTORY))
    for line in (*measures.notes, *(note for day in made for note in _notes(day, len(made) > 1))):
        say(line)
    require_any(made, date)
    _write([day for day in made if day.snapshot is not None], out, many=days.first < days.last)


def days_of(text: str) -> Span:
    """A date, or two with ``..`` between them."""
    from wrapgen.batch.measures import Span

    first, dots, last = text.partition("..")
    try:
        days = Span(dt.date.fromisoformat(first), dt.date.fromisoformat(last if dots else first))
    except ValueError:
        message = f"{text[:40]!r} is no date, 2025-11-12, and no range, 2025-11-03..2025-11-14"
        raise OptionError("date", message) from None
    if days.last < days.first:
        raise OptionError("date", f"the range {text} ends before it begins")
    return days


def read_inputs(paths: Sequence[Path], events: Path | None, stocks: Path | None) -> tuple[list[PriceTable], Extras]:
    """All files, read; raises InputError with the problems of every one of them."""
    from dataclasses import replace

    from wrapgen.batch.extras import Extras, read_extras, read_stocks
    from wrapgen.batch.prices import read_prices

    if not paths:
        raise OptionError("prices", "names no price file or folder")
    problems: list[Problem] = []
    tables: list[PriceTable] = []
    extras = Extras()
    try:
        tables = read_prices(paths)
    except InputError as error:
        problems += error.problems
    try:
        extras = read_extras(events) if events else extras
    except InputError as error:
        problems += error.problems
    try:
        extras = replace(extras, stocks=read_stocks(stocks)) if stocks else extras
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(problems)
    return tables, extras


def _notes(day: Day, many: bool) -> list[str]:
    """What to tell of a day: markets that are left out, and of one day among others why it has no snapshot."""
    lines = [day.reason] if day.reason and many else [] if day.reason else list(day.notes)
    return [f"{day.region} {day.date}: {line}" for line in lines]


def _write(days: Sequence[Day], out: Path | None, many: bool) -> None:
    import orjson

    from wrapgen.batch.files import write_whole

    lines = [orjson.dumps(day.snapshot, option=orjson.OPT_APPEND_NEWLINE) for day in days]
    if out is None:
        click.echo(b"".join(lines), nl=False)
    elif out.is_dir() or (many and out.suffix != ".jsonl"):
        out.mkdir(parents=True, exist_ok=True)
        for day, line in zip(days, lines, strict=True):
            write_whole(out / f"{day.region}-{day.date}.json", line)
    else:
        write_whole(out, b"".join(lines))
