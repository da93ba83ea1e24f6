"""Each check of a rule pack: a slip of its kind is found, in its file and on its line; the pack that ships has none."""

# ruff: noqa: E501  (one slip a line)
from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wrapgen.resources import default_rules_directory
from wrapgen.rulepack.errors import RuleProblem
from wrapgen.rulepack.soundness import examine


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    shutil.copytree(default_rules_directory(), tmp_path / "rules", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "rules"


def slip(rules: Path, file: str, old: str, new: str) -> int:
    """Replaces the first ``old``; gives its line."""
    path = rules / file
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), "utf-8")
    before = text[: text.index(old)] + old[: len(old) - len(old.lstrip("\n"))]
    return before.count("\n") + 1


def at(problems: tuple[RuleProblem, ...], file: str, line: int) -> list[str]:
    return [str(problem) for problem in problems if (problem.file, problem.line) == (file, line)]


def test_the_pack_that_ships_is_sound() -> None:
    assert examine(default_rules_directory()) == ()


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert "no such rules directory" in str(examine(tmp_path / "none")[0])


SLIPS = [
    # what loading refuses, and YAML whose line the loader of reference data does not tell
    ("sentences/markets.yaml", "market.best and", "market.bset and", "did you mean"),
    ("reference/places.yaml", "city: Sydney, region", "city: Sydney, region: europe, region", "key already"),
    ("reference/exchanges.yaml", "mic: XPHS,", "mic: XPHT,", "after this line no exchange"),
    # the lexicon
    ("lexicon/verbs.yaml", "abates, abated, abated", "abates, abatd, abated", 'past of abate should be abated (where abate is irregular, check/verbs.yaml must say so), not "abatd"'),
    ("lexicon/verbs.yaml", "falls, fell, fallen", "falls, feel, fallen", 'past of fall should be fell, not "feel"'),
    ("check/verbs.yaml", "past: fell", "past: feel", "is"),
    ("check/verbs.yaml", "{verb: drag, doubled: true}", "{verb: drag, doubled: false}", "doubled"),
    ("check/verbs.yaml", "verb: withdraw,", "verb: withdraws,", "does not list"),
    ("lexicon/nouns.yaml", "plural: agencies", "plural: agencys", "plural of agency should be agencies"),
    ("lexicon/nouns.yaml", "plural: halves", "plural: halvess", "cannot have"),
    ("lexicon/nouns.yaml", "\n  number: singular", "", "needs its plural"),
    # sizes of moves
    ("lexicon/moves.yaml", "inch higher, direction: up, index: [0.01, 0.2,", "inch higher, direction: up, index: [0.01, 0.3,", "is not that of line"),
    ("lexicon/moves.yaml", "say: climb, direction: up, index: [0.5, 3.5, 1], stock: [1,", "say: climb, direction: up, index: [0.5, 3.5, 1], stock: [0.1,", "below that of an index"),
    ("lexicon/moves.yaml", "soar, direction: up, index: [4,", "soar, direction: up, index: [0.4,", "beyond what check/moves.yaml"),
    ("lexicon/moves.yaml", "tick lower, direction: down", "tick lower, direction: up", "goes down"),
    ("check/moves.yaml", '"[surge]", direction: up', '"[surge]", direction: down', "says"),
    ("check/moves.yaml", '"[crash]", direction: down, index: [4, 100], stock: [8,', '"[crash]", direction: down, index: [4, 100], stock: [3,', "out of proportion"),
    # words and patterns
    ("sentences/markets.yaml", "set] the pace in", "set] the paec in", 'new word'),
    ("lexicon/words.yaml", "broadly, down", "broadly, brodly, down", "no pattern uses"),
    ("sentences/markets.yaml", "{gains:higher} at {level}", "{gains:highr} at {level}", "has no form"),
    ("sentences/causes.yaml", '"on {event:gist}"', '"on {event}"', "needs a form"),
    ("sentences/markets.yaml", "the region’s best performer", "the the region’s best performer", "stands twice"),
    ("sentences/markets.yaml", "held back by {stock}, which", "held back by {stock}; which", "no place in a pattern"),
    ("events/frames.yaml", '"news of the stake"', '"news of the stake", "news of the stake"', "pattern already"),
    # conditions and reach
    ("sentences/markets.yaml", "market.alone_index and market.direction == 'up'", "market.alone_index and market.direction == 'up' and market.direction == 'down'", "never hold"),
    ("sentences/markets.yaml", "and market.leads and market.ranked and", "and market.leads and market.ranked and market.leads and", "changes nothing"),
    ("events/frames.yaml", "rule: loose.first", "rule: loosse.first", "name of a rule"),
    ("events/frames.yaml", "event.awaited and event.type == 'merger'", "event.awaited and event.type == 'merjer'", "is never"),
    ("events/frames.yaml", "frame.guidance == 'raised'", "frame.guidance == 'rised'", "is never"),
    ("events/frames.yaml", "[is] expected to cut its rating\"", "[is] expected to cut its rating on {indicator}\"", "has no"),
    ("angles/market.yaml", "2.4 * ramp(market.from_median, 0.3, 2)\n", "2.4 * ramp(market.from_median, 0.3, 3)\n", "adds"),
    ("angles/market.yaml", "family: market", "family: markte", "did you mean"),
    # cases
    ("events/frames.yaml", "event.type: stake_purchase}\n      says: [\"news of the stake\"]\n      but: [{event.happened: false}, {event.type: other}]", "event.type: stake_purchase}\n      says: [\"news of the stake\"]", "needs but"),
    # spaces and the order of keys
    ("styles/house.yaml", "fueled fuelled", "fuled fuelled", "would never be printed"),
    ("styles/house.yaml", "tickers: true", "tickers:  true", "two spaces"),
    ("styles/house.yaml", "[skyrocket, plummet, soar]", "[skyrocket,plummet, soar]", "no space after the comma"),
    ("styles/house.yaml", "first: [GB]", "first: [GB ]", "inside a bracket"),
    ("styles/house.yaml", "levels: always\n  points: always", "points: always\n  levels: always", "before points belongs"),
    ("lexicon/words.yaml", "    announcement, annual", "     announcement, annual", "odd number of spaces"),
    # the claim checker's words
    ("check/words.yaml", "sharply, strongly", "sharply, strngly", "did you mean"),
    ("check/events.yaml", "key: extent, value: entire", "key: extnt, value: entire", "did you mean"),
    ("check/events.yaml", "key: result, value: miss", "key: result, value: moss", "cannot be"),
    ("check/names.yaml", "id: SXXP", "id: SXXQ", "has the id"),
    # reference data
    ("reference/exchanges.yaml", "timezone: Asia/Tokyo, currency: JPY", "timezone: Asia/Tokyo, currency: JPX", "currency code"),
    ("reference/exchanges.yaml", "timezone: Asia/Tokyo, currency: JPY", "timezone: Asia/Tokyo, currency: KES", "currency of JP"),
    ("reference/exchanges.yaml", "prefix: SZ", "prefix: KS", "already that of an exchange"),
    ("reference/exchanges.yaml", "calendar: XTAI, timezone", "calendar: XTAJ, timezone", "does not have"),
    ("reference/exchanges.yaml", "name: Tokyo Stock", "name: tokyo Stock", "written as a name"),
    ("reference/currencies.yaml", "currency: PKR, word", "currency: PKS, word", "currency code"),
    ("reference/currencies.yaml", "symbol: HK$", "symbol: H$", "does not read"),
    ("reference/currencies.yaml", "word: Norwegian kroner", "word: Danish kroner", "word already on line"),
    ("reference/places.yaml", "possessive: Japan’s", "possessive: Japn’s", "did you mean"),
    ("reference/places.yaml", "city: Seoul", "city: Seuol", "no exchange of the place"),
    ("reference/places.yaml", "adjective: Chinese", "adjective: Cihnese", "does not begin as"),
    ("reference/regions.yaml", "adjective: Asian", "adjective: Sian", "does not begin as"),
    ("reference/markets.yaml", "short: Hang Seng Tech,", "short: Hang Sang Tech,", "does not have"),
    ("reference/markets.yaml", "currency: KRW, yahoo: KRW=X", "currency: KRV, yahoo: KRW=X", "currency of USDKRW"),
    ("reference/markets.yaml", "underlying: NDX", "underlying: SPX", "no future of"),
    ("reference/markets.yaml", "yahoo: ES=F", "yahoo: ES=G", "no symbol"),
    ("reference/symbols.yaml", "alphavantage: XLF", "alphavantage: XLG", "no symbol of XLF"),
    ("reference/symbols.yaml", "yahoo: .TWO", "yahoo: .two", "a stop and capitals"),
    ("reference/compositions.yaml", "[SPX, CCMP, SOX]", "[SPX, CCMP, KS11]", "no index of Wall Street"),
    ("plans/layouts.yaml", "[JP, KR, AU", "[JP, KX, AU", "is called"),
    ("reference/gates.yaml", "limits: {days: 340}", "limits: {days: 240}", "is not that of"),
    ("reference/gates.yaml", "hour: 12", "hour: 112", "is from"),
    # lists and what is missing from them
    ("check/moves.yaml", "say: worse off", "say: aworse off", "alphabetical order"),
    ("check/verbs.yaml", "- {verb: think, past: thought}\n", "", "no line after this one"),
    ("reference/symbols.yaml", "  - {mic: XMEX, yahoo: .MX, eodhd: .MX}\n", "", "one is missing"),
    ("reference/compositions.yaml", "\n  main: [SPX, DJI, CCMP, SXXP, UKX, DAX, CAC, N225, HSI, SSEC, KS11, TWII, AS51, NIFTY, TSX, IBOV]", "", "no main of"),
    ("check/events.yaml", "words: [below, lower, than, miss,", "words: [below, lower, than miss,", "one word each"),
    ("check/words.yaml", "- {role: issues, sense: down, say: [decliners, fallers, losers, declining issues, falling stocks]}\n", "", "no words for the role"),
]  # fmt: skip


