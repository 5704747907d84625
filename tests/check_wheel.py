"""Installs a built wheel into an empty environment and uses it: `python tests/check_wheel.py WHEEL`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

NEEDED = ("reader/py.typed", "reader/styles/app.tcss", "reader/seeds/README")


def main(wheel: str) -> int:
    """0 where the wheel is whole and its command lists the samples."""
    names = zipfile.ZipFile(wheel).namelist()
    missing = [name for name in NEEDED if name not in names]
    strange = [name for name in names if not name.startswith(("reader/", "dateline-"))]
    if missing or strange:
        print(f"missing: {missing}; strange: {strange}")
        return 1
    with tempfile.TemporaryDirectory() as place:
        return _use(wheel, Path(place))


def _use(wheel: str, place: Path) -> int:
    venv.create(place / "venv", with_pip=True)
    subprocess.run([place / "venv/bin/python", "-m", "pip", "install", "--quiet", wheel], check=True)
    environ = {"HOME": str(place / "home"), "PATH": os.environ["PATH"]}
    listed = subprocess.run([place / "venv/bin/dateline", "list"], cwd=place, env=environ, stdout=subprocess.PIPE, check=True)
    count = len(listed.stdout.splitlines())
    print(f"the wheel's dateline lists {count} sample articles")
    return 0 if count >= 40 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
