"""What the list looks like now, for the first light of the next start."""

from __future__ import annotations

import re

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.tui.first_light import LastLook
from reader.tui.headline_list import HeadlineList

_SGR = re.compile(r"\x1b\[([0-9;]*)m")
_WEIGHTS = ("headline", "unread", "skipped")


def look_of(headlines: HeadlineList, where: str) -> LastLook | None:
    """The list's look on a terminal of this kind; None while the cursor doesn't look as it does when a list is begun."""
    if not headlines.has_focus or not headlines.size:
        return None
    styles = {name.partition("--")[2]: headlines.get_component_rich_style(name) for name in headlines.COMPONENT_CLASSES}
    cursor = styles["cursor"]
    styles |= {f"cursor-{name}": cursor + Style(bold=styles[name].bold, strike=styles[name].strike) for name in _WEIGHTS}
    styles["blank"] = headlines.rich_style
    region = headlines.region
    parts = {name: _sent(headlines, style) for name, style in styles.items()}
    return LastLook(where, region.x, region.y, region.width, region.height, parts)


def _sent(headlines: HeadlineList, style: Style) -> str:
    """A style as Textual sends it."""
    strip = Strip([Segment("x", style)])
    for line_filter in headlines.get_line_filters():
        strip = strip.apply_filter(line_filter, headlines.background_colors[1])
    found = _SGR.match(strip.render(headlines.app.console))
    return found[1] if found else ""
