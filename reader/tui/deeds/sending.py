"""Taking articles out of the reader: to the clipboard, a program, a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from reader.errors import QueryInterrupted, SendingError
from reader.library import Library
from reader.model import ArticleId, HeadlineRow, OpenedArticle, Problem
from reader.sending import citations, commands, exports, files, whole
from reader.tui.ask_line import AskLine
from reader.tui.desk import Deed, Desk
from reader.tui.export_panel import ExportPanel, ExportWish
from reader.tui.outside import Outside

_PAGE = 200


class Sending:
    """Copying, piping, saving, exporting."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._outside = Outside(desk)
        self._cited: tuple[ArticleId, int] | None = None
        """The article cited last, and in which of the styles."""
        self._command = ""
        """The command typed last."""

    def table(self) -> Mapping[str, Deed]:
        """What each action of sending does."""
        return {
            "copy-link": lambda _: self._with_row(self._copy_link),
            "copy-citation": lambda _: self._with_row(self._copy_citation),
            "pipe": lambda _: self._with_row(self._ask_command),
            "save": lambda _: self._with_row(self._ask_file),
            "pager": lambda _: self._with_article(self._page),
            "editor": lambda _: self._with_article(self._edit),
            "export": lambda _: self._ask_export(),
        }

    def _with_row(self, deed: Callable[[HeadlineRow], None]) -> None:
        row = self._desk.row()
        if row is None:
            self._desk.say("there is no article here")
            return
        try:
            deed(row)
        except SendingError as error:
            self._desk.complain(str(error))

    def _with_article(self, deed: Callable[[OpenedArticle], None]) -> None:
        self._with_row(lambda row: deed(self._opened(row)))

    def _opened(self, row: HeadlineRow) -> OpenedArticle:
        opened = self._desk.library.open(row)
        if isinstance(opened, Problem):
            raise SendingError(f"{opened.path}: {opened.what}")
        return opened

    # -- the clipboard ---------------------------------------------------------------------------------------------

    def _copy_link(self, row: HeadlineRow) -> None:
        if passage := self._desk.screen.get_selected_text():
            self._outside.copy(passage, "passage")
        elif link := whole.link_of(row):
            self._outside.copy(link, "link")
        else:
            self._desk.say("this article names no link that could be copied; Y copies a citation")

    def _copy_citation(self, row: HeadlineRow) -> None:
        settings = self._desk.settings
        styles = citations.styles(settings.citations, settings.citation)
        passage = self._desk.screen.get_selected_text()
        if passage:
            self._outside.copy(citations.quote(passage, citations.cite(row, styles[0], settings.citations)), "passage with its source")
            return
        number = (self._cited[1] + 1) % len(styles) if self._cited and self._cited[0] == row.id else 0
        self._cited = row.id, number
        style, following = styles[number], styles[(number + 1) % len(styles)]
        self._outside.copy(citations.cite(row, style, settings.citations), f"citation ({style})", f" · again: {following}")

    # -- programs --------------------------------------------------------------------------------------------------

    def _ask_command(self, row: HeadlineRow) -> None:
        self._ask("pipe the article to", self._command, lambda line: self._pipe(row, line))

    def _pipe(self, row: HeadlineRow, line: str) -> None:
        command = commands.words_of(line)
        self._command = line
        self._outside.run(command, whole.markdown(self._opened(row)), waits=True)

    def _page(self, opened: OpenedArticle) -> None:
        self._outside.run(commands.pager(os.environ), whole.text(opened))

    def _edit(self, opened: OpenedArticle) -> None:
        """Shows a copy, which is gone when the editor is: the archive is never written to."""
        with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
            copy = Path(folder) / _name_of(opened.row)
            files.write(copy, [whole.markdown(opened)])
            self._outside.run([*commands.editor(os.environ), str(copy)])

    # -- files -----------------------------------------------------------------------------------------------------

    def _ask_file(self, row: HeadlineRow) -> None:
        self._ask("save as", _name_of(row), lambda typed: self._save(row, typed))

    def _save(self, row: HeadlineRow, typed: str) -> None:
        path = files.destination(typed, _name_of(row), self._desk.library.archives)
        self._unless_there(path, lambda: self._write(path, row))

    def _write(self, path: Path, row: HeadlineRow) -> None:
        opened = self._opened(row)
        lines = [whole.text(opened)] if path.suffix == ".txt" else exports.lines(_form_of(path), [row], lambda _: opened)
        files.write(path, lines, may_replace=True)
        self._desk.say(f"saved as {path}")

    def _ask_export(self) -> None:
        ids = self._desk.session.answer.ids
        if not ids:
            self._desk.say("nothing is listed")
            return

        def answered(wish: ExportWish | None) -> None:
            if wish is not None:
                self._guard(lambda: self._export(ids, wish))

        self._desk.screen.app.push_screen(ExportPanel(len(ids)), answered)

    def _export(self, ids: Sequence[int], wish: ExportWish) -> None:
        path = files.destination(wish.file, f"briefing{exports.ENDINGS[wish.form]}", self._desk.library.archives)
        self._unless_there(path, lambda: self._start_export(ids, wish, path))

    def _start_export(self, ids: Sequence[int], wish: ExportWish, path: Path) -> None:
        self._desk.say(f"writing {len(ids):,} articles to {path}…")
        self._desk.work.send(lambda library, must_stop: _exported(library, must_stop, ids, wish, path))

    # -- asking ----------------------------------------------------------------------------------------------------

    def _ask(self, question: str, answer: str, then: Callable[[str], None]) -> None:
        """Does something with the line that is typed, unless Esc was."""

        def answered(line: str | None) -> None:
            if line is not None:
                self._guard(lambda: then(line))

        self._desk.screen.app.push_screen(AskLine(question, answer), answered)

    def _unless_there(self, path: Path, then: Callable[[], None]) -> None:
        """Does it at once where there is no such file, else only after a yes."""
        if not os.path.lexists(path):
            then()
            return

        def answered(line: str) -> None:
            if line.strip().casefold() in ("y", "yes"):
                then()
            else:
                self._desk.say(f"{path} is left as it was")

        self._ask("that file is there already; replace it? (y or n)", "", answered)

    def _guard(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except SendingError as error:
            self._desk.complain(str(error))


def _exported(library: Library, must_stop: Callable[[], bool], ids: Sequence[int], wish: ExportWish, path: Path) -> str:
    """Writes the articles; says what was done. Runs on the sending thread."""
    left_out: list[str] = []

    def open_article(row: HeadlineRow) -> OpenedArticle | None:
        if must_stop():
            raise QueryInterrupted("the reader is being left")
        opened = library.open(row)
        if isinstance(opened, Problem):
            left_out.append(opened.path)
            return None
        return opened

    files.write(path, exports.lines(wish.form, _rows(library, ids), open_article, wish.by), may_replace=True)
    said = f"{len(ids) - len(set(left_out)):,} articles written to {path}"
    return said + (f"; {len(set(left_out)):,} could not be read" if left_out else "")


def _rows(library: Library, ids: Sequence[int]) -> Iterator[HeadlineRow]:
    for start in range(0, len(ids), _PAGE):
        yield from library.rows([ArticleId(number) for number in ids[start : start + _PAGE]], with_entities=True)


def _name_of(row: HeadlineRow) -> str:
    return files.safe_name(row.published.day if row.published else None, row.headline, ".md")


def _form_of(path: Path) -> exports.Form:
    """The form that a file's ending asks for; Markdown for any other."""
    return next((form for form, ending in exports.ENDINGS.items() if ending == path.suffix), "markdown")
