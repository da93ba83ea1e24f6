"""For all tests: no time is asserted, so hypothesis sets no deadline either."""

from hypothesis import settings

settings.register_profile("wrapgen", deadline=None)
settings.load_profile("wrapgen")
