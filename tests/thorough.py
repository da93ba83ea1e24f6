"""Tests that take long and seldom find anything of their own: run where ``THOROUGH`` is set, before a release and after
a change to what they look at."""

from __future__ import annotations

import os

import pytest

from wrapgen.version import build

THOROUGH = bool(os.environ.get("THOROUGH"))
thorough = pytest.mark.skipif(not THOROUGH, reason="THOROUGH=1 runs what takes long")
# What a test replaces or reads inside a module, and a compiled one keeps to itself.
interpreted = pytest.mark.skipif(build() == "compiled", reason="looks into modules, which are compiled")
