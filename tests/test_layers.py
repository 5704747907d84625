"""Who may import whom. The source is read, not run; a subprocess a module shows what importing it really brings in."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "reader"

BASE = {"model", "errors", "clean", "actions", "keys", "mounts", "locks", "paths", "own_files"}
"""What everything may use."""

BELOW: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "clean": set(),
    "actions": set(),
    "mounts": set(),
    "locks": set(),
    "own_files": {"locks"},
    "keys": {"actions"},
    "paths": set(),
    "crash": set(),
    "database": set(),
    "sending": set(),
    "settings": {"sending", "query"},
    "intake": set(),
    "entities": {"intake"},
    "triage": {"database"},
    "imports": {"triage", "database", "query"},
    "index": {"intake", "entities", "query", "database"},
    "query": {"index", "entities", "triage", "database"},
    "reopened": set(),
}
"""What else each part may use, by the first part of a module's name. `query` and `index` meet as values: the index lays words
out as `query.fold` cuts them, and questions are asked of the tables that `index` names."""

FACES = {"library", "cli", "tui", "__main__"}
"""They may use all that is below them; the two faces never each other, but to start the reader."""
CORE_WITHOUT_SCREEN = ["reader.library", "reader.cli.main", "reader.query.results", "reader.index.indexing", "reader.triage.marks"]


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts[-1] != "__init__":
            yield ".".join(parts), path


def imported(path: Path) -> Iterator[str]:
    """Every module that the source names in an import, deferred ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own(names: Iterator[str]) -> set[str]:
    """The first part below `reader` of each import of our own."""
    return {name.split(".")[1] for name in names if name.startswith("reader.") and "__version__" not in name}


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_a_module_imports_only_what_lies_below_it(name: str, path: Path) -> None:
    part = name.split(".")[0]
    used = own(imported(path)) - {part}
    if part == "tui":
        assert "cli" not in used
    elif part == "cli":
        assert "tui" not in used or name == "cli.opening"
    elif part not in FACES:
        assert used <= BELOW[part] | BASE, f"{name} imports {used - BELOW[part] - BASE}"


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, path in modules() if not name.startswith("tui")])
def test_only_the_screen_knows_textual(name: str, path: Path) -> None:
    assert not [module for module in imported(path) if module.split(".")[0] == "textual"]


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, path in modules() if name not in ("database", "crash")])
def test_only_the_database_module_knows_sqlite(name: str, path: Path) -> None:
    # A crash report names SQLite's version, and opens nothing.
    assert "sqlite3" not in set(imported(path))


@pytest.mark.parametrize("module", CORE_WITHOUT_SCREEN)
def test_importing_the_core_brings_in_no_screen(module: str) -> None:
    check = f"import sys, {module}; print([name for name in sys.modules if name.split('.')[0] in ('textual', 'rich')])"
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, timeout=60, check=True, cwd=ROOT)
    assert ran.stdout.strip() == "[]"


def test_panes_import_neither_the_library_nor_each_other() -> None:
    panes = {"headline_list", "article_view", "filter_bar", "footer", "help_screen", "status_line"}
    for pane in panes:
        names = set(imported(PACKAGE / "tui" / f"{pane}.py"))
        assert "reader.library" not in names
        assert not {f"reader.tui.{other}" for other in panes - {pane}} & names, f"{pane} imports another pane"
