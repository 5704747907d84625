"""A text being read from left to right, and the Markdown written of it so far: what every reader of a construct is given."""

from __future__ import annotations

import re
from functools import cached_property

from reader.intake.values import Head
from reader.intake.writer import MarkdownWriter

_LONGEST_CONSTRUCT = 5_000
_LINE_LOOKED_AT = 100

_CLOSERS = re.compile(r"\{%-?\s*end([\w-]+)|\{\{[<%]\s*/\s*([\w./-]+)|</([A-Za-z][A-Za-z0-9-]*)")


class Cursor:
    """Where the reading is. A search for an end that never comes is done once for each kind of end, so all of it stays linear."""

    def __init__(self, text: str, values: Head, is_html: bool) -> None:
        self.text = text
        self.values = values
        """The front matter, for `{{ page.title }}`."""
        self.writer = MarkdownWriter(is_html)
        self.at = 0
        """Everything before is written."""
        self.code_spans: dict[int, int] = {}
        """Start to end of the code spans ahead."""
        self.liquid_is_off_until = 0
        folded = text.lower()
        self._searched = folded if len(folded) == len(text) else text
        self._next: dict[str, int] = {}

    @cached_property
    def closed(self) -> frozenset[str]:
        """Names of all the tags that are closed somewhere."""
        return frozenset(name.lower() for names in _CLOSERS.findall(self.text) for name in names if name)

    def write_to(self, end: int) -> None:
        """Writes the text up to `end` as it stands."""
        if self.at < end:
            self.writer.text(self.text[self.at : end])
            self.at = end

    def find(self, closing: str) -> int:
        """Where `closing`, in lower case, next begins; -1 for nowhere. Each stretch is gone through once for each `closing`."""
        known = self._next.get(closing)
        if known is None or 0 <= known < self.at:
            known = self._next[closing] = self._searched.find(closing, self.at)
        return known

    def skip_past(self, closing: str) -> bool:
        """Leaves out everything up to the end of the next `closing`; False where there is none."""
        end = self.find(closing)
        if end >= 0:
            self.at = end + len(closing)
        return end >= 0

    def match_until(self, pattern: re.Pattern[str], closing: str) -> re.Match[str] | None:
        """`pattern` here, if the `closing` it must end in comes soon enough."""
        end = self.find(closing)
        if end < 0 or end - self.at > _LONGEST_CONSTRUCT:
            return None
        return pattern.match(self.text, self.at, end + len(closing))

    def skip_line_end(self, start: int) -> None:
        """Drops the end of a line on which nothing but a construct, from `start` to here, stood."""
        if self.is_at_line_start(start) and self.text.startswith("\n", self.at):
            self.at += 1

    def is_alone(self, start: int) -> bool:
        """Whether nothing else stands on the lines of the construct from `start` to here."""
        end = self.text.find("\n", self.at, self.at + _LINE_LOOKED_AT)
        rest = self.text[self.at : self.at + _LINE_LOOKED_AT if end < 0 else end]
        return self.is_at_line_start(start) and not rest.strip()

    def is_at_line_start(self, position: int) -> bool:
        """Whether only white space stands before `position` on its line."""
        looked_at = self.text[max(0, position - _LINE_LOOKED_AT) : position]
        return not looked_at[looked_at.rfind("\n") + 1 :].strip()
