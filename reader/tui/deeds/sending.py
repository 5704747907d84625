"""Taking articles out of the reader: to the clipboard, a program, a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from reader.errors import QueryInterrupted, SendingError
from reader.library import Library
from reader.model import ArticleId, HeadlineRow, OpenedArticle, Problem
from reader.sending import citations, commands, exports, files, whole
from reader.sending.briefing import Grouping
from reader.tui.desk import Deed, Desk
from reader.tui.export_panel import ExportPanel, ExportWish
from reader.tui.outside import Outside
from reader.tui.prompt import Offer, Prompt

_PAGE = 200
_MOST_AT_ONCE = 100
"""Articles that a key press reads and hands on itself; more are for an export."""
_MOST_COMMANDS = 10


class Sending:
    """Copying, piping, saving, exporting."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._outside = Outside(desk)
        self._cited: tuple[list[int], int] | None = None
        """The articles cited last, and in which of the styles."""
        self._commands: list[str] = []
        """The commands typed, the last one first."""

    def table(self) -> Mapping[str, Deed]:
        """What each action of sending does."""
        return {
            "copy-link": lambda _: self._with_rows(self._copy_links),
            "copy-citation": lambda _: self._with_rows(self._copy_citations),
            "pipe": lambda _: self._with_rows(self._ask_command),
            "save": lambda _: self._with_rows(self._ask_file),
            "pager": lambda _: self._with_rows(self._page),
            "editor": lambda _: self._with_rows(self._edit),
            "export": lambda _: self._ask_export(),
        }

    def _with_rows(self, deed: Callable[[Sequence[HeadlineRow]], None]) -> None:
        """Does it to the articles that a verdict would be about."""
        ids = self._desk.targets()
        if not ids or len(ids) > _MOST_AT_ONCE:
            self._desk.say(f"{len(ids):,} articles are too many at once; E exports them" if ids else "there is no article here")
            return
        try:
            deed(self._desk.library.rows([ArticleId(number) for number in ids]))
        except SendingError as error:
            self._desk.complain(str(error))

    def _read(self, rows: Sequence[HeadlineRow]) -> list[OpenedArticle]:
        return [_sound(self._desk.library.read(row)) for row in rows]

    # -- the clipboard ---------------------------------------------------------------------------------------------

    def _copy_links(self, rows: Sequence[HeadlineRow]) -> None:
        links = [link for row in rows if (link := whole.link_of(row))]
        if passage := self._desk.screen.get_selected_text():
            self._outside.copy(passage, "passage")
        elif links:
            self._outside.copy("\n".join(links), "link" if len(links) == 1 else f"{len(links):,} links")
        else:
            self._desk.say("no link is named here that could be copied; Y copies a citation")

    def _copy_citations(self, rows: Sequence[HeadlineRow]) -> None:
        settings = self._desk.settings
        styles = citations.styles(settings.citations, settings.citation)
        if passage := self._desk.screen.get_selected_text():
            self._outside.copy(citations.quote(passage, citations.cite(rows[0], styles[0], settings.citations)), "passage with its source")
            return
        ids: list[int] = [row.id for row in rows]
        number = (self._cited[1] + 1) % len(styles) if self._cited and self._cited[0] == ids else 0
        self._cited = ids, number
        style, following = styles[number], styles[(number + 1) % len(styles)]
        text = "\n\n".join(citations.cite(row, style, settings.citations) for row in rows)
        what = "citation" if len(rows) == 1 else f"{len(rows):,} citations"
        self._outside.copy(text, f"{what} ({style})", f" · again: {following}")

    # -- programs --------------------------------------------------------------------------------------------------

    def _ask_command(self, rows: Sequence[HeadlineRow]) -> None:
        def answer(line: str) -> str | None:
            return self._wrong(lambda: self._pipe(rows, line))

        said = "" if len(rows) == 1 else f"{len(rows):,} articles"
        self._desk.open_drawer(Prompt("pipe to: ", answer, offers=self._offers, said=said))

    def _offers(self, typed: str) -> list[Offer]:
        return [Offer(line, line) for line in self._commands if line.startswith(typed)]

    def _pipe(self, rows: Sequence[HeadlineRow], line: str) -> None:
        command = commands.words_of(line)
        self._commands = list(dict.fromkeys((line, *self._commands)))[:_MOST_COMMANDS]
        self._outside.run(command, "\n".join(map(whole.markdown, self._read(rows))), waits=True)

    def _page(self, rows: Sequence[HeadlineRow]) -> None:
        self._outside.run(commands.pager(os.environ), "\n".join(map(whole.text, self._read(rows))))

    def _edit(self, rows: Sequence[HeadlineRow]) -> None:
        """Shows a copy, which is gone when the editor is: the archive is never written to."""
        try:
            with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
                copy = Path(folder) / _name_of(rows)
                files.write(copy, map(whole.markdown, self._read(rows)))
                self._outside.run([*commands.editor(os.environ), str(copy)])
        except OSError as error:
            raise SendingError(f"no copy can be made: {error.strerror or error}") from error

    # -- files -----------------------------------------------------------------------------------------------------

    def _ask_file(self, rows: Sequence[HeadlineRow]) -> None:
        def answer(line: str) -> str | None:
            return self._wrong(lambda: self._save(rows, line))

        self._desk.open_drawer(Prompt("save as: ", answer, text=_name_of(rows)))

    def _save(self, rows: Sequence[HeadlineRow], typed: str) -> None:
        path = files.destination(typed, _name_of(rows), self._desk.library.archives)
        self._unless_there(path, lambda: self._write(path, rows))

    def _write(self, path: Path, rows: Sequence[HeadlineRow]) -> None:
        if path.suffix == ".txt":
            lines: Iterable[str] = map(whole.text, self._read(rows))
        else:
            form = _form_of(path)
            opening = _opening(self._desk.library, form, None)
            lines = exports.lines(form, rows, lambda row: _sound(opening(row)))
        files.write(path, lines, may_replace=True)
        self._desk.say(f"saved as {path}")

    def _ask_export(self) -> None:
        if self._desk.is_searching and not self._desk.session.selected():
            self._desk.say("still searching; exported is what there is when all is found")
        else:
            self._desk.when_known(self._ask_export_of_all)

    def _ask_export_of_all(self) -> None:
        listed = self._desk.session.answer.ids
        ids = self._desk.session.selected() or listed
        if not ids:
            self._desk.say("nothing is listed")
            return
        self._desk.open_drawer(ExportPanel(len(ids), lambda wish: self._wrong(lambda: self._export(ids, wish))))

    def _export(self, ids: Sequence[int], wish: ExportWish) -> None:
        path = files.destination(wish.file, f"briefing{exports.ENDINGS[wish.form]}", self._desk.library.archives)
        self._unless_there(path, lambda: self._start_export(ids, wish, path))

    def _start_export(self, ids: Sequence[int], wish: ExportWish, path: Path) -> None:
        self._desk.say(f"writing {len(ids):,} articles to {path}…")
        self._desk.work.send(lambda library, must_stop: _exported(library, must_stop, ids, wish, path))

    # -- asking ----------------------------------------------------------------------------------------------------

    def _unless_there(self, path: Path, then: Callable[[], None]) -> None:
        """Does it at once where there is no such file, else only after a yes."""
        if not os.path.lexists(path):
            then()
            return

        def answer(line: str) -> str | None:
            if line.strip().casefold() in ("y", "yes"):
                return self._wrong(then)
            self._desk.say(f"left as it was: {path}")
            return None

        self._desk.open_drawer(Prompt("that file is there already; replace it? (y or n) ", answer))

    def _wrong(self, deed: Callable[[], None]) -> str | None:
        """Does it; gives what went wrong, or None."""
        try:
            deed()
        except SendingError as error:
            return str(error)
        return None


