"""The rows of an HTML table as Markdown."""

from __future__ import annotations

import re

Row = list[str]

_ITEM = re.compile(r"^[ \t]*- ", re.MULTILINE)


def render_table(rows: list[Row]) -> str:
    """A Markdown table whose first row is its head; paragraphs where the table only held a layout together."""
    rows = [row for row in rows if any(row)]
    width = max((len(row) for row in rows), default=0)
    if width < 2:
        return "\n\n".join(cell for row in rows for cell in row if cell)
    head, *rest = [_line(row, width) for row in rows]
    return "\n".join([head, "|" + " --- |" * width, *rest])


def one_line(text: str) -> str:
    """Markdown that may stand in a cell: its lines as one, the items of a list with a dot before each."""
    return " ".join(_ITEM.sub("• ", text).split())


def _line(row: Row, width: int) -> str:
    cells = [one_line(cell.replace("|", "\\|")) for cell in row]
    return "| " + " | ".join(cells + [""] * (width - len(cells))) + " |"
