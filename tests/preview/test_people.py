"""Users, their passwords and what each role may do."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from wrapgen.cli import cli
from wrapgen.commands.users import ROLES as TOLD
from wrapgen.errors import InputError
from wrapgen.preview.people import MEANING, ROLES, SHORTEST, People, Person, secret
from wrapgen.preview.store import Store, User

PASSWORD = "a long enough one"


def test_a_password_is_kept_as_a_hash_and_checked(store: Store) -> None:
    people = People(store)
    assert not people.any()
    people.add("anna", "chief", PASSWORD)
    with store.reading() as session:
        kept = session.get_one(User, "anna")
    assert people.any() and PASSWORD not in kept.password and kept.password.startswith("scrypt:")
    assert people.check("anna", "another one") is None and people.check("bert", PASSWORD) is None
    found = people.check("anna", PASSWORD)
    assert found is not None and found[0] == Person("anna", "chief")
    assert people.signed_in("anna", found[1]) == Person("anna", "chief")


def test_another_password_and_the_end_of_a_user_end_their_sessions(store: Store) -> None:
    people = People(store)
    people.add("anna", "chief", PASSWORD)
    first = people.check("anna", PASSWORD)
    assert first is not None
    people.add("anna", "reader", PASSWORD)
    assert people.signed_in("anna", first[1]) is None
    second = people.check("anna", PASSWORD)
    assert second is not None and second[0].role == "reader"
    people.remove("anna")
    assert people.signed_in("anna", second[1]) is None
    with pytest.raises(InputError, match="no user 'anna'"):
        people.remove("anna")


def test_a_short_password_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match=f"{SHORTEST} are the least"):
        People(store).add("anna", "chief", "short")


def test_each_role_may_do_what_those_before_it_may() -> None:
    assert TOLD == ROLES == tuple(MEANING)
    for number, role in enumerate(ROLES):
        assert [Person("anna", role).may(other) for other in ROLES] == [n <= number for n in range(len(ROLES))]


def test_cookies_are_signed_by_a_secret_that_outlives_the_process(store: Store) -> None:
    assert secret(store) == secret(store) and len(secret(store)) == 64


def test_users_are_added_listed_and_removed_from_the_shell(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/desk.sqlite"

    def run(*words: str, typed: str = "") -> tuple[int, str, str]:
        done = CliRunner().invoke(cli, ["users", words[0], "--desk", url, *words[1:]], input=typed)
        return done.exit_code, done.stdout, done.stderr

    assert run("add", "--role", "chief", "anna", typed=f"{PASSWORD}\n{PASSWORD}\n")[0] == 0
    assert run("list")[1] == "chief   anna\n"
    assert run("add", "bert", "--password", "short")[0] == 2
    assert run("remove", "anna")[2] == "anna may no longer sign in\n"
    assert run("list")[1] == ""
