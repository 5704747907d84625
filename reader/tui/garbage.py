"""When Python looks for objects that only refer to each other: not while the screen comes up, and among its parts never.

A search stops everything. Through the hundred thousand objects that a screen and its style sheets consist of it took 100 ms,
every few seconds of holding a key; through what has come since, it takes some 10.
"""

from __future__ import annotations

import gc


def put_off() -> None:
    """No search until `look_only_at_what_comes`: what is made at the start stays."""
    gc.disable()


def look_only_at_what_comes() -> None:
    """From now on searches leave out what there is by now."""
    gc.freeze()
    gc.enable()
