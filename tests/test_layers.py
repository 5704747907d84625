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

BASE = {"model", "errors", "clean", "actions", "keys", "mounts"}
"""What everything may use; these use each other at most."""

ALLOWED: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "clean": set(),
    "actions": set(),
    "keys": {"actions"},
    "mounts": set(),
    "settings": {*BASE, "query", "settings"},
    "database": BASE,
    "intake": {*BASE, "intake"},
    "entities": {*BASE, "entities", "intake"},
    "query": {*BASE, "query", "index", "entities", "database", "triage"},
    "index": {*BASE, "index", "intake", "entities", "query", "database"},
    "triage": {*BASE, "triage", "database"},
}
"""By the first part of a module's name. Faces (`library`, `cli`, `tui`) may use all that is below them."""

FACES = {"library", "cli", "tui"}
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
    return {name.split(".")[1] for name in names if name.startswith("reader.")}


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_a_module_imports_only_what_lies_below_it(name: str, path: Path) -> None:
    part = name.split(".")[0]
    if part in FACES or part == "__main__" or part not in ALLOWED:
        assert part in FACES | {"__main__"} or not own(imported(path)) & FACES, f"{name} reaches up to a face"
        return
    assert own(imported(path)) <= ALLOWED[part], f"{name} imports {own(imported(path)) - ALLOWED[part]}"


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, path in modules() if not name.startswith("tui")])
def test_only_the_screen_knows_textual(name: str, path: Path) -> None:
    assert not [module for module in imported(path) if module.split(".")[0] == "textual"]


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, path in modules() if name != "database"])
def test_only_the_database_module_knows_sqlite(name: str, path: Path) -> None:
    if "sqlite3" in set(imported(path)):
        assert name.split(".")[0] in {"imports", "triage"} and "store" in name or name.startswith("imports"), f"{name} uses sqlite3"


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
