"""``wrapgen angles``, ``facts`` and ``explain``: why the article says what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wrapgen.columns import figure, table
from wrapgen.commands.common import (
    format_option,
    load_rules,
    now_option,
    override_option,
    print_json,
    print_text,
    read_document,
    read_snapshot,
    rules_option,
    snapshot_argument,
    wording_options,
)
from wrapgen.errors import OptionError


@click.command()
@snapshot_argument
@format_option("text", "json", what="the angles")
@override_option
@rules_option
def angles(snapshot: str, format: str, override: tuple[str, ...], rules: Path | None) -> None:
    """Rank the stories that SNAPSHOT could tell, with score, margin and evidence.

    The two that the article carries are marked with a star. Below the table
    stands what would have made the runner-up win.

    \b
    Example:
      wrapgen angles seeds/asia-2025-11-12-morning.json
    """
    import wrapgen

    pack = load_rules(rules)
    read = read_snapshot(snapshot, pack, override=override)
    reports = [report.to_dict() for report in wrapgen.rank_angles(read, rules=pack)]
    if format == "json":
        print_json(reports)
        return
    rows = [
        (
            "*" if report.get("chosen") else "",
            report["name"],
            figure(report["score"]),
            figure(report.get("margin")),
            "; ".join(report.get("because") or ()) or str(report.get("note") or ""),
        )
        for report in reports
    ]
    print_text(table(("", "ANGLE", "SCORE", "MARGIN", "EVIDENCE"), rows, right={2, 3}))
    if len(reports) > 1 and reports[1]["score"]:
        print_text(f"\n{reports[1]['name']}: {reports[1]['note']}.\n")


@click.command()
@snapshot_argument
@format_option("text", "json", what="the facts")
@override_option
@rules_option
def facts(snapshot: str, format: str, override: tuple[str, ...], rules: Path | None) -> None:
    """List the facts derived from SNAPSHOT: what they are, and which figures they came from.

    What a condition of a rule calls them, wrapgen rules facts lists.

    \b
    Example:
      wrapgen facts seeds/asia-2025-11-12-morning.json --format json
    """
    import wrapgen

    pack = load_rules(rules)
    read = read_snapshot(snapshot, pack, override=override)
    derived = [fact.to_dict() for fact in wrapgen.derive_facts(read, rules=pack)]
    if format == "json":
        print_json(derived)
        return
    rows = [
        (
            fact["name"],
            figure(fact["value"]),
            str(fact.get("unit") or ""),
            str(fact.get("operation") or ""),
            " ".join(fact.get("from") or ()),
        )
        for fact in derived
    ]
    print_text(table(("FACT", "VALUE", "UNIT", "OPERATION", "FROM"), rows, right={1}))


@click.command()
@snapshot_argument
@format_option("text", "json", what="the explanation")
@click.option(
    "--sentence",
    metavar="N",
    help="The sentence, as a reader counts: 0 is the headline, h1 the first subhead. Without it all are listed.",
)
@wording_options
@override_option
@now_option
@rules_option
def explain(
    snapshot: str,
    format: str,
    sentence: str | None,
    style: str | None,
    angle: str | None,
    variant: int,
    length: str | None,
    override: tuple[str, ...],
    now: str | None,
    rules: Path | None,
) -> None:
    """Tell where the words of the article for SNAPSHOT came from.

    Without --sentence the article is listed with the number and the rule of each sentence. With it stands
    the rule as its file has it, and for each figure and name the fact that it states, the operation that
    made the fact, the values in SNAPSHOT that it was made of, and how it was rounded.

    \b
    Example:
      wrapgen explain seeds/asia-2025-11-12-morning.json --sentence 1
    """
    import wrapgen
    from wrapgen.explain import explain as trace

    pack = load_rules(rules) or wrapgen.load_rules()
    document = read_document(snapshot)
    facts = wrapgen.read_snapshot(document, pack.reference, now=now, override=override)
    article = wrapgen.write(facts, style=style, angle=angle, variant=variant, length=length, rules=pack)
    explanation = trace(document, facts, article, pack)
    if sentence is None:
        told: Any = explanation
    else:
        told = explanation.sentence(sentence)
        if told is None:
            raise OptionError.unknown("sentence", sentence, explanation.labels)
    if format == "json":
        print_json(told.to_dict())
    else:
        print_text(told.render())
