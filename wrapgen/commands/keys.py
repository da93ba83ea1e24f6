"""``wrapgen keys``: API keys for the service."""

from __future__ import annotations

from pathlib import Path

import click

from wrapgen.commands.common import Name, print_text, say

ROLES = ("read", "write", "admin")  # written out for --help; a test compares them

_file = click.option(
    "--file",
    "path",
    envvar="WRAPGEN_KEYS",
    metavar="FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file of keys; WRAPGEN_KEYS if it is set.",
)


@click.group()
def keys() -> None:
    """Make, list and revoke API keys.

    A key is shown once, when it is made; the file holds a hash of it. A service that is started with WRAPGEN_KEYS
    asks everybody for a key, and sees a change of the file at the next request.

    \b
    Example:
      wrapgen keys add --file keys.json --role write cms
    """


@keys.command()
@_file
@click.option("--role", type=Name(ROLES), default="write", show_default=True, help="What it may be used for.")
@click.argument("name")
def add(path: Path, role: str, name: str) -> None:
    """Make a key for NAME and print it, this once.

    read: rules, styles, markets, examples, angles, facts, verify, metrics. write: articles too. admin: new rules too.

    \b
    Example:
      wrapgen keys add --file keys.json --role write cms
    """
    from wrapgen.service.keys import add_key

    key, secret = add_key(path, name, role)
    say(f"key {key.id} of the role {role} for {name}; it is not shown again")
    print_text(f"{secret}\n")


@keys.command("list")
@_file
def list_keys(path: Path) -> None:
    """List the keys: id, role, when made, and for whom.

    \b
    Example:
      wrapgen keys list --file keys.json
    """
    from wrapgen.service.keys import read_keys

    for key in read_keys(path):
        print_text(f"{key.id}  {key.role:5}  {key.created}  {key.name}\n")


@keys.command()
@_file
@click.argument("id")
def revoke(path: Path, id: str) -> None:
    """Take the key ID out. It is refused from the next request on.

    \b
    Example:
      wrapgen keys revoke --file keys.json 1f0e9d8c
    """
    from wrapgen.service.keys import revoke_key

    key = revoke_key(path, id)
    say(f"key {key.id} of {key.name} is revoked")
