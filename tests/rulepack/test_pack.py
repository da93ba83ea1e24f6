"""The pack that ships with the project, and packs that somebody damaged."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import wrapgen
from tests.cases.library import CONTRACT_SEED, ROOT, sent, snapshot
from tests.rulepack import damage
from tests.thorough import THOROUGH
from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.kinds import ANGLES
from wrapgen.rulepack.pack import load_rules
from wrapgen.wording.slots import SLOTS

RULES = ROOT / "rules"
FILES = sorted(path.relative_to(RULES).as_posix() for path in RULES.rglob("*.yaml"))
# A thousand lines are loaded again for every example: what editors change most, and one of each other kind.
EDITED = [f for f in FILES if f.split("/")[0] in ("angles", "sentences", "events", "plans", "styles", "lexicon")]

load = load_rules.__wrapped__  # each example has a folder of its own: nothing to remember


# -- as shipped


def test_the_shipped_pack_loads() -> None:
    pack = load_rules()
    assert tuple(sorted(a.name for a in pack.angles)) == tuple(sorted(ANGLES))
    assert {"house"} <= set(pack.styles)
    assert {layout for plan in pack.plans.values() for layout in plan.layouts} == {"region", "country", "us", "global"}
    assert len(pack.hash) >= 16


def test_it_is_loaded_once() -> None:
    assert load_rules() is load_rules()


def test_every_pattern_has_its_own_id_and_known_slots() -> None:
    patterns = [p for rules in load_rules().sentences.values() for rule in rules for p in rule.patterns]
    assert len({p.id for p in patterns}) == len(patterns) > 300
    assert {slot.name for p in patterns for slot in p.slots} <= set(SLOTS)


def test_every_rule_says_where_it_stands() -> None:
    for rules in load_rules().sentences.values():
        for rule in rules:
            file, _, rest = rule.patterns[0].rule.partition(":")
            line = int(rest.split()[0])
            assert line <= len((RULES / file).read_text(encoding="utf-8").splitlines())


def test_a_copy_has_the_same_hash_and_writes_the_same(tmp_path: Path) -> None:
    copy = shutil.copytree(RULES, tmp_path / "rules")
    pack = load(copy)
    assert pack.hash == load_rules().hash
    mine = wrapgen.write(snapshot(CONTRACT_SEED), rules=pack)
    assert mine.to_dict() == wrapgen.write(snapshot(CONTRACT_SEED)).to_dict()


def test_any_change_changes_the_hash_and_the_id(tmp_path: Path) -> None:
    copy = shutil.copytree(RULES, tmp_path / "rules")
    file = copy / "styles" / "house.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    pack = load(copy)
    assert pack.hash != load_rules().hash
    assert wrapgen.write(snapshot(CONTRACT_SEED), rules=pack).id != wrapgen.write(snapshot(CONTRACT_SEED)).id


# -- one thing broken


@pytest.fixture
def pack(tmp_path: Path) -> Callable[[str, str, str], list[str]]:
    """Replaces the first occurrence of a text in a rule file, and gives the problems that loading it finds."""

    def broken(file: str, old: str, new: str) -> list[str]:
        copy = shutil.copytree(RULES, tmp_path / "rules")
        damage.replace(copy / file, old, new)
        with pytest.raises(RuleError) as refused:
            load(copy)
        return str(refused.value).splitlines()

    return broken


Broken = Callable[[str, str, str], list[str]]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("angles/region.yaml", "over: region", "over: regio", 'did you mean "region"'),
        ("angles/region.yaml", "region.tone == 'up'", "region.tonne == 'up'", "region.tone"),
        ("angles/region.yaml", "region.tone == 'up'", "region.tone == 'upp'", "up"),
        ("angles/region.yaml", "  family:", "  famly:", "family"),
        ("sentences/markets.yaml", "{market}", "{markt}", "market"),
        ("sentences/markets.yaml", "[was]", "[wsa]", "wsa"),
        ("styles/house.yaml", "decimals: 1", "decimals: one", "decimals"),
        ("styles/house.yaml", "levels: sparse", "levels: rarely", "sparse"),
        ("plans/layouts.yaml", "backdrop", "backdrp", "backdrop"),
        ("lexicon/moves.yaml", "direction: up", "direction: upwards", "up"),
    ],
)
def test_the_problem_names_file_line_and_remedy(pack: Broken, file: str, old: str, new: str, said: str) -> None:
    line = (RULES / file).read_text(encoding="utf-8").split(old)[0].count("\n") + 1
    found = pack(file, old, new)
    assert any(problem.startswith(f"{file}:") and said in problem for problem in found), found
    assert any(abs(int(p.split(":")[1].split()[0]) - line) <= 1 for p in found if p.startswith(f"{file}:")), found


def test_a_missing_angle_is_named(tmp_path: Path) -> None:
    copy = shutil.copytree(RULES, tmp_path / "rules")
    (copy / "angles" / "shares.yaml").unlink()
    with pytest.raises(RuleError, match="lifted_by_stock"):
        load(copy)


def test_every_problem_at_once(tmp_path: Path) -> None:
    copy = shutil.copytree(RULES, tmp_path / "rules")
    for file, old, new in (
        ("styles/house.yaml", "levels: sparse", "levels: rarely"),
        ("plans/layouts.yaml", "backdrop", "backdrp"),
        ("angles/region.yaml", "over: region", "over: regio"),
    ):
        text = (copy / file).read_text(encoding="utf-8")
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError) as refused:
        load(copy)
    assert {p.file for p in refused.value.problems} >= {"styles/house.yaml", "plans/layouts.yaml", "angles/region.yaml"}


@pytest.mark.parametrize("missing", ["angles", "sentences", "lexicon", "reference", "plans", "styles", "events"])
def test_a_missing_folder_is_an_error(tmp_path: Path, missing: str) -> None:
    copy = shutil.copytree(RULES, tmp_path / "rules")
    shutil.rmtree(copy / missing)
    with pytest.raises(RuleError):
        load(copy)


def test_no_folder_at_all(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no such rules directory"):
        load_rules(tmp_path / "nowhere")


# -- anything broken


Try = Callable[[str, bytes], str]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Try]:
    """What becomes of a pack with other bytes in one file: where it is refused, or that it writes.

    Anything else is an error: a pack that loads writes an article, or one that is held back, and a refusal names the
    file.
    """
    copy = shutil.copytree(RULES, tmp_path_factory.mktemp("damaged") / "rules")

    def try_it(file: str, data: bytes) -> str:
        before = (copy / file).read_bytes()
        (copy / file).write_bytes(data)
        try:
            found = load(copy)
        except RuleError as error:
            assert error.problems
            return f"refused: {error}"
        finally:
            (copy / file).write_bytes(before)
        try:
            made = [wrapgen.write(snapshot(name), rules=found) for name in (CONTRACT_SEED, "us-close-record-tech")]
        except wrapgen.ClaimError as error:  # `say: [was]` says of one thing what is true of another: not given out
            return f"held back: {error}"
        return "written" if all(article.headline.text and article.blocks for article in made) else "empty"

    yield try_it


def _is_sound(outcome: str) -> bool:
    """Written, or refused with file and line; what is missing altogether has a folder only.

    A rule that makes nonsense of good words loads, and its article is held back, with the claim named.
    """
    refused = r"refused: ([a-z]+/[a-z]+\.yaml:\d+: |(plans|styles|sentences): no )"
    held_back = r"held back: .*the article says '"
    return outcome == "written" or re.match(f"{refused}|{held_back}", outcome) is not None


# Not shrunk: every example loads all rules again, a third of a second.
few = settings(
    max_examples=20 if THOROUGH else 5,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
place = st.floats(0, 1, exclude_max=True)
scraps = st.sampled_from(
    ["", "null", "true", "[]", "{}", "-1", "1e9", "'", '"', ": :", "- -", "{market", "[moved", "}}", "]", "region.tone",
     "not a == b", "a b c", "0", "~", "&a", "*a", "!!int 3", "\u200b", "[was]", "{stocks}", ", ", "9" * 40]
)  # fmt: skip


@few
@given(st.sampled_from(FILES), place, st.binary(min_size=0, max_size=4), st.integers(0, 6))
def test_changed_bytes(outcome: Try, file: str, at: float, bytes_: bytes, cut: int) -> None:
    data = (RULES / file).read_bytes()
    start = int(at * len(data))
    assert _is_sound(outcome(file, data[:start] + bytes_ + data[start + cut :]))


@few
@given(st.sampled_from(EDITED), place, st.sampled_from(["drop", "double", "swap", "indent"]))
def test_changed_lines(outcome: Try, file: str, at: float, how: str) -> None:
    lines = (RULES / file).read_text(encoding="utf-8").splitlines(keepends=True)
    n = int(at * len(lines))
    if how == "drop":
        del lines[n]
    elif how == "double":
        lines.insert(n, lines[n])
    elif how == "indent":
        lines[n] = "  " + lines[n]
    else:
        lines[n : n + 2] = reversed(lines[n : n + 2])
    assert _is_sound(outcome(file, "".join(lines).encode()))


@few
@given(st.sampled_from(EDITED), place, scraps)
def test_changed_values(outcome: Try, file: str, at: float, scrap: str) -> None:
    lines = (RULES / file).read_text(encoding="utf-8").splitlines(keepends=True)
    keyed = [n for n, line in enumerate(lines) if ": " in line]
    n = keyed[int(at * len(keyed))]
    lines[n] = f"{lines[n].split(': ')[0]}: {scrap}\n"
    assert _is_sound(outcome(file, "".join(lines).encode()))


# -- damaged snapshots


def _paths(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if at:
        yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _paths(inner, (*at, key))


SEED = json.dumps(sent(CONTRACT_SEED))
PATHS = list(_paths(json.loads(SEED)))
WORDS = ["up", "down", "flat", "HSI", "N225", "XTKS:9984", "happened", "2025-11-12", "P1M"]
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=12),
    st.sampled_from(WORDS),
    st.lists(st.integers(-3, 3), max_size=2),
    st.dictionaries(st.sampled_from(["id", "type", "x"]), st.text(max_size=3), max_size=2),
)


def _change(sent: Any, path: tuple[Any, ...], value: Any, how: str) -> None:
    for key in path[:-1]:
        if (
            not isinstance(sent, dict | list)
            or isinstance(sent, list)
            and not (isinstance(key, int) and key < len(sent))
        ):
            return
        sent = sent[key] if isinstance(sent, list) else sent.get(key)
    last = path[-1]
    if isinstance(sent, dict) and last in sent:
        if how == "drop":
            del sent[last]
        else:
            sent[last] = value
    elif isinstance(sent, list) and isinstance(last, int) and last < len(sent):
        if how == "drop":
            del sent[last]
        elif how == "double":
            sent.insert(last, sent[last])
        else:
            sent[last] = value


def _fate(changes: list[tuple[tuple[Any, ...], Any, str]]) -> str:
    """What becomes of the reference day's snapshot with these changes."""
    damaged = json.loads(SEED)
    for path, value, how in changes:
        _change(damaged, path, value, how)
    try:
        read = wrapgen.read_snapshot(damaged)
    except wrapgen.SnapshotError as error:
        return "refused" if error.problems and all(p.message for p in error.problems) else "refused without a word"
    try:
        written = wrapgen.write(read)
    except wrapgen.ClaimError as error:  # nonsense among a sender's words: not given out, and the claim is named
        return "refused" if error.claims else "refused without a claim"
    json.dumps(written.to_dict())
    return "written" if written.headline.text and written.blocks else "empty"


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(PATHS), values, st.sampled_from(["set", "drop", "double"])), min_size=1, max_size=3
    )
)
def test_a_damaged_snapshot_is_refused_or_written(changes: list[tuple[tuple[Any, ...], Any, str]]) -> None:
    assert _fate(changes) in ("refused", "written")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PATHS), min_size=1, max_size=25))
def test_a_thinned_snapshot_is_refused_or_written(dropped: list[tuple[Any, ...]]) -> None:
    """What a sender may leave out, he may leave out together."""
    assert _fate([(path, None, "drop") for path in dropped]) in ("refused", "written")
