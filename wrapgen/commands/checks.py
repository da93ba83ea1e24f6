"""``wrapgen verify``, ``lint`` and ``gates``: is the text true, is it in style, are the data to be believed."""

from __future__ import annotations

from pathlib import Path

import click

from wrapgen.columns import table
from wrapgen.commands.common import (
    CLAIM_STATUSES,
    format_option,
    load_rules,
    now_option,
    print_json,
    print_text,
    read_document,
    read_snapshot,
    read_text,
    rules_option,
)

_LONGEST_FOUND = 60  # characters of a departure that are shown


@click.command()
@click.argument("article", metavar="ARTICLE", type=click.Path(allow_dash=True))
@click.option(
    "--snapshot", metavar="SNAPSHOT", required=True, type=click.Path(), help="The data to hold the article against."
)
@format_option("text", "json", what="the claims")
@rules_option
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
    import wrapgen

    pack = load_rules(rules)
    facts = read_snapshot(snapshot, pack)
    text = read_text(article)
    claims = wrapgen.verify(text, facts, pack)
    if format == "json":
        print_json({"claims": [claim.to_dict() for claim in claims]})
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
        print_text(table(("LINE", "KIND", "STATUS", "WORDS", "TRUE", "WHY"), rows, right={0}))
        counts = {status: sum(c.status == status for c in claims) for status in CLAIM_STATUSES}
        print_text(f"\n{len(claims)} claims: " + ", ".join(f"{n} {status}" for status, n in counts.items()) + "\n")
    ctx.exit(1 if any(claim.status in ("contradicted", "unsupported") for claim in claims) else 0)


@click.command()
@click.argument("article", metavar="ARTICLE", type=click.Path(allow_dash=True))
@click.option("--style", metavar="NAME", help="House style to hold it to; a style of the rule files.")
@format_option("text", "json", what="the departures")
@rules_option
@click.pass_context
def lint(ctx: click.Context, article: str, style: str | None, format: str, rules: Path | None) -> None:
    """Tell where ARTICLE, a text file or - for standard input, departs from a house style.

    Each departure is told with its line, the key of the style, what was found and what the style wants.
    Exits with 0 where there is none, with 1 where there is one, with 2 where the input is bad. What a style
    wants and a text leaves out, as a level that was sent, cannot be seen in the text.

    \b
    Example:
      wrapgen write seeds/asia-2025-11-12-morning.json --style agency > wrap.txt
      wrapgen lint wrap.txt --style british
    """
    import wrapgen

    pack = load_rules(rules)
    text = read_text(article)
    departures = wrapgen.lint(text, style, pack)
    if format == "json":
        print_json({"departures": [departure.to_dict() for departure in departures]})
    else:
        rows = [
            (str(text.count("\n", 0, each.start) + 1), each.key, _short(each.found), each.wants) for each in departures
        ]
        if rows:
            print_text(table(("LINE", "KEY", "FOUND", "WANTED"), rows, right={0}) + "\n")
        print_text(f"{len(rows)} departure{'' if len(rows) == 1 else 's'}\n")
    ctx.exit(1 if departures else 0)


def _short(text: str) -> str:
    """On one line, a long paragraph by its beginning."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_FOUND else f"{words[: _LONGEST_FOUND - 1]}…"


@click.command()
@click.argument("snapshot", metavar="[SNAPSHOT]", required=False, type=click.Path(allow_dash=True))
@format_option("text", "json", what="the gates")
@now_option
@rules_option
def gates(snapshot: str | None, format: str, now: str | None, rules: Path | None) -> None:
    """List what each data gate says of SNAPSHOT, or without one what each is for.

    A gate notes, holds or refuses. What one holds is written with --override and its name, what one
    refuses is not. Exits with 2 only where the snapshot cannot be read at all.

    \b
    Example:
      wrapgen gates seeds/asia-2025-11-12-morning.json --now 2025-11-12T11:00:00+08:00
    """
    import wrapgen

    pack = load_rules(rules) or wrapgen.load_rules()
    known = pack.reference.gates
    if snapshot is None:
        if format == "json":
            print_json([gate.to_dict() for gate in known])
        else:
            rows = [(gate.gate, gate.severity, gate.says) for gate in known]
            print_text(table(("GATE", "SEVERITY", "SAYS"), rows, right=set()))
        return
    tripped = wrapgen.examine_snapshot(read_document(snapshot), pack.reference, now=now)
    if format == "json":
        print_json([gate.to_dict() for gate in tripped])
        return
    if tripped:
        found = [(gate.name, gate.severity, gate.pointer, gate.message) for gate in tripped]
        print_text(table(("GATE", "SEVERITY", "PLACE", "SAYS"), found, right=set()))
    quiet = len(known) - len({gate.name for gate in tripped})
    print_text(f"{quiet} gates have nothing to say.\n")
