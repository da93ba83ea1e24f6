"""``wrapgen verify`` and ``wrapgen gates``: is the text true, are the data to be believed."""

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
