"""`dateline` and `python -m reader`."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs the command line; gives the exit code."""
    try:
        from reader.cli.main import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        # Ctrl-C while all of this was still being imported.
        return 130


if __name__ == "__main__":
    sys.exit(main())
