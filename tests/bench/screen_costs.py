"""What a person at a terminal waits for, and what the line carries: start, moving, typing, marking, in a real pty.

A key is timed from when it is written to the terminal to the last byte of its answer, which is known by the silence after it.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from reader.clean import clean_line
from reader.query.syntax import parse
from tests.bench.figures import Figure, summary
from tests.bench.ground import CHECKOUT, Ground
from tests.bench.memory import peak_bytes
from tests.bench.one_line_app import LINE
from tests.builders import article_text
from tests.pty_session import PtySession, WaitTimeout
from tests.screen import Screen

COLUMNS, ROWS = 120, 40
_QUIET_MS = 150
"""Longer than any pause that the reader makes on purpose within one answer, but while a filter is typed."""
_TYPED_QUIET_MS = 600
"""Longer than typing rests before the article beside the list is shown."""
_START_QUIET_MS = 1_500
"""Longer than the rest of the screen takes to come up behind the first headlines."""
_ANSWER_SECONDS = 10.0
_START_SECONDS = 60.0
_KEYS_A_SECOND = 30
_LETTERS_A_SECOND = 5
"""As people type who type well."""
_COVERED_ROWS = 10
"""So many rows at the top of the list completions may cover."""
_HEADLINE_CELLS = 12
"""So much of a headline is on screen however narrow the list is, and tells it from others."""
Wanted = Callable[[Screen], bool]
_FRAME = b"\x1b[?2026h"
TYPED = ("government", "c:sport", "e:khan", "place:ma")
"""Filters typed a letter at a time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one key brought about."""

    milliseconds: float
    """To the last byte; as long as was waited when there was no answer."""
    first_paint: float
    """To the first bytes."""
    sent: int
    """Bytes written to the terminal."""
    frames: int = 0
    """How many times it was painted for this one key."""
    wanted: Sequence[float | None] = ()
    """To each of the screens that were looked for; None for one that was there before."""


def measure(ground: Ground, *, starts: int, keys: int, idle_seconds: float, typed: Sequence[str] = TYPED) -> Iterator[Figure]:
    """All of it, on an index that is there already, from the top of the list: a place that was kept is forgotten."""
    ground.library().mark(lambda marks: marks.keep_place("{}"))
    yield from _start(ground, starts)
    yield from _arriving_early(ground)
    with _open_reader(ground) as session:
        yield from _moving(session, ground, keys)
        yield from _marking(session, ground, keys)
        yield from _opening(session, ground, max(2, keys // 4))
        yield from _typing(session, ground, typed)
        yield from _typing_on(session, ground, typed)
        yield from _resting(session, ground, idle_seconds)
        yield _arriving(session, ground, "one new file: written to listed")
        peak = peak_bytes(session.pid)
        if peak is not None:
            yield Figure("memory of the reader, peak", ground.articles, "MB", peak / 1e6, aim="150 MB")
        yield from _leaving(session, ground)


# Starting


def _start(ground: Ground, starts: int) -> Iterator[Figure]:
    """The reader and the one-line program in turn, so that both meet the same moments of a busy machine."""
    least, ours, bytes_sent = [], [], []
    headlines = [clean_line(headline)[:_HEADLINE_CELLS] for headline in _newest(ground, "", 5)]
    for _ in range(starts):
        with PtySession([sys.executable, "-m", "tests.bench.one_line_app"], env=ground.environment, cwd=CHECKOUT) as session:
            least.append(session.wait_for_text(LINE, timeout=_START_SECONDS) - session.started)
        with _session(ground) as session:
            ours.append(session.wait_for_text(*headlines, timeout=_START_SECONDS) - session.started)
            session.settled(_START_QUIET_MS, timeout=_START_SECONDS)
            bytes_sent.append(session.bytes_written)
    in_ms = [1000 * seconds for seconds in ours]
    yield summary("start to first headlines", ground.articles, "ms", in_ms, "1.5 × one line")
    yield summary("start of a one-line Textual program", ground.articles, "ms", [1000 * seconds for seconds in least])
    yield summary("start: reader beside one line", ground.articles, "×", [a / b for a, b in zip(ours, least, strict=True)], "1.5 ×")
    yield summary("start: bytes sent", ground.articles, "bytes", bytes_sent, "8,000")


def _session(ground: Ground) -> PtySession:
    return PtySession(ground.command(str(ground.archive)), env=ground.environment, columns=COLUMNS, rows=ROWS)


def wait_for_headlines(session: PtySession, ground: Ground) -> float:
    """Until the first headlines are painted: when that was."""
    headlines = (clean_line(headline)[:_HEADLINE_CELLS] for headline in _newest(ground, "", 5))
    return session.wait_for_text(*headlines, timeout=_START_SECONDS)


def _open_reader(ground: Ground) -> PtySession:
    """A reader that has drawn its list and come to rest."""
    session = _session(ground)
    wait_for_headlines(session, ground)
    session.settled(1000, timeout=_START_SECONDS)
    return session


def _newest(ground: Ground, query: str, count: int) -> Sequence[str]:
    """The first headlines that the list shows for a filter as it is being typed."""
    library = ground.library()
    ids = library.first_window(parse(query, final=False), library.clock(datetime.now().astimezone()), count)
    return [row.headline for row in library.rows(ids)]


# Keys


def press(session: PtySession, *names: str, until: Sequence[Wanted] = ()) -> Answer:
    """Presses keys at once and waits until what they bring about is on screen, and the screen has been as wanted, in that order."""
    before = session.bytes_written
    were_there = [wanted(session.screen) for wanted in until]
    pressed = session.press(*names)
    if not session.pump(_ANSWER_SECONDS):
        waited = 1000 * (time.perf_counter() - pressed)
        return Answer(waited, waited, 0)
    first_paint = session.last_output
    done = session.settled(_QUIET_MS, timeout=_ANSWER_SECONDS)
    shown = [None if was_there else _time_of(session, wanted) for wanted, was_there in zip(until, were_there, strict=True)]
    if until:
        session.settled(_QUIET_MS, timeout=_ANSWER_SECONDS)
    return Answer(
        milliseconds=1000 * (done - pressed),
        first_paint=1000 * (first_paint - pressed),
        sent=session.bytes_written - before,
        frames=session.raw.count(_FRAME, before),
        wanted=[None if when is None else 1000 * (when - pressed) for when in shown],
    )


def _time_of(session: PtySession, wanted: Wanted) -> float:
    """When the screen was first as wanted, however long that takes."""
    while (shown := session.time_of_screen(wanted)) is None:
        if not session.pump(_ANSWER_SECONDS):
            raise WaitTimeout(f"what was looked for never came; the screen was:\n{session.screen.text}")
    return shown


def _moving(session: PtySession, ground: Ground, keys: int) -> Iterator[Figure]:
    yield from _timed("j: list and article settled", ground, [press(session, "j") for _ in range(keys)], "p95 40 ms", "4,000")
    yield from _held(session, ground, "j", seconds=2.0)
    yield from _timed("G: the last row", ground, _there_and_back(session, max(2, keys // 8)), "50 ms")
    yield from _timed("pgdn: a page down", ground, [press(session, "pgdn") for _ in range(max(2, keys // 4))])
    press(session, "g", "g")
    yield from _jumping(session, ground, max(2, keys // 8))


def _jumping(session: PtySession, ground: Ground, times: int) -> Iterator[Figure]:
    """To the middle, by a click beside the rows, and to a date, by its name; each time back to the first row untimed."""
    middles, dates, typed_at_once = [], [], []
    for number in range(times):
        middles.append(press(session, _click_beside_list(session)))
        press(session, "g", "g")
        press(session, "g", "d")
        press(session, *f"2019-06-{10 + number}")
        dates.append(press(session, "enter"))
        press(session, "g", "g")
        typed_at_once.append(press(session, "g", "d", *f"2018-06-{10 + number}", "enter"))
        press(session, "g", "g")
    yield from _timed("click: the middle of the list", ground, [answer for answer in middles if answer.sent], "50 ms")
    yield from _timed("to a date: Enter", ground, dates, "50 ms")
    yield from _timed("to a date, all keys at once: the date", ground, typed_at_once)


def _click_beside_list(session: PtySession) -> str:
    """What the terminal sends for a click in the list's last column, half way down."""
    column = session.screen.lines[ROWS // 2].find("│")
    return "".join(f"\x1b[<0;{column};{ROWS // 2}{state}" for state in "Mm")


def _there_and_back(session: PtySession, times: int) -> list[Answer]:
    """To the last row, and back to the first untimed."""
    answers = []
    for _ in range(times):
        answers.append(press(session, "G"))
        press(session, "g", "g")
    return answers


def _held(session: PtySession, ground: Ground, key: str, seconds: float) -> Iterator[Figure]:
    """How far the screen is behind when the key is let go, having been held at 30 a second."""
    before = session.bytes_written
    presses = int(_KEYS_A_SECOND * seconds)
    began = time.perf_counter()
    for number in range(1, presses + 1):
        last = session.press(key)
        while (left := began + number / _KEYS_A_SECOND - time.perf_counter()) > 0:
            session.pump(left)
    behind = session.settled(_QUIET_MS) - last
    yield Figure(f"{key} held at 30 a second: behind at the end", ground.articles, "ms", max(0.0, 1000 * behind), aim="keeps up")
    yield Figure(f"{key} held: bytes a key", ground.articles, "bytes", (session.bytes_written - before) / presses)


def _marking(session: PtySession, ground: Ground, keys: int) -> Iterator[Figure]:
    for key, name in (("s", "star"), ("m", "read"), ("u", "undo")):
        yield from _timed(f"{key}: {name}, on disk and painted", ground, [press(session, key) for _ in range(keys // 2)], "p95 50 ms")


def _opening(session: PtySession, ground: Ground, times: int) -> Iterator[Figure]:
    """Each time another article: the list moves on in between."""
    answers = []
    for _ in range(times):
        answers.append(press(session, "enter"))
        press(session, "esc")
        press(session, "j")
    yield from _timed("Enter: an article opened", ground, answers, bytes_aim="6,000")


def _typing(session: PtySession, ground: Ground, typed: Sequence[str]) -> Iterator[Figure]:
    """Words typed a letter at a time into an empty filter, each when all that the one before brings is there, the article, too.

    Where a letter brings other rows, when they were there; where it brings another count, when that was.
    """
    answers = []
    for text in typed:
        press(session, "/")
        for length in range(1, len(text) + 1):
            begun = text[:length]
            answers.append(press(session, text[length - 1], until=(_has_rows(ground, begun), _has_count(ground, begun))))
            session.settled(_TYPED_QUIET_MS, timeout=_ANSWER_SECONDS)
        press(session, "esc")
        press(session, "c")
    for what, place, aim in (("first rows", 0, "p95 50 ms"), ("exact count", 1, "1 s")):
        times = [when for answer in answers if (when := answer.wanted[place]) is not None]
        yield summary(f"a typed letter: {what}", ground.articles, "ms", times, aim)
    yield from _timed("a typed letter: painted", ground, answers)


def _typing_on(session: PtySession, ground: Ground, typed: Sequence[str]) -> Iterator[Figure]:
    """What is sent for each letter of words that are typed as people type them; and what more, once typing rests, for the article."""
    letters, rests = [], []
    for text in typed:
        press(session, "/")
        for letter in text:
            before, end = session.bytes_written, session.press(letter) + 1 / _LETTERS_A_SECOND
            while (left := end - time.perf_counter()) > 0:
                session.pump(left)
            letters.append(session.bytes_written - before)
        before = session.bytes_written
        session.settled(_TYPED_QUIET_MS, timeout=_ANSWER_SECONDS)
        rests.append(session.bytes_written - before)
        press(session, "esc")
        press(session, "c")
        session.settled(_TYPED_QUIET_MS, timeout=_ANSWER_SECONDS)
    yield summary("a letter typed on: bytes sent", ground.articles, "bytes", letters, "3,000")
    yield summary("once typing rests: bytes sent", ground.articles, "bytes", rests, "6,000")


def _has_rows(ground: Ground, query: str) -> Wanted:
    """Whether the list shows a filter as it is being typed: two rows of it together, below all completions, that weren't before."""
    before, rows = _newest(ground, query[:-1], 2 * ROWS), _newest(ground, query, 2 * _COVERED_ROWS)
    if len(rows) <= _COVERED_ROWS:
        return _has_count(ground, query)
    were_together = set(pairwise(before))
    found = next((pair for pair in list(pairwise(rows))[_COVERED_ROWS - 1 :] if pair not in were_together), None)
    if found is None:
        return lambda screen: True
    first, second = (clean_line(headline)[:_HEADLINE_CELLS] for headline in found)
    # A heading may stand between the two.
    return lambda screen: any(
        first in line and second in "\n".join(screen.lines[at + 1 : at + 3]) for at, line in enumerate(screen.lines) if at > _COVERED_ROWS
    )


def _has_count(ground: Ground, query: str) -> Wanted:
    """Whether the count beside a filter, as it is being typed, is there and exact."""
    library = ground.library()
    count = library.count(parse(query, final=False), library.clock(datetime.now().astimezone()))
    said = re.compile(rf" of {count:,}(?: |$)")
    return lambda screen: not count or said.search(screen.lines[0]) is not None


def _timed(what: str, ground: Ground, answers: Sequence[Answer], aim: str = "", bytes_aim: str = "") -> Iterator[Figure]:
    if not any(answer.sent for answer in answers):
        raise WaitTimeout(f"{what}: nothing was painted")
    key = what.partition(":")[0]
    painted = [answer for answer in answers if answer.sent]
    yield summary(what, ground.articles, "ms", [answer.milliseconds for answer in painted], aim)
    yield summary(f"{key}: first paint", ground.articles, "ms", [answer.first_paint for answer in painted])
    yield summary(f"{key}: bytes sent", ground.articles, "bytes", [answer.sent for answer in answers], bytes_aim)
    yield summary(f"{key}: frames painted", ground.articles, "frames", [answer.frames for answer in answers])


# The rest


def _resting(session: PtySession, ground: Ground, seconds: float) -> Iterator[Figure]:
    """What is sent while nobody presses anything, as for a minute, once all that was asked for before is there."""
    session.settled(_START_QUIET_MS, timeout=_START_SECONDS)
    before, end = session.bytes_written, time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        session.pump(left)
    yield Figure("a minute idle: bytes sent", ground.articles, "bytes", (session.bytes_written - before) * 60 / seconds, aim="0")


def _arriving_early(ground: Ground) -> Iterator[Figure]:
    """A story that comes while a session looks through the archive for the first time."""
    with _session(ground) as session:
        wait_for_headlines(session, ground)
        yield _arriving(session, ground, "one new file: written during the first rescan to listed")


def _arriving(session: PtySession, ground: Ground, what: str) -> Figure:
    """A story is written to the archive, and listed; then it is taken away again."""
    with a_new_story(ground):
        written = time.perf_counter()
        listed = session.wait_for(lambda screen: f" of {ground.articles + 1:,}" in screen.lines[0], timeout=_START_SECONDS)
    session.wait_for(lambda screen: f" of {ground.articles:,}" in screen.lines[0], timeout=_START_SECONDS)
    return Figure(what, ground.articles, "s", listed - written, aim="2 s")


@contextmanager
def a_new_story(ground: Ground) -> Iterator[None]:
    """A story that has come last of all, and is gone again afterwards."""
    path = ground.archive / "2024" / "11" / "late-story.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(article_text("A late story", date="2024-11-16T23:59:00Z"))
    try:
        yield
    finally:
        path.unlink()


def _leaving(session: PtySession, ground: Ground) -> Iterator[Figure]:
    pressed = session.press("q")
    status = session.wait_exit()
    if status != 0:
        raise WaitTimeout(f"q left with {status}; the screen was:\n{session.screen.text}")
    yield Figure("q: back in the shell", ground.articles, "ms", 1000 * (time.perf_counter() - pressed), aim="1 s")
