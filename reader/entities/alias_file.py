"""The alias file on disk: read again when it has changed, written whole or not at all, and put back as it was."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from reader.entities.aliases import NO_ALIASES, Aliases
from reader.errors import StoreError
from reader.model import Problem

_LARGEST_FILE = 1_000_000


class AliasFile:
    """One person's word on names. Reading is safe on any thread; changes are made by one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[tuple[int, int] | None, Aliases, tuple[Problem, ...]] = (None, NO_ALIASES, ())
        """The stamp that the file had, and what it said."""
        self._before: list[str | None] = []
        """What the file was before each change made here; None where there was none."""

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

    def change(self, how: Callable[[str], str]) -> None:
        """Puts what `how` makes of the file's text in its place. Raises UsageError as `how` does, StoreError where it can't be written."""
        text = self._text()
        self._write(how(text or ""))
        self._before.append(text)

    def undo(self) -> bool:
        """Takes the last change made here back; whether there was one."""
        if not self._before:
            return False
        text = self._before.pop()
        if text is None:
            self.path.unlink(missing_ok=True)
        else:
            self._write(text)
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
