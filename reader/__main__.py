"""`dateline` and `python -m reader`."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs the command line; gives the exit code."""
    from reader.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
