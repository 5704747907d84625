"""Letters laid over the links that are in sight: typing them follows the link."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.geometry import Offset
from textual.widgets import Static

from reader.sending.links import hints
from reader.tui.modal import Modal


class HintScreen(Modal[str | None]):
    """Gives the address whose letters were typed; None where other keys were."""

    DEFAULT_CSS = """
    HintScreen {
        .hint { position: absolute; width: auto; height: 1; }
    }
    """

    def __init__(self, sights: Sequence[tuple[Offset, str]]) -> None:
        """Each link's place on the screen, and its address."""
        super().__init__()
        addresses = list(dict.fromkeys(url for _, url in sights))
        self._labels = dict(zip(addresses, hints(len(addresses)), strict=True))
        self._sights = sights
        self._typed = ""
        self._size_seen = False

    def compose(self) -> ComposeResult:
        """A label over each link; the same address has the same letters."""
        for at, url in self._sights:
            label = Static(self._labels[url], classes="hint", markup=False)
            label.absolute_offset = at
            yield label

    def on_key(self, event: Key) -> None:
        """Narrows the choice; leaves with the link, or with none once nothing is left to choose."""
        event.stop()
        self._typed += event.character or "\0"
        chosen = [url for url, label in self._labels.items() if label == self._typed]
        if chosen or not any(label.startswith(self._typed) for label in self._labels.values()):
            self.dismiss(chosen[0] if chosen else None)
            return
        for label in self.query(Static):
            label.display = str(label.content).startswith(self._typed)

    def on_resize(self, _: Resize) -> None:
        """The links have moved."""
        if self._size_seen:
            self.dismiss(None)
        self._size_seen = True
