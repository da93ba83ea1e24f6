"""Price tables of every shape, read into one: `read_prices` for files, `read_frame` for a DataFrame."""

from wrapgen.batch.prices.files import read_prices
from wrapgen.batch.prices.frames import read_frame
from wrapgen.batch.prices.table import PriceError, PriceProblem, PriceTable

__all__ = ["PriceError", "PriceProblem", "PriceTable", "read_frame", "read_prices"]
