"""`dateline` again and again, loaded once: `python -m tests.hostile.many_commands`, a list of arguments in JSON a line.

Each line is done by a process of its own, forked from one that has all of the program loaded, with its streams in files; the answer
is a line of JSON: exit code, what came on stdout and what on stderr, byte for byte as Latin-1.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import sys
import tempfile
import traceback
from typing import IO

from reader.cli import commands  # noqa: F401  # loaded here, not by each child
from reader.cli.main import run
from reader.entities import mentions  # noqa: F401
from reader.index import indexing  # noqa: F401

LONGEST_SECONDS = 120


def done(arguments: list[str]) -> tuple[int, str, str]:
    """What the command gives."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            _do(arguments, out, err)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return code, _text(out), _text(err)


def _do(arguments: list[str], out: IO[bytes], err: IO[bytes]) -> None:
    code: object = 1
    signal.alarm(LONGEST_SECONDS)
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        code = run(arguments)
        atexit._run_exitfuncs()
    except SystemExit as left:
        code = left.code
    except BaseException:  # noqa: BLE001  # nothing may get past the fork
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("latin-1")


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(done(json.loads(line))), flush=True)
