"""The whole reader in a pilot: opened on a small archive, pressed, and waited for.

    async with opened(tmp_path, numbered_articles(9)) as reader:
        await reader.press("s", "j")
        assert reader.marks("story-00000.md").is_starred
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from textual.pilot import Pilot

from reader.library import Library
from reader.model import UNMARKED, ArticleKey, Mark
from reader.query.syntax import parse
from reader.settings import Folders, Settings
from reader.tui.app import DatelineApp
from reader.tui.main_screen import MainScreen
from tests.builders import folder

_PATIENCE = 20.0


@contextmanager
def held_up(monkeypatch: pytest.MonkeyPatch, *names: str) -> Iterator[threading.Event]:
    """Meanwhile the library answers none of these questions, as on a disk that hangs; afterwards each. Set once one is asked."""
    asked, answers = threading.Event(), threading.Event()

    def slow(find: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*question: Any) -> Any:
            asked.set()
            answers.wait(2 * _PATIENCE)
            return find(*question)

        return ask

    for name in names:
        monkeypatch.setattr(Library, name, slow(getattr(Library, name)))
    try:
        yield asked
    finally:
        answers.set()


@dataclass
class Reader:
    """One open reader and what can be known of it from outside."""

    pilot: Pilot[Any]
    library: Library
    main: MainScreen

    @property
    def desk(self) -> Any:
        return self.main._desk

    async def settle(self) -> None:
        """Until everything asked for is on the screen. Fails where that takes too long."""
        end = monotonic() + _PATIENCE
        await self.pilot.pause()
        while not self.main.is_idle:
            assert monotonic() < end, "the reader never came to rest"
            await self.pilot.pause(0.01)
        await self.pilot.pause()

    async def wait_until(self, condition: Callable[[], bool]) -> None:
        """Until something from outside has reached the screen. Fails where that takes too long."""
        end = monotonic() + _PATIENCE
        while not condition():
            assert monotonic() < end, "it never happened"
            await self.pilot.pause(0.02)
        await self.settle()

    async def wait_for_screen(self, words: str) -> None:
        """Until these words are on the screen, whatever else is still under way. Fails where that takes too long."""
        end = monotonic() + _PATIENCE
        while words not in self.screen:
            assert monotonic() < end, f"{words!r} never came; there was\n{self.screen}"
            await self.pilot.pause(0.02)

    async def left(self) -> int | None:
        """The exit code, once the reader has been left. Fails where that takes too long."""
        end = monotonic() + _PATIENCE
        while self.pilot.app.is_running:
            assert monotonic() < end, "it was never left"
            await asyncio.sleep(0.01)
        return self.pilot.app.return_code

    async def press(self, *keys: str) -> None:
        """Presses keys by Textual's names, one after the other without waiting, then waits for what they do."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Types text, with `\\n` for Enter."""
        names = {"\n": "enter", " ": "space"}
        await self.press(*(names.get(character, character) for character in text))

    @property
    def lines(self) -> list[str]:
        """What is on the screen."""
        strips = self.pilot.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    @property
    def screen(self) -> str:
        return "\n".join(self.lines)

    @property
    def cursor_key(self) -> str:
        row = self.desk.row_of(self.desk.headlines.cursor_id)
        return str(row.key)

    @property
    def listed(self) -> list[str]:
        """The keys of what is listed."""
        return [str(row.key) for row in self.library.rows(list(self.desk.session.answer.ids))]

    def mark(self, key: str) -> Mark:
        """What is on disk about an article."""
        article = (self.library.archives[0], ArticleKey(key))
        return self.library.page_marks.of([article]).get(article, UNMARKED)

    def another_session(self) -> Library:
        """The same archive and marks, opened by another process."""
        return Library(self.library.archives, self.library._folders)

    def keys_with(self, query: str) -> list[str]:
        """The keys of all that fits a query now, newest first, as another process would find them."""
        other = self.another_session()
        clock = other.clock(datetime(2024, 11, 15, 12, tzinfo=UTC))
        return [str(row.key) for row in other.rows(list(other.all_ids(parse(query, final=True), clock)))]


def library_at(home: Path, files: Mapping[str, str | bytes] | None = None) -> Library:
    """The library of the archive under `home`, brought up to date; `files` are written first."""
    if files is not None:
        folder(home / "wire", files)
    library = Library([str(home / "wire")], Folders(home / "config", home / "cache", home / "state"))
    for _ in library.refresh():
        pass
    return library


@asynccontextmanager
async def opened(
    home: Path,
    files: Mapping[str, str | bytes] | None = None,
    *,
    query: str = "",
    settings: Settings | None = None,
    size: tuple[int, int] = (100, 30),
) -> AsyncIterator[Reader]:
    """The reader on the archive under `home`, settled, its own index and marks beside it."""
    os.environ.pop("NO_COLOR", None)
    library = library_at(home, files)
    app = DatelineApp(library, settings or Settings(mark_read_after=None), query)
    async with app.run_test(size=size) as pilot:
        reader = Reader(pilot, library, app._main)
        await reader.settle()
        yield reader
