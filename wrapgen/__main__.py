"""``python -m wrapgen`` is the command ``wrapgen``."""

from wrapgen.cli import main

main()