# What stops the pack from loading, or hides others, or moves lines: each in a copy of its own.
ALONE = (
    "market.bset and",
    "region: europe, region",
    "XPHT",
    "falls, feel, fallen",
    "\n  number: singular",
    "0.3, 3)\n",
    "markte",
)


def apart(given: tuple[str, str, str, str]) -> bool:
    return any(part in f"{given[1]} {given[2]}" for part in ALONE)


def told_near(problems: tuple[RuleProblem, ...], file: str, line: int, told: str) -> bool:
    """A pattern or a case may stand a few lines further on than the text that was changed begins."""
    return any(told in text for near in range(line - 1, line + 5) for text in at(problems, file, near))


def test_slips_are_found_where_they_are_all_at_once(rules: Path) -> None:
    together = [given for given in SLIPS if not apart(given)]
    lines = [slip(rules, file, old, new) for file, old, new, _ in together]
    problems = examine(rules)
    missed = [
        (file, line, new)
        for (file, _, new, told), line in zip(together, lines, strict=True)
        if not told_near(problems, file, line, told)
    ]
    assert missed == [], "\n".join(map(str, problems))


@pytest.mark.parametrize(("file", "old", "new", "told"), [given for given in SLIPS if apart(given)])
def test_a_slip_is_found_where_it_is(rules: Path, file: str, old: str, new: str, told: str) -> None:
    line = slip(rules, file, old, new)
    problems = examine(rules)
    assert told_near(problems, file, line, told), "\n".join(map(str, problems))


