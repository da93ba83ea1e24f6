"""The pack of one process, and where the copies of its rules are kept."""

from __future__ import annotations

import gc
import warnings

import pytest

import wrapgen
from wrapgen.service.packs import Packs
from wrapgen.service.settings import Settings
from wrapgen.trials import trial


def test_copies_go_with_their_owner_and_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning of what was cleaned up struck whatever test ran when it was found."""
    monkeypatch.setattr(trial, "require_passed", lambda pack: None)
    packs = Packs(Settings(), wrapgen.load_rules())
    packs.reload()
    home = packs.current().directory.parent
    assert home.is_dir()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        del packs
        gc.collect()
    assert not home.exists() and [str(each.message) for each in told] == []
