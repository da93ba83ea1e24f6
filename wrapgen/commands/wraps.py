"""``wrapgen write`` and ``wrapgen serve``: articles from the shell and over HTTP."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from wrapgen.commands.common import (
    FORMATS,
    format_option,
    load_rules,
    now_option,
    override_option,
    print_text,
    read_snapshot,
    rules_option,
    say,
    snapshot_argument,
    wording_options,
)
from wrapgen.errors import OptionError
from wrapgen.version import __version__


@click.command()
@snapshot_argument
@format_option(*FORMATS, what="the article")
@wording_options
@override_option
@now_option
@rules_option
def write(
    snapshot: str,
    format: str,
    style: str | None,
    angle: str | None,
    variant: int,
    length: str | None,
    override: tuple[str, ...],
    now: str | None,
    rules: Path | None,
) -> None:
    """Print the article for SNAPSHOT, a JSON file or - for standard input.

    Exits with 0 and the article, or with 2 and every problem of the input, each with its place in
    the file, what is allowed there, and the nearest known name. Figures that a data gate holds can
    be accepted with --override; see wrapgen gates.

    \b
    Example:
      wrapgen write seeds/asia-2025-11-12-morning.json --format markdown --variant 3
    """
    import wrapgen

    pack = load_rules(rules)
    facts = read_snapshot(snapshot, pack, now, override)
    article = wrapgen.write(facts, style=style, angle=angle, variant=variant, length=length, rules=pack)
    print_text(article.render(format))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@rules_option
def serve(host: str, port: int, rules: Path | None) -> None:
    """Answer over HTTP until interrupted: the editors' desk at /, POST /v1/wraps for newsroom tools.

    For one person, on this machine: another --host needs API keys (wrapgen keys). README.md shows how to run the same
    application under gunicorn. SIGHUP reloads the rules.

    \b
    Example:
      wrapgen serve --port 8000
      curl --json @seeds/asia-2025-11-12-morning.json 'http://127.0.0.1:8000/v1/wraps?format=text'
    """
    from wrapgen.service.access import is_loopback
    from wrapgen.service.app import create_app
    from wrapgen.service.local import listen, reload_on_hangup
    from wrapgen.service.logs import configure
    from wrapgen.service.settings import read_settings

    settings = read_settings()
    if settings.keys is None and not is_loopback(host):
        message = f"{host!r} can be reached from elsewhere, and there are no API keys: make one with wrapgen keys add"
        raise OptionError("host", f"{message}, and name the file in WRAPGEN_KEYS", ("127.0.0.1", "::1"))
    if settings.desk is None and settings.state is None:
        from wrapgen.preview.store import own_database

        settings = replace(settings, desk=own_database())
    app = create_app(load_rules(rules), replace(settings, rules=rules or settings.rules))
    server = listen(app, host, port)
    configure(settings.log_level)
    reload_on_hangup(app)
    address = f"http://{server.host}:{server.port}"
    say(f"wrapgen {__version__} answers on {address}/v1/wraps")
    if settings.desk != "off":
        say(f"the editors’ desk is at {address}/")
    try:
        server.serve_forever()
    finally:
        server.server_close()
