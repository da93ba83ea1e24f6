"""For all tests: no time is asserted, so hypothesis sets no deadline either."""

from hypothesis import settings

from tests.thorough import THOROUGH

settings.register_profile("wrapgen", deadline=None, max_examples=200 if THOROUGH else 40)
settings.load_profile("wrapgen")