def _exported(library: Library, must_stop: Callable[[], bool], ids: Sequence[int], wish: ExportWish, path: Path) -> str:
    """Writes the articles; says what was done. Runs on the sending thread."""
    left_out: list[str] = []
    opening = _opening(library, wish.form, wish.by)

    def open_article(row: HeadlineRow) -> OpenedArticle | None:
        if must_stop():
            raise QueryInterrupted("the reader is being left")
        opened = opening(row)
        if isinstance(opened, Problem):
            left_out.append(opened.path)
            return None
        return opened

    files.write(path, exports.lines(wish.form, _rows(library, ids), open_article, wish.by), may_replace=True)
    said = f"{len(ids) - len(set(left_out)):,} articles written to {path}"
    return said + (f"; {len(set(left_out)):,} could not be read" if left_out else "")


def _opening(library: Library, form: exports.Form, by: Grouping | None) -> Callable[[HeadlineRow], OpenedArticle | Problem]:
    return library.open if exports.needs_mentions(form, by) else library.read


def _sound(opened: OpenedArticle | Problem) -> OpenedArticle:
    """An article that could be read. Raises SendingError for one that couldn't."""
    if isinstance(opened, Problem):
        raise SendingError(f"{opened.what}: {opened.path}")
    return opened


def _rows(library: Library, ids: Sequence[int]) -> Iterator[HeadlineRow]:
    for start in range(0, len(ids), _PAGE):
        yield from library.rows([ArticleId(number) for number in ids[start : start + _PAGE]], with_entities=True)


def _name_of(rows: Sequence[HeadlineRow]) -> str:
    if len(rows) != 1:
        return "articles.md"
    return files.safe_name(rows[0].published.day if rows[0].published else None, rows[0].headline, ".md")


def _form_of(path: Path) -> exports.Form:
    """The form that a file's ending asks for; Markdown for any other."""
    return next((form for form, ending in exports.ENDINGS.items() if ending == path.suffix), "markdown")
