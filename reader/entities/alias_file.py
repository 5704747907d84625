"""The alias file on disk: read again when it has changed, written whole or not at all, and put back as it was."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reader.entities.aliases import NO_ALIASES, Aliases
from reader.errors import ReaderError, StoreError, UsageError
from reader.locks import Stopped
from reader.model import Entity, Problem
from reader.own_files import alone, put

_LARGEST_FILE = 1_000_000

_Stamp = tuple[int, int, int]
_Read = tuple[_Stamp | None, Aliases, tuple[Problem, ...]]


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
        self._read: _Read = (None, NO_ALIASES, ())
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
        """Puts what `how` makes of the file's text in its place, whole or not at all.

        Raises UsageError as `how` does, and for a file that can't be changed safely; StoreError where it can't be read or written.
        """
        with self._held():
            before = self._text()
            after = how(before or "")
            self._write(after)
        self._done.append(_Change(before, after, of))

    def undo(self) -> bool:
        """Takes the last change made here back; whether there was one.

        Raises UsageError where the file was changed elsewhere since, StoreError where it can't be read or written.
        """
        if not self._done:
            return False
        last = self._done[-1]
        with self._held():
            if self._text() != last.after:
                raise UsageError(f"{self.path}: changed elsewhere since; left alone")
            self._write(last.before)
        self._done.pop()
        return True

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Keeps other sessions from changing the file."""
        try:
            with alone(self.path.with_suffix(".lock")):
                yield
        except Stopped as error:
            raise StoreError(f"{self.path}: another session is changing it; try again") from error
        except OSError as error:
            raise StoreError(f"{self.path}: can't be written: {error.strerror}") from error

    def _current(self) -> _Read:
        stamp = self._stamp()
        if stamp != self._read[0]:
            self._read = (stamp, *self._parsed())
        return self._read

    def _parsed(self) -> tuple[Aliases, tuple[Problem, ...]]:
        try:
            text = (self._bytes() or b"").decode("utf-8", "replace")
        except ReaderError as error:
            return NO_ALIASES, (Problem(str(self.path), None, str(error).removeprefix(f"{self.path}: "), "ignored"),)
        if not text:
            return NO_ALIASES, ()
        # Most people have no such file, and without one nothing needs a reader of YAML.
        from reader.entities.alias_text import parse_aliases

        return parse_aliases(text, str(self.path))

    def _stamp(self) -> _Stamp | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ctime_ns, found.st_size

    def _text(self) -> str | None:
        """What is to be changed, to the letter; None where there is no file."""
        found = self._bytes()
        try:
            return None if found is None else found.decode("utf-8")
        except UnicodeDecodeError as error:
            raise UsageError(f"{self.path}: is not UTF-8, and left as it is") from error

    def _bytes(self) -> bytes | None:
        try:
            with self.path.open("rb") as file:
                found = file.read(_LARGEST_FILE + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self.path}: can't be read: {error.strerror}") from error
        if len(found) > _LARGEST_FILE:
            raise UsageError(f"{self.path}: is larger than {_LARGEST_FILE:,} bytes")
        return found

    def _write(self, text: str | None) -> None:
        """Puts a text in place of what the file holds, a link staying one; None takes the file away."""
        try:
            if text is None:
                Path(os.path.realpath(self.path)).unlink(missing_ok=True)
            else:
                put(self.path, text)
        except OSError as error:
            raise StoreError(f"{self.path}: can't be written: {error.strerror}") from error