def test_all_problems_come_at_once(rules: Path) -> None:
    slip(rules, "lexicon/nouns.yaml", "plural: agencies", "plural: agencys")
    slip(rules, "reference/places.yaml", "possessive: Japan’s", "possessive: Japn’s")
    assert {problem.file for problem in examine(rules)} == {"lexicon/nouns.yaml", "reference/places.yaml"}


def test_a_day_off_is_told_with_the_day(rules: Path) -> None:
    line = slip(rules, "reference/holidays.yaml", "    2001 01-01 01-15", "    2001 01-02 01-15")
    (told,) = at(examine(rules), "reference/holidays.yaml", line)
    assert "not the days off of 2001" in told and "01-01 01-02" in told


def test_a_market_of_a_place_without_an_exchange_is_told(rules: Path) -> None:
    line = slip(rules, "reference/markets.yaml", "place: JP, sister: TOPX", "place: UA, sister: TOPX")
    told = at(examine(rules), "reference/markets.yaml", line)
    assert any("no wrap can be of Ukraine" in text and "reference/exchanges.yaml" in text for text in told)


def test_a_file_of_another_ending_is_told_not_to_be_read(rules: Path) -> None:
    (rules / "styles" / "own.yml").write_text("- style: own\n  says: Ours.\n", "utf-8")
    assert [str(problem) for problem in examine(rules)] == ['styles/own.yml: is not read; rename it "own.yaml"']


