"""What a process does once that writes article after article: a worker of the service, or of a batch."""

from __future__ import annotations

import gc

# Live objects more than when it last looked, before Python looks for rings among them. An article makes some ten
# thousand, nearly none of them in a ring, and Python would look sixteen times while it is written.
_YOUNG = 50_000


def settle() -> None:
    """Let what is loaded be: Python need not look through the rules for what can be thrown away.

    To be called once they are loaded, and again after others have taken their place.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
