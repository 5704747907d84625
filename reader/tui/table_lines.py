"""Tables at any width: columns are made narrower and their cells folded; where even that can't be read, one row after the other.

    Name   │ Place          Name   Amal
    ───────┼──────          Place  Yangon
    Amal   │ Yangon         ─────
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len

from reader.tui.budget import Budget
from reader.tui.lines import Align, Run, Runs, Table
from reader.tui.wrap import isolated, slice_runs, text_of, wrap

_BAR = Run(" │ ", ("rule",))
_NARROWEST = 7
"""A column narrower than this makes words unreadable, unless all its words are shorter."""
_LONGEST_WORD = 16
"""Words longer than this may be broken to keep a table's columns side by side."""


def table_lines(table: Table, width: int, budget: Budget) -> Iterator[Runs]:
    """The table's lines, none wider than `width`; the head's cells bold."""
    head, *rows = table.rows
    head = tuple(tuple(run.under("table-head") for run in cell) for cell in head)
    texts = [[text_of(cell) for cell in row] for row in (head, *rows)]
    columns = _column_widths(texts, width - len(_BAR.text) * (len(head) - 1))
    if columns is None:
        return _row_after_row(head, rows, width, budget)
    return _side_by_side(head, rows, columns, table.aligns, budget)


def _column_widths(texts: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """The width of each column: what is to spare goes to all alike, but to none more than it needs.

    None where they don't fit side by side in any readable way.
    """
    columns = list(zip(*texts, strict=True))
    natural = [max(1, *(cell_len(text) for text in column)) for column in columns]
    if sum(natural) <= width:
        return natural
    least = [min(whole, max(_NARROWEST, *map(_longest_word, column))) for whole, column in zip(natural, columns, strict=True)]
    spare = width - sum(least)
    if spare < 0:
        return None
    widths = list(least)
    hungry = sorted(range(len(widths)), key=lambda column: natural[column] - least[column])
    for place, column in enumerate(hungry):
        share = min(natural[column] - least[column], spare // (len(hungry) - place))
        widths[column] += share
        spare -= share
    return widths


def _longest_word(text: str) -> int:
    return min(_LONGEST_WORD, max((cell_len(word) for word in text.split()), default=1))


def _side_by_side(
    head: tuple[Runs, ...], rows: Sequence[tuple[Runs, ...]], columns: Sequence[int], aligns: Sequence[Align], budget: Budget
) -> Iterator[Runs]:
    yield from _row_lines(head, columns, aligns)
    rule = (Run("─┼─".join("─" * column for column in columns), ("rule",)),)
    yield rule
    was_folded = False
    for index, row in enumerate(rows):
        budget.check()
        lines = list(_row_lines(row, columns, aligns))
        if index and (was_folded or len(lines) > 1):
            yield rule
        was_folded = len(lines) > 1
        yield from lines


def _row_lines(row: tuple[Runs, ...], columns: Sequence[int], aligns: Sequence[Align]) -> Iterator[Runs]:
    cells = [list(_cell_lines(cell, column)) for cell, column in zip(row, columns, strict=True)]
    for parts in zip_longest(*cells, fillvalue=()):
        line: list[Run] = []
        for part, column, align in zip(parts, columns, aligns, strict=True):
            if line:
                line.append(_BAR)
            line.extend(_aligned(part, column, align))
        yield tuple(line)


def _cell_lines(cell: Runs, width: int) -> Iterator[Runs]:
    return slice_runs(cell, wrap(text_of(cell), width) or [(0, 0)])


def _aligned(part: Runs, width: int, align: Align) -> Iterator[Run]:
    spare = width - cell_len(text_of(part))
    before = {"left": 0, "right": spare, "center": spare // 2}[align]
    yield from _blanks(before)
    yield from isolated(part)
    yield from _blanks(spare - before)


def _blanks(count: int) -> tuple[Run, ...]:
    return (Run(" " * count),) if count > 0 else ()


def _row_after_row(head: tuple[Runs, ...], rows: Sequence[tuple[Runs, ...]], width: int, budget: Budget) -> Iterator[Runs]:
    """Every cell on lines of its own behind its column's name."""
    names = max(1, min(width // 3, max(cell_len(text_of(cell)) for cell in head)))
    for index, row in enumerate(rows or [tuple(() for _ in head)]):
        if index:
            yield (Run("─" * names, ("rule",)),)
        for name, cell in zip(head, row, strict=True):
            budget.check()
            for parts in zip_longest(_cell_lines(name, names), _cell_lines(cell, width - names - 2), fillvalue=()):
                yield (*_aligned(parts[0], names + 2, "left"), *parts[1])
