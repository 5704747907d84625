"""From which day a file is likely to be, told before it is read: by its path, else by the time of its last change.

Days are eight digits, `20241105`, which sort as they are; where a path names no month or no day, those digits are `00`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

ANY_DAY = "99999999"
"""Of a folder whose path names not even a year."""

_DATE_IN_PATH = re.compile(r"(?<!\d)((?:18|19|20)\d\d)(?:[-_/.]?(\d\d))?(?:[-_/.]?(\d\d))?(?!\d)", re.ASCII)


def likely_day(path: str, changed: int) -> str:
    """The day that a file is likely to be from, which was changed so many nanoseconds after 1970."""
    if found := _DATE_IN_PATH.search(path):
        return "".join(part or "00" for part in found.groups())
    return datetime.fromtimestamp(changed / 1e9, UTC).strftime("%Y%m%d")


def day_of_folder(folder: str) -> str | None:
    """The day that all files below a folder are from; None where its path doesn't name one."""
    found = _DATE_IN_PATH.search(f"{folder}/")
    return "".join(found.groups()) if found and found[3] else None


def latest_day(folder: str) -> str:
    """The latest day that a file below a folder may be from by its path; never later than that of the folder around it."""
    found = _DATE_IN_PATH.search(f"{folder}/")
    return "".join(part or "99" for part in found.groups()) if found else ANY_DAY
