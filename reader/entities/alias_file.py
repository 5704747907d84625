"""The alias file on disk: read again when it has changed, written whole or not at all, and put back as it was."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reader.entities.aliases import NO_ALIASES, Aliases
from reader.errors import StoreError, UsageError
from reader.model import Entity, Problem

_LARGEST_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class _Change:
    """What the file was before a change made here, None where there was none, and what it was after."""

    before: str | None
    after: str
    of: Entity | None


class AliasFile:
    """One person's word on names. Reading is safe on any thread; changes are made by one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[tuple[int, int] | None, Aliases, tuple[Problem, ...]] = (None, NO_ALIASES, ())
        """The stamp that the file had, and what it said."""
        self._done: list[_Change] = []

    @classmethod
    def of(cls, settings: Path) -> AliasFile:
        """The one that stands in the folder of the settings."""
        return cls(settings / "aliases.yaml")

    def aliases(self) -> Aliases:
        """What the file says now; nothing where there is none or it can't be read."""
        return self._current()[1]

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the file."""
        return self._current()[2]

    @property
    def last_changed(self) -> Entity | None:
        """What the last change made here, and not taken back, was said to be about."""
        return self._done[-1].of if self._done else None

    def change(self, how: Callable[[str], str], of: Entity | None = None) -> None:
        """Puts what `how` makes of the file's text in its place. Raises UsageError as `how` does, StoreError where it can't be written."""
        before = self._text()
        after = how(before or "")
        self._write(after)
        self._done.append(_Change(before, after, of))

    def undo(self) -> bool:
        """Takes the last change made here back; whether there was one. Raises UsageError where the file was changed elsewhere since."""
        if not self._done:
            return False
        last = self._done[-1]
        if self._text() != last.after:
            raise UsageError(f"{self.path}: changed elsewhere since; left alone")
        if last.before is None:
            self.path.unlink(missing_ok=True)
        else:
            self._write(last.before)
        self._done.pop()
        return True

    def _current(self) -> tuple[tuple[int, int] | None, Aliases, tuple[Problem, ...]]:
        stamp = self._stamp()
        if stamp != self._read[0]:
            self._read = (stamp, *self._parsed())
        return self._read

    def _parsed(self) -> tuple[Aliases, tuple[Problem, ...]]:
        text = self._text()
        if not text:
            return NO_ALIASES, ()
        # Most people have no such file, and without one nothing needs a reader of YAML.
        from reader.entities.alias_text import parse_aliases

        return parse_aliases(text, str(self.path))

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def _text(self) -> str | None:
        try:
            with self.path.open("rb") as file:
                return file.read(_LARGEST_FILE).decode("utf-8", "replace")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self.path}: can't be read: {error.strerror}") from error

    def _write(self, text: str) -> None:
        new = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(text, encoding="utf-8")
            new.replace(self.path)
        except OSError as error:
            with suppress(OSError):
                new.unlink()
            raise StoreError(f"{self.path}: can't be written: {error.strerror}") from error
