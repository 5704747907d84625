"""Programs of the person's own: a browser, a clipboard, a pager, whatever follows `|`. Always a list of words, never a shell.

Text goes to a program on its standard input and nowhere else; nothing an article says becomes an argument, except a link that
`links.opening` has passed.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

from reader.clean import clean_line
from reader.errors import SendingError

_LAUNCH_SECONDS = 5.0
"""A program that lives as long as this has started well."""
_FEED_SECONDS = 10.0
_PAGER, _EDITOR = "less", "vi"


def words_of(line: str) -> list[str]:
    """A command as typed, as words; quotes hold words together, and nothing else means anything.

    Raises SendingError for an unclosed quote, and for no words.
    """
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise SendingError(f"{line}: {str(error).lower()}") from error
    if not words or not words[0]:
        raise SendingError("a command is missing")
    return words


def pager(environ: Mapping[str, str]) -> list[str]:
    """The person's pager."""
    return words_of(environ.get("PAGER", "").strip() or _PAGER)


def editor(environ: Mapping[str, str]) -> list[str]:
    """The person's editor."""
    return words_of(environ.get("VISUAL", "").strip() or environ.get("EDITOR", "").strip() or _EDITOR)


def run_here(command: Sequence[str], text: str | None = None, *, waits: bool = False) -> int:
    """Runs a program on the terminal, which must be free, until it ends; gives its exit code.

    `text` is its standard input; without it that is the terminal. With `waits`, Enter is waited for at the end, so that what the
    program has written can be read. Blocks. Ctrl-C is the program's alone; SIGTERM and SIGHUP end it, and the waiting, and are
    then ours. Raises SendingError where it can't be started, or there is no room for the text.
    """
    try:
        with tempfile.TemporaryFile() as given:
            given.write((text or "").encode("utf-8", "replace"))
            given.seek(0)
            process = subprocess.Popen(command, stdin=given if text is not None else None)
    except (OSError, ValueError) as error:
        raise SendingError(_why_not(command, error)) from error
    # Of a terminal that is gone nothing is asked.
    with _signals_for(process) as passed_on, suppress(_Ended, OSError):
        process.wait()
        if waits and not passed_on:
            print(f"\n[{clean_line(command[0])} {ended(process.returncode)}] Enter goes back to Dateline", end=" ", flush=True)
            # Bytes, because what else is typed need not be letters.
            sys.stdin.buffer.readline()
    return process.returncode


class _Ended(Exception):
    """The reader was told to end while it waited for Enter."""


@contextmanager
def _signals_for(process: subprocess.Popen[bytes]) -> Iterator[list[int]]:
    """Leaves the keys that end a program to the program that runs, and passes on what ends the reader; gives what was passed on.

    Once the program has ended, whoever handled that before is told, too.
    """
    passed_on: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        passed_on.append(number)
        if process.returncode is not None:
            raise _Ended
        process.send_signal(number)

    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGQUIT)}
    before |= {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield passed_on
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for came in passed_on:
            signal.raise_signal(came)


async def launch(command: Sequence[str]) -> None:
    """Starts a program of the desktop, cut off from our terminal. Raises SendingError where it doesn't start, or soon fails."""
    process = await _start(command, asyncio.subprocess.DEVNULL)
    try:
        code = await asyncio.wait_for(process.wait(), _LAUNCH_SECONDS)
    except TimeoutError:
        return
    _refuse_failure(command, code)


async def feed(command: Sequence[str], text: str) -> None:
    """Gives `text` to a program's standard input. Raises SendingError where it doesn't start, fails or doesn't end."""
    process = await _start(command, asyncio.subprocess.PIPE)
    try:
        await asyncio.wait_for(process.communicate(text.encode("utf-8", "replace")), _FEED_SECONDS)
    except TimeoutError as error:
        process.kill()
        raise SendingError(f"{command[0]} took the text and did not end") from error
    _refuse_failure(command, process.returncode or 0)


async def _start(command: Sequence[str], stdin: int) -> asyncio.subprocess.Process:
    try:
        return await asyncio.create_subprocess_exec(
            *command, stdin=stdin, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL, start_new_session=True
        )
    except (OSError, ValueError) as error:
        raise SendingError(_why_not(command, error)) from error


def _refuse_failure(command: Sequence[str], code: int) -> None:
    if code:
        raise SendingError(f"{command[0]} {ended(code)}")


def ended(code: int) -> str:
    """How a program ended, in words."""
    if code >= 0:
        return f"ended with {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"


def _why_not(command: Sequence[str], error: OSError | ValueError) -> str:
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
    return f"{command[0]}: {reason}"
