"""What a terminal sends of a paste, told from keys: `ESC [200~`, the text, `ESC [201~`."""

from __future__ import annotations

_BEGINS, _ENDS = "\x1b[200~", "\x1b[201~"
_ESC, _SHOWN_ESC = "\x1b", "␛"


class Pastes:
    """Finds pastes in what is read, lump by lump."""

    def __init__(self) -> None:
        self._is_pasting = False
        self._end = ""
        """The end of what was read before: a mark may have begun in it. Within a paste it is yet to be given."""

    def harmless(self, read: str, *, goes_on: bool) -> str:
        """What was read, every Esc within a paste as a sign that shows; nothing, where more must come to know.

        Textual's parser takes that Esc for a key, and what is behind it for keys: the text of a coloured log would mark articles,
        and quit. `goes_on` tells that what was read before ended within a sequence.
        """
        if not goes_on and not self._is_pasting:
            self._end = ""
        given = ""
        while read:
            some, read = self._pasted(read) if self._is_pasting else self._typed(read)
            given += some
        return given

    def _typed(self, read: str) -> tuple[str, str]:
        """What comes up to the beginning of a paste, and the rest."""
        seen, known = self._end + read, len(self._end)
        typed, begins, rest = seen.partition(_BEGINS)
        self._is_pasting = bool(begins)
        self._end = "" if begins else seen[1 - len(_BEGINS) :]
        return (typed + begins)[known:], rest

    def _pasted(self, read: str) -> tuple[str, str]:
        """What comes up to the end of the paste, and the rest."""
        pasted, ends, rest = (self._end + read).partition(_ENDS)
        self._is_pasting = not ends
        self._end = "" if ends else _begun_at_the_end(pasted)
        return pasted.removesuffix(self._end).replace(_ESC, _SHOWN_ESC) + ends, rest


def _begun_at_the_end(text: str) -> str:
    """What of the mark that ends a paste a text ends with."""
    return next((_ENDS[:length] for length in range(len(_ENDS) - 1, 0, -1) if text.endswith(_ENDS[:length])), "")
