"""``wrapgen users``: who may sign in at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wrapgen.commands.common import Name, print_text, say

if TYPE_CHECKING:
    from wrapgen.preview.people import People

ROLES = ("reader", "editor", "chief", "admin")  # written out for --help; a test compares them

_desk = click.option(
    "--desk",
    "url",
    envvar="WRAPGEN_DESK",
    metavar="URL",
    help="The database of the desk; WRAPGEN_DESK if it is set, else that of wrapgen serve.",
)


@click.group()
def users() -> None:
    """Add, list and remove those who may sign in at the desk.

    As long as there is none, the desk answers on its own machine only, and asks nobody who they are.

    \b
    Example:
      wrapgen users add --role chief anna
    """


@users.command()
@_desk
@click.option("--role", type=Name(ROLES), default="editor", show_default=True, help="What they may do.")
@click.password_option("--password", help="Their password; asked for where it is left out.")
@click.argument("name")
def add(url: str | None, role: str, password: str, name: str) -> None:
    """Add NAME, or give NAME another password or role.

    reader: read stories and their reasons. editor: also take in data, change, lock and build stories anew, hold and
    kill them. chief: also approve stories and hand them on. admin: also change rules.

    \b
    Example:
      wrapgen users add --role chief anna
    """
    _people(url).add(name, role, password)
    say(f"{name} may sign in as {role}")


@users.command("list")
@_desk
def list_users(url: str | None) -> None:
    """List who may sign in, each with their role.

    \b
    Example:
      wrapgen users list --desk sqlite:///desk.sqlite
    """
    for user in _people(url).all():
        print_text(f"{user.role:6}  {user.name}\n")


@users.command()
@_desk
@click.argument("name")
def remove(url: str | None, name: str) -> None:
    """Take NAME out; their sessions end at once.

    \b
    Example:
      wrapgen users remove anna
    """
    _people(url).remove(name)
    say(f"{name} may no longer sign in")


def _people(url: str | None) -> People:
    from wrapgen.preview.people import People
    from wrapgen.preview.store import Store, own_database

    return People(Store(url or own_database()))
