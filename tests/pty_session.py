"""A program run in a real pseudo-terminal, as a person at a terminal would have it.

    with PtySession([sys.executable, "-m", "reader", str(archive)], env=environment(home)) as session:
        session.wait_for(lambda screen: "Premier" in screen.text)
        session.send("j")
        session.settled()
        assert session.wait_exit() == 0

The session answers the questions that terminals answer, keeps every byte that was written for `escapes.scan`, and shows the
screen as `pyte` draws it. Every wait has an end: nothing here can hang, whatever the program does.
"""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.escapes import complete_length, text_of, tokens
from tests.screen import Screen
from tests.slow_line import SlowLine

KEYS: Mapping[str, bytes] = {
    "enter": b"\r",
    "esc": b"\x1b",
    "tab": b"\t",
    "backspace": b"\x7f",
    "space": b" ",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pgup": b"\x1b[5~",
    "pgdn": b"\x1b[6~",
    "ctrl+c": b"\x03",
    "ctrl+d": b"\x04",
    "ctrl+u": b"\x15",
    "ctrl+z": b"\x1a",
}
"""Names that `press` takes; any other key is written as itself."""

_ANSWERS: Mapping[bytes, bytes] = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[5n": b"\x1b[0n",
    b"\x1b[?u": b"\x1b[?0u",
}
"""What an ordinary terminal says: it can hold a frame back until it is whole, it can't report its size in band."""
_ASKS_CURSOR = b"\x1b[6n"

_READ_BYTES = 65536


class WaitTimeout(AssertionError):
    """What was waited for didn't come; the message has the screen as it was."""


class PtySession:
    """One program in its own terminal; a context manager that leaves no process behind.

    `answer_seconds` is how long the terminal takes to answer a question; None never answers. Over a `line`, all that is written
    and all that is typed comes later, too.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        columns: int = 120,
        rows: int = 40,
        cwd: Path | None = None,
        answer_seconds: float | None = 0.0,
        line: SlowLine | None = None,
    ) -> None:
        self.raw = bytearray()
        """All that the program has written."""
        self.last_output = 0.0
        """When the last bytes were read, by `time.perf_counter`; 0 before any."""
        self._reads: list[tuple[float, int]] = []
        """When bytes were read, and how many there were in all by then."""
        self._screen = Screen(columns, rows)
        self._taken = 0
        self._answer_seconds = answer_seconds
        self._line = line
        self._due: list[tuple[float, bytes]] = []
        """Keys and answers on their way to the program, the first one first."""
        self._is_open = True
        self._master, slave = pty.openpty()
        try:
            self._set_size(columns, rows)
            self.started = time.perf_counter()
            """When the process was asked for."""
            self._process = subprocess.Popen(
                list(argv), stdin=slave, stdout=slave, stderr=slave, env=env, cwd=cwd, start_new_session=True, preexec_fn=_take_terminal
            )
        except BaseException:
            os.close(self._master)
            raise
        finally:
            os.close(slave)
        os.set_blocking(self._master, False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # What is there

    @property
    def screen(self) -> Screen:
        """The screen after all bytes read so far; reads nothing by itself."""
        self._take_in()
        return self._screen

    @property
    def bytes_written(self) -> int:
        return len(self.raw)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_status(self) -> int | None:
        """None while it runs; negative for a signal."""
        return self._process.poll()

    def text_since(self, start: int) -> str:
        """What was printed from byte `start` of `raw` on, without its sequences."""
        return text_of(bytes(self.raw[start:]))

    def time_of_text(self, text: str, since: int = 0) -> float | None:
        """When the first `text` after byte `since` of `raw` had come; None if it hasn't. Finds only text that was sent in one run."""
        wanted = text.encode()
        at = self.raw.find(wanted, since)
        if at < 0:
            return None
        return next(when for when, length in self._reads if length >= at + len(wanted))

    def time_of_screen(self, predicate: Callable[[Screen], bool]) -> float | None:
        """When the screen was first as `predicate` wants it, as far as it was read since it was looked at last; None if it wasn't.

        For timing: what comes is read and its time noted first, and drawn later, read by read, up to that time.
        """
        drawn = 0.0
        for when, length in self._reads:
            if length > self._taken:
                if drawn and predicate(self._screen):
                    return drawn
                self._take_in(length)
            drawn = when
        return drawn if predicate(self._screen) else None

    def local_modes(self) -> int:
        """The terminal's local flags (`termios.ECHO`, `termios.ICANON`, …): what the program left behind."""
        return int(termios.tcgetattr(self._master)[3])

    # What a person does

    def send(self, keys: str | bytes) -> float:
        """Writes `keys` as they are, at once; gives the time it was done by `time.perf_counter`."""
        return self._write(keys.encode() if isinstance(keys, str) else keys)

    def press(self, *names: str) -> float:
        """Writes each key by name (`enter`, `pgdn`, `j`)."""
        return self._write(b"".join(KEYS.get(name, name.encode()) for name in names))

    def resize(self, columns: int, rows: int) -> None:
        """A new window size; the kernel tells the program."""
        self._take_in()
        self._screen.resize(columns, rows)
        self._set_size(columns, rows)

    def signal(self, number: signal.Signals) -> None:
        """To the program alone, as `kill` would; nothing if it has ended."""
        self._process.send_signal(number)

    def hang_up(self) -> None:
        """Closes the terminal under the program, as a dropped connection does; nothing can be read after it."""
        if self._is_open:
            self._is_open = False
            os.close(self._master)

    # Waiting

    def pump(self, seconds: float) -> bool:
        """Reads what comes within `seconds`, returning at the first bytes; whether there were any."""
        if not self._is_open:
            time.sleep(seconds)
            return False
        end = time.perf_counter() + seconds
        while True:
            now = time.perf_counter()
            self._send_due(now)
            if self._line is not None and self._arrive(self._line.arrived(now), now):
                return True
            next_arrival = self._line.next_arrival if self._line is not None else None
            coming = [when for when in (next_arrival, *(when for when, _ in self._due[:1])) if when is not None]
            wait = max(0.0, min([end, *coming]) - now)
            waiting = select.poll()
            waiting.register(self._master, select.POLLIN)
            if waiting.poll(wait * 1000) and self._read():
                return True
            if time.perf_counter() >= end:
                return False

    def wait_for(self, predicate: Callable[[Screen], bool], timeout: float = 10.0) -> float:
        """Until the screen is as `predicate` wants it; the time of the bytes that made it so. Raises WaitTimeout."""
        end = time.perf_counter() + timeout
        while not predicate(self.screen):
            if time.perf_counter() >= end or not self._goes_on():
                if predicate(self.screen):
                    break
                raise WaitTimeout(f"after {timeout:g} s the screen was:\n{self.screen.text}")
            self.pump(0.05)
        return self.last_output

    def wait_for_text(self, *texts: str, since: int = 0, timeout: float = 10.0) -> float:
        """Until any of `texts` has been printed from byte `since` on: when its bytes came. Raises WaitTimeout.

        Cheaper than `wait_for`, for timing: no screen is drawn. Finds only text that was sent in one run.
        """
        end = time.perf_counter() + timeout
        while not (found := [when for text in texts if (when := self.time_of_text(text, since)) is not None]):
            if time.perf_counter() >= end or not self._goes_on():
                raise WaitTimeout(f"none of {texts} was printed; the screen was:\n{self.screen.text}")
            self.pump(0.05)
        return min(found)

    def settled(self, quiet_ms: int = 100, timeout: float = 10.0) -> float:
        """Until nothing has been written for `quiet_ms`: when the last bytes came. Raises WaitTimeout if it never rests."""
        end = time.perf_counter() + timeout
        while self.pump(quiet_ms / 1000):
            if time.perf_counter() >= end:
                raise WaitTimeout(f"still writing after {timeout:g} s")
        return self.last_output

    def wait_exit(self, timeout: float = 5.0) -> int:
        """The exit status, all output read; negative for a signal. Raises WaitTimeout while it still runs."""
        end = time.perf_counter() + timeout
        while self._process.poll() is None:
            if time.perf_counter() >= end:
                raise WaitTimeout(f"still running after {timeout:g} s; the screen was:\n{self.screen.text}")
            self.pump(0.02)
        while self._is_open and self.pump(1.0 if self._is_under_way else 0):
            pass
        return self._process.returncode

    def wait_exit_unread(self, timeout: float = 5.0) -> int:
        """The exit status of a program whose terminal nobody reads meanwhile. Raises WaitTimeout while it still runs."""
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise WaitTimeout(f"still running after {timeout:g} s") from None

    def close(self) -> None:
        """Ends the program and all it started in this terminal, gently at first, and closes the terminal."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is not None:
                break
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            with suppress(WaitTimeout):
                self.wait_exit(2.0)
        self.hang_up()

    # The terminal's side

    def _write(self, keys: bytes) -> float:
        """Reads while the program's input is full, so that neither side waits for the other. Raises WaitTimeout."""
        if self._line is not None:
            self._post(time.perf_counter() + self._line.delay_seconds, keys)
            return time.perf_counter()
        end = time.perf_counter() + 5.0
        while keys:
            try:
                keys = keys[os.write(self._master, keys) :]
            except BlockingIOError:
                if time.perf_counter() >= end:
                    raise WaitTimeout("the program doesn't read its keys") from None
                self.pump(0.01)
        return time.perf_counter()

    def _read(self) -> bool:
        """Whether anything has come to the person; over a line it only sets out."""
        try:
            read = os.read(self._master, _READ_BYTES)
        except OSError as error:
            if error.errno not in (errno.EIO, errno.EAGAIN):
                raise
            # The other end is closed: its reader would spin on a descriptor that is always ready.
            time.sleep(0.005)
            return False
        if self._line is None:
            return self._arrive(read, time.perf_counter())
        self._line.send(time.perf_counter(), read)
        return False

    def _arrive(self, read: bytes, now: float) -> bool:
        if read:
            self.last_output = now
            self.raw += read
            self._reads.append((now, len(self.raw)))
            self._note_questions(read)
        return bool(read)

    def _note_questions(self, read: bytes) -> None:
        """A question cut in two by a read is not answered; programs go on without."""
        if self._answer_seconds is None:
            return
        for token in tokens(read):
            answer = self._cursor_report() if token.sent == _ASKS_CURSOR else _ANSWERS.get(token.sent)
            if answer is not None:
                delay = self._line.delay_seconds if self._line is not None else 0.0
                self._post(self.last_output + self._answer_seconds + delay, answer)

    def _post(self, when: float, sent: bytes) -> None:
        self._due.append((when, sent))
        self._due.sort(key=lambda due: due[0])

    def _cursor_report(self) -> bytes:
        row, column = self.screen.cursor
        return b"\x1b[%d;%dR" % (row + 1, column + 1)

    def _send_due(self, now: float) -> None:
        while self._due and self._due[0][0] <= now:
            when, sent = self._due.pop(0)
            try:
                sent = sent[os.write(self._master, sent) :]
            except BlockingIOError:
                pass
            except OSError:
                # The program has gone.
                continue
            if sent:
                self._due.insert(0, (when, sent))
                break

    def _take_in(self, end: int | None = None) -> None:
        waiting = bytes(self.raw[self._taken : end])
        length = complete_length(waiting)
        for token in tokens(waiting[:length]):
            self._screen.draw(token)
        self._taken += length

    def _goes_on(self) -> bool:
        """Whether more may be written: it runs, or there is something left to read."""
        return self._process.poll() is None or self._is_under_way or self.pump(0)

    @property
    def _is_under_way(self) -> bool:
        """Whether something that was written hasn't come yet."""
        return self._line is not None and self._line.next_arrival is not None

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _take_terminal() -> None:
    """Makes the pseudo-terminal the new session's own, so that size changes and hang-ups reach the program as signals."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
