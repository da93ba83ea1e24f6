from __future__ import annotations

import pytest

from bench.run import Row, Slot, fstring_floor, jinja_floor, main, measure, slots, table
from tests import stub


def test_the_floors_give_the_articles_text() -> None:
    words, found = slots(stub.ARTICLE)
    assert jinja_floor(words, found)() == fstring_floor(words, found)() == stub.ARTICLE.render("text")


def test_every_name_and_figure_is_a_slot() -> None:
    words, found = slots(stub.ARTICLE)
    assert len(words) == len(found) + 1
    assert Slot(1.5, 1) in found and Slot("Hang Seng", None) in found
    assert not any("Hang Seng" in constant for constant in words)


def test_quotes_and_braces_in_the_words_do_no_harm() -> None:
    words = ['{"a": \'', "}\\n{% if %}"]
    assert fstring_floor(words, [Slot("x", None)])() == '{"a": \'x}\\n{% if %}'


def test_every_task_is_called_in_every_round() -> None:
    calls: list[str] = []
    times = measure({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, rounds=3, repeats=2)
    assert calls.count("a") == calls.count("b") == 1 + 3 * 2
    assert len(times["a"]) == len(times["b"]) == 3


def test_the_table_has_ratios_to_the_floor_and_says_what_is_missed() -> None:
    text = table([Row("slow", 3.0, 4.0, 2.0), Row("quick", 1.0, 1.1, 2.0), Row("floor", 0.5, 0.6)])
    slow, quick, floor = text.splitlines()[1:]
    assert "6.0x" in slow and slow.endswith("2 ms, MISSED")
    assert quick.endswith("2 ms, met") and floor.endswith("1.0x")


def test_it_runs_from_end_to_end(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    stub.install(monkeypatch)
    assert main(["--rounds", "2", "--repeats", "1"]) == 0
    assert "write, to JSON" in capsys.readouterr().out
