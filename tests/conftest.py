"""What every test has."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def _files_closed_in_time() -> Iterator[None]:
    """Apps and libraries are rings of references, which hold their database files open until they are looked for."""
    yield
    gc.collect()
