"""What the lanes of work tell the screen, from their threads: facts, each once it is so."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from reader.errors import ReaderError
from reader.model import ArticleId, ArticleKey, Progress
from reader.query.tree import Node
from reader.triage.marks import MarksChanged
from reader.tui.day_lines import Days
from reader.tui.prepared import Prepared
from reader.tui.tally import Judged

if TYPE_CHECKING:
    from reader.query.complete import Completion


class Told(Message):
    """What the lanes tell the screen."""


Post = Callable[[Told], object]
"""Takes it from any thread to the screen."""


@dataclass
class WindowReady(Told):
    """The first rows of an answer, or all that was found of it so far."""

    generation: int
    ids: Sequence[int]
    bodies: int | None = None
    """Where it is still being looked for, how many bodies were read for it."""


@dataclass
class Counted(Told):
    """How many articles an answer has, before all of it is there."""

    generation: int
    total: int


@dataclass
class AnswerReady(Told):
    """All of an answer; for an empty one, the term that alone keeps it empty."""

    generation: int
    ids: array[int]
    days: Days | None = None
    """Its days, where it is by date."""
    killer: tuple[Node, int] | None = None


@dataclass
class ArticleOpened(Told):
    """The article that was asked for."""

    prepared: Prepared


@dataclass
class ReadAhead(Told):
    """An article that nobody has asked for yet."""

    prepared: Prepared


@dataclass
class Completed(Told):
    """Completions for the text as it was when asked."""

    serial: int
    completion: Completion


@dataclass
class Marked(Told):
    """Marks that are on disk now."""

    changed: MarksChanged | None
    """None where there was nothing to undo or redo."""
    verb: str
    """`mark`, `undo`, `redo` or `go back`."""
    judged: Judged
    keys: Set[ArticleKey]
    """Of all articles that were marked."""


@dataclass
class MarkedElsewhere(Told):
    """Another session, or the command line, has marked these: half of a large archive, maybe."""

    keys: set[ArticleKey]


@dataclass
class Coloured(Told):
    """The colours of some rows."""

    colours: dict[ArticleId, str | None]


@dataclass
class Answered(Told):
    """What was wanted is known."""

    tell: Callable[[], object]
    """Gives it to whoever wanted it, on the UI thread."""


@dataclass
class Indexed(Told):
    """One step of indexing."""

    progress: Progress


class IndexingDone(Told):
    """The index is in step with the archive, for now."""


@dataclass
class Said(Told):
    """Something to tell the person in the status line."""

    words: str


@dataclass
class WorkFailed(Told):
    """A job could not be done; the error says which and why."""

    error: ReaderError


@dataclass
class Crashed(Told):
    """A thread met a fault of the program's own."""

    error: Exception
