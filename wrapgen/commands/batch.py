"""``wrapgen batch``: snapshots or price tables in, articles by the thousand out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wrapgen.commands.common import FORMATS, LENGTHS, Name, override_option, rules_option, say
from wrapgen.errors import InputError, OptionError, Problem

if TYPE_CHECKING:
    from wrapgen.batch.work import Item

_FINISHED_WITH_FAILURES = 3
_PATH = click.Path(path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("input", metavar="INPUT", type=_PATH)
@click.option("--out", required=True, metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Folder.")
@click.option("--region", metavar="R", multiple=True, help="Of price tables: a region; may be given more than once.")
@click.option("--date", metavar="D", help="INPUT is price tables: make snapshots of this day, or FROM..TO, first.")
@click.option("--events", metavar="FILE", type=_FILE, help="With --date: as in wrapgen snapshot.")
@click.option("--stocks", metavar="FILE", type=_FILE, help="With --date: as in wrapgen snapshot.")
@click.option("--format", type=Name((*FORMATS, "parquet")), default="json", show_default=True, help="Of the articles.")
@click.option("--style", metavar="NAME", help="House style to write in.")
@click.option("--variant", metavar="N", type=click.IntRange(0, 999_999_999), default=0, help="Another wording.")
@click.option("--length", type=Name(LENGTHS), help="How much to tell; left out, as the style has it.")
@override_option
@click.option("--workers", metavar="N", type=click.IntRange(1, 512), help="Processes; left out, one a core.")
@click.option("--cluster", metavar="ADDRESS", help="Of a Dask scheduler, tcp://HOST:8786, whose workers do it.")
@click.option("--shard", metavar="N", type=click.IntRange(1, 100_000), help="Items of the input in a shard; 500.")
@click.option("--after", metavar="DIR", type=_PATH, help="Open no article as one of an earlier batch, in DIR, does.")
@click.option("--resume", is_flag=True, help="Go on with the batch in DIR; redo only what has changed.")
@rules_option
def batch(
    input: Path,
    out: Path,
    region: tuple[str, ...],
    date: str | None,
    events: Path | None,
    stocks: Path | None,
    format: str,
    style: str | None,
    variant: int,
    length: str | None,
    override: tuple[str, ...],
    workers: int | None,
    cluster: str | None,
    shard: int | None,
    after: Path | None,
    resume: bool,
    rules: Path | None,
) -> None:
    """Write an article for every snapshot of INPUT, a folder of JSON files, or a file of JSON Lines or Parquet.

    DIR gets the articles in shards of 500 (JSON Lines or Parquet, or with another format a folder of files each),
    failures.jsonl with the problems of every snapshot that was refused, and manifest.json. A shard is there whole or
    not at all, so that a batch that was stopped in any way can be gone on with. Exits with 0 where every item is an
    article, with 3 where some are failures, with 2 where the batch cannot be done.

    An article that would open as one before it does, in the batch or in that of --after, is written in another variant
    where one opens otherwise.

    \b
    Example:
      wrapgen batch snapshots/ --out wraps/ --workers 4
      wrapgen batch snapshots.parquet --out wraps/ --format parquet --cluster tcp://10.0.0.1:8786
      wrapgen batch prices/ --date 2025-11-03..2025-11-14 --region us --region europe --out wraps/
    """
    from wrapgen.batch import parquet
    from wrapgen.batch.cluster import Cluster
    from wrapgen.batch.run import SHARD, run_batch
    from wrapgen.batch.shards import Output, read_openings
    from wrapgen.batch.work import Job
    from wrapgen.batch.workers import Workers
    from wrapgen.commands.progress import ProgressLine

    if cluster and workers:
        raise OptionError("workers", "is for this machine alone; a cluster has its own")
    if date is None and (region or events or stocks):
        raise OptionError("date", "is needed with --region, --events and --stocks, which are for price tables")
    if format == "parquet" and not parquet.installed():
        raise OptionError("format", parquet.MISSING)
    job = Job(format, style, variant, length, override, str(rules or ""))
    with ExitStack() as ends:
        own = None
        if not cluster:
            own = ends.enter_context(closing(Workers(workers or os.cpu_count() or 1)))
            own.prepare(job)
        pack = job.pack()
        if style is not None and style not in pack.styles:
            raise OptionError.unknown("style", style, sorted(pack.styles))
        items, total = _items(input, date, region, events, stocks, rules)
        earlier = read_openings(after) if after else ()
        output = Output.open(out, job, pack.hash, resume)
        line = ends.enter_context(closing(ProgressLine(total)))
        hands = own or ends.enter_context(closing(Cluster(cluster or "", pack.hash)))
        try:
            report = run_batch(items, output, hands, line, shard or SHARD, earlier)
        except OSError as error:
            told = f"cannot be written: {error.strerror or error}; what is done stays, and --resume goes on from there"
            raise InputError([Problem(str(error.filename or out), told)]) from None
    for told in report.lines(output.report(), out):
        say(told)
    if output.count("failures"):
        click.get_current_context().exit(_FINISHED_WITH_FAILURES)


def _items(
    input: Path, date: str | None, regions: Sequence[str], events: Path | None, stocks: Path | None, rules: Path | None
) -> tuple[Iterable[Item], int]:
    """The snapshots, and how many there are."""
    from wrapgen.batch.inputs import count_items, day_items, read_items

    if date is None:
        total = count_items(input)
        if not total:
            raise InputError([Problem(str(input), "holds no snapshot")])
        return read_items(input), total
    from wrapgen.batch.making import load_names, make_snapshots, measure_all
    from wrapgen.commands.snapshot import days_of, read_inputs
    from wrapgen.resources import default_rules_directory

    if not regions:
        raise OptionError("region", "is needed with --date: which regions to make snapshots of")
    regions = list(dict.fromkeys(regions))
    span, names = days_of(date), load_names(rules or default_rules_directory())
    for region in regions:
        names.composition(region)
    tables, extras = read_inputs([input], events, stocks)
    measures = measure_all(tables, names, regions, extras)
    for note in measures.notes:
        say(note)
    days = [day for region in regions for day in make_snapshots(measures, names, region, span, None, extras)]
    if not days:
        raise InputError([Problem(date, "the tables hold no session of the regions in these days")])
    return day_items(days), len(days)