def test_a_line_out_of_the_alphabet_is_told_where_it_belongs(rules: Path) -> None:
    line = slip(rules, "lexicon/verbs.yaml", "- verb: abate", "- verb: climbe")
    told = at(examine(rules), "lexicon/verbs.yaml", line)
    assert any("out of alphabetical order under its heading; move it behind climb:" in text for text in told), told


def test_days_that_are_right_and_their_digest_not(rules: Path) -> None:
    path = rules / "reference" / "holidays.yaml"
    lines = path.read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith("  made:"))
    lines[number] = '  made: "000000000000"'
    path.write_text("\n".join(lines) + "\n", "utf-8")
    (told,) = at(examine(rules), "reference/holidays.yaml", number + 1)
    assert "is not the digest" in told


def test_a_rule_behind_one_that_takes_its_messages_is_never_said(rules: Path) -> None:
    slip(
        rules,
        "sentences/markets.yaml",
        "- rule: score.mixed\n",
        "- rule: score.mixed.flat\n  for: market.score\n  when: market.direction == 'flat' and market.heads\n"
        '  say: ["{market} [was] {flat} {session}"]\n- rule: score.mixed\n',
    )
    text = (rules / "sentences" / "markets.yaml").read_text("utf-8")
    line = text[: text.index("- rule: score.mixed.flat")].count("\n") + 1
    assert any("never said, for line" in told for told in at(examine(rules), "sentences/markets.yaml", line))


def test_a_rule_without_a_condition_stands_last_of_its_kind(rules: Path) -> None:
    line = slip(rules, "sentences/markets.yaml", "\n  when: market.direction == 'mixed'\n  say", "\n  say")
    found = [text for near in range(line - 3, line + 1) for text in at(examine(rules), "sentences/markets.yaml", near)]
    assert any("without a condition" in text for text in found)


def test_a_case_less_that_leaves_a_number_free_is_told(rules: Path) -> None:
    old = "        - {given: {market.from_median: 1.15}, adds: 1.2}\n"
    line = slip(rules, "angles/market.yaml", old, "")
    problems = examine(rules)
    assert any(
        "no case would fail" in text
        for near in (line - 2, line - 1)
        for text in at(problems, "angles/market.yaml", near)
    )


def test_a_size_without_enough_words_is_told(rules: Path) -> None:
    for word in ("be little changed", "be flat", "remain flat", "tread water", "stall"):
        slip(
            rules,
            "lexicon/moves.yaml",
            f"say: {word}, direction: flat, index: [0,",
            f"say: {word}, direction: flat, index: [0.04,",
        )
        path = rules / "lexicon" / "moves.yaml"
        path.write_text(path.read_text("utf-8").replace("[0.04, 0.05, 0]", "[0.04, 0.05, 0.05]"), "utf-8")
    slip(rules, "lexicon/moves.yaml", "[0.04, 0.12, 0.03]", "[0.04, 0.12, 0.05]")
    slip(rules, "lexicon/moves.yaml", "[0.04, 0.1, 0.02]", "[0.04, 0.1, 0.05]")
    slip(rules, "lexicon/moves.yaml", "[0.04, 0.08, 0.01]", "[0.04, 0.08, 0.05]")
    assert any("fewer than 2 verbs for an index that stood still" in str(problem) for problem in examine(rules))
