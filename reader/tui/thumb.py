"""Where the thumb of a scroll bar stands, for panes that paint it as part of their own lines.

Textual's scroll bar is a widget: it is sent line by line, with every cell placed on its own, and up to three times for one scroll.
That was two thirds of what a page of headlines took on the line; a thumb at the end of a line costs nothing where there is none.
"""

from __future__ import annotations


def thumb(top: int, height: int, total: int) -> range:
    """The lines of the screen that it covers, when `height` lines of `total` show from line `top`; none when all of them show."""
    if height <= 0 or total <= height:
        return range(0)
    size = max(height * height // total, 1)
    room = height - size
    start = round(room * min(top, total - height) / (total - height))
    # It touches an end only where the list does.
    if 0 < top < total - height and room > 1:
        start = min(max(start, 1), room - 1)
    return range(start, start + size)


def line_at(y: int, height: int, total: int) -> int:
    """The first line to show after a click at `y` beside the text."""
    return round(max(total - height, 0) * y / max(height - 1, 1))
