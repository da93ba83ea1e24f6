"""The reference data that ship, small tables of invented prices, and a way to make more of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

from wrapgen.batch.making import Names, load_names
from wrapgen.batch.measures import Measures, measure
from wrapgen.batch.prices import read_frame
from wrapgen.resources import default_rules_directory

TABLES = Path(__file__).with_name("tables")


@pytest.fixture(scope="session")
def names() -> Names:
    return load_names(default_rules_directory())


@pytest.fixture
def measured(names: Names) -> Callable[[Mapping[str, Mapping[str, float | None]]], Measures]:
    """Measures of closes given as {id: {day: close}}."""

    def from_closes(closes: Mapping[str, Mapping[str, float | None]]) -> Measures:
        wide = pd.DataFrame({name: pd.Series(days, dtype=float) for name, days in closes.items()})
        return measure([read_frame(wide.rename_axis("date"))], names.symbols, names.reference)

    return from_closes
