"""The line that words to find in the article are typed into; once they are, it leads from one place to the next."""

from __future__ import annotations

from collections.abc import Callable

from reader.tui.prompt import Prompt

Position = tuple[int, int]
"""Which place is gone to, counted from 1, and how many there are."""


class FindLine(Prompt):
    """Finds as one types. After Enter only `n`, `N`, Enter, Esc and the key that opened it are its own; all others do what they do."""

    def __init__(self, seek: Callable[[str], Position], step: Callable[[int], Position], is_in_article: Callable[[], bool]) -> None:
        """`seek` marks a text, or without one the words of the filter; `step` goes so many places further."""
        super().__init__("find: ", lambda _: None, edited=self._edited_to)
        self._seek = seek
        self._step = step
        self._is_in_article = is_in_article
        self._is_typing = True

    def wants(self, key: str, character: str | None) -> bool:
        """While words are typed every key; then a few, as long as the article is there to find them in."""
        if not self._is_typing and not self._is_in_article():
            self.close()
        is_own = character in ("n", "N") or key in ("enter", "escape", "ctrl+f")
        return self.is_open and (self._is_typing or is_own)

    def press(self, key: str, character: str | None) -> None:
        """Types, or goes on."""
        if key == "escape":
            self.close()
        elif not self._is_typing and key == "ctrl+f":
            self._is_typing = True
            self._line.focus()
        elif not self._is_typing:
            self._tell(self._step(-1 if character == "N" else 1))
        elif key == "enter":
            self._end_typing()
        else:
            super().press(key, character)

    def close(self) -> None:
        """Leaves the words of the filter marked, as they were before."""
        if self.is_open:
            self._seek("")
        super().close()

    def _end_typing(self) -> None:
        """Without any words typed, goes to those of the filter."""
        position = self._seek(self.text) if self.text else self._step(1)
        self._tell(position)
        if position[1]:
            self._is_typing = False
            self.screen.set_focus(None)

    def _edited_to(self, text: str) -> None:
        position = self._seek(text)
        if text:
            self._tell(position)

    def _tell(self, position: Position) -> None:
        number, count = position
        self.say(f"{number:,} of {count:,} · n N Esc" if count else "nowhere in this article", is_wrong=not count)
