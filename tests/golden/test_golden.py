"""A change of the wording shows in articles kept word for word; ``python -m tests.golden.update`` keeps new ones."""

from __future__ import annotations

import pytest

from tests.golden import update
from tests.golden.articles import FOLDER, GOLDEN, path_of, text_of


@pytest.mark.parametrize(("name", "variant", "style"), GOLDEN)
def test_article_is_as_kept(name: str, variant: int, style: str) -> None:
    assert text_of(name, variant, style) == path_of(name, variant, style).read_text(encoding="utf-8")


def test_nothing_else_is_kept() -> None:
    assert {p.name for p in FOLDER.glob("*.txt")} == {path_of(*each).name for each in GOLDEN}


def test_update_rewrites_and_shows_the_difference(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    first = GOLDEN[0]
    kept = folder / "kept.txt"
    kept.write_text("Another Headline\n", encoding="utf-8")
    (folder / "stale.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(update, "FOLDER", folder)
    monkeypatch.setattr(update, "GOLDEN", (first,))
    monkeypatch.setattr(update, "path_of", lambda *_: kept)
    update.main()
    shown = capsys.readouterr().out
    assert "-Another Headline" in shown and "stale.txt is no longer kept" in shown
    assert kept.read_text(encoding="utf-8") == text_of(*first)
    assert not (folder / "stale.txt").exists()
    update.main()
    assert capsys.readouterr().out == ""
