"""Makes the pictures in README: `python -m tests.screenshots`. The sample archive, as a person would see it.

Each picture is an SVG that Textual draws; nothing is edited by hand.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from reader.library import Library
from reader.settings import Folders, Settings, packaged
from reader.tui.app import DatelineApp

SCREENS = Path(__file__).resolve().parent / "screens"

PICTURES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "reader": ((120, 34), "", ("j", "j", "s", "j", "m", "k")),
    "filter": ((100, 24), "", ("/", *"person:st", "down")),
    "facets": ((100, 28), "", ("g", "e", "l", "j", "enter", "x", "j", "x")),
    "timeline": ((100, 28), "-category:sport", ("T", "g", "t", "l")),
    "card": ((100, 30), "", ("j", "j", "e", "enter")),
    "related": ((100, 30), "", ("j", "j", "g", "r")),
    "small": ((80, 24), 'place:"Port Ansel" -category:sport', ("j",)),
}
"""By name: the size, the filter to begin with, and the keys to press."""


async def picture(name: str, home: Path) -> str:
    """One picture as SVG."""
    size, first_filter, keys = PICTURES[name]
    library = Library([str(packaged("seeds"))], Folders(home, home / "cache", home / name))
    for _ in library.refresh():
        pass
    app = DatelineApp(library, Settings(), first_filter)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        return app.export_screenshot(title="Dateline")


async def settled(pilot: Pilot[int]) -> None:
    """Waits until all that was asked for is on the screen."""
    app = pilot.app
    assert isinstance(app, DatelineApp)
    async with asyncio.timeout(30):
        while True:
            await pilot.pause(0.02)
            if app.is_idle:
                await pilot.pause()
                return


def main(names: list[str]) -> int:
    """Makes the pictures named, or all."""
    SCREENS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        for name in names or list(PICTURES):
            (SCREENS / f"{name}.svg").write_text(asyncio.run(picture(name, Path(home))), encoding="utf-8")
            print(f"{name}.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
