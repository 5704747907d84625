"""Writing the index: one transaction takes what was read and what was removed, and says what changed.

Belongs to the one thread that indexes. Ids come from `reader.index.ids`; the words of an article that went stay in
the full-text table (it holds no text, so it can't take them out again) and are left out by joining `timeline`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from reader.database import Database, batches, placeholders
from reader.errors import IndexFileError
from reader.index import ids, lately, schema
from reader.index.additions import Heritage, Known, add, known_files
from reader.index.keys import Keys
from reader.index.labels import LabelWriter, labels_of, split_column
from reader.index.names import NameWriter
from reader.index.reading import Entry, Reading
from reader.index.stamps import KnownStamps
from reader.model import ArticleId, ArticleKey, Effect, IndexChange, Problem
from reader.paths import StoredPath, path_key, shown_path, stored_path

if TYPE_CHECKING:
    from reader.index.workers import Named


_BEYOND_IDS = 1 << 62
_HANDFUL = 512
"""Articles looked up together that wait for their names."""
_FEW = 1000
"""Articles whose index is so small that nobody minds what is free in it."""


@dataclass(slots=True)
class _Tally:
    """What one transaction did, gathered while it runs."""

    labels: LabelWriter
    added: list[ArticleKey] = field(default_factory=list)
    changed: list[ArticleKey] = field(default_factory=list)
    removed: list[ArticleKey] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    declared: set[str] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    """Ids that came, went or have another key."""


class _Claimant(NamedTuple):
    """An article whose front matter has an id of its own."""

    id: int
    key: str
    path: StoredPath
    file: int


class ArticleWriter:
    """Writes one archive set's articles through a connection of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names = NameWriter(database)
        self._roots = {shown_path(path): int(root) for root, path in database.rows("SELECT id, path FROM roots")}

    def apply(self, root: str, readings: Sequence[Reading], removed: Iterable[str] = ()) -> IndexChange:
        """Puts readings in and takes removed paths out, all or nothing.

        A file that vanished while another with the same bytes appeared keeps its key. Days on which no id is free
        between two articles are placed anew: their paths come from `crowded`, which callers ask first.
        """
        tally = _Tally(LabelWriter(self._database))
        root_id = self._roots[root]
        gone = list(removed)
        with self._transaction():
            heritages = self._heritages(root_id, gone)
            known = self._known_files(root_id, readings)
            for reading in readings:
                key = self._remove_article(known[reading.path].article, tally) if reading.path in known else None
                if key is not None and reading.article is None:
                    tally.removed.append(key)
            for path in gone:
                self._remove_file(root_id, path, tally)
            self._add(root, readings, known, heritages, tally)
            KnownStamps(self._database, root_id).forget([*gone, *(reading.path for reading in readings)])
            self._settle_declared_keys(tally)
            tally.labels.settle()
            self._names.settle()
            revision = self._bump(len(tally.added) - len(tally.removed))
            lately.note(self._database, revision, sorted(tally.touched))
        return IndexChange(revision, tuple(tally.added), tuple(tally.changed), tuple(tally.removed), tuple(tally.problems))

    def crowded(self, root: str, readings: Sequence[Reading]) -> list[str]:
        """Paths of indexed files that must be read again together with `readings`, for ids to be free in order."""
        root_id = self._roots[root]
        stale = {file.article for file in self._known_files(root_id, readings).values() if file.article is not None}
        paths: list[str] = []
        for day_index, articles in _by_day(readings).items():
            taken = [(at, order) for at, order in self._taken(day_index) if at not in stale]
            if not taken:
                continue
            try:
                ids.place(taken, [*self._dead(day_index), *stale], [article.published for article in articles])
            except ids.CrowdedDay:
                paths += self._paths_of_day(root_id, day_index)
        known = {reading.path for reading in readings}
        return [path for path in paths if path not in known]

    def pending(self) -> PendingArticles:
        """The articles whose names are not known yet."""
        return PendingArticles(self._database)

    def set_names(self, found: Iterable[Named]) -> int:
        """Stores what each article names; gives the new revision."""
        with self._transaction():
            self._names.add(found)
            return self._bump(0)

    def add_problem(self, article_id: ArticleId, what: str, effect: Effect) -> None:
        """Names the file of an article among the problems, for something found after it was read."""
        with self._database.transaction():
            sql = "INSERT INTO problems (file, line, what, effect) SELECT file, NULL, ?, ? FROM articles WHERE id = ?"
            self._database.run(sql, (what, effect, article_id))
            self._database.run(f"UPDATE timeline SET flags = flags | {schema.HAS_PROBLEM} WHERE id = ?", (article_id,))

    def set_unreadable(self, root: str, problems: Sequence[Problem]) -> None:
        """Remembers what a scan could not open, in place of what the scan before could not; but for what could be read since."""
        root_id = self._roots[root]
        read = KnownStamps(self._database, root_id).stamps([problem.path for problem in problems])
        problems = [problem for problem in problems if problem.path not in read]
        sql = "SELECT path, what FROM files JOIN problems ON file = id WHERE root = ? AND size < 0"
        if dict(self._database.rows(sql, (root_id,))) == {stored_path(problem.path): problem.what for problem in problems}:
            return
        with self._database.transaction():
            old = "SELECT id FROM files WHERE root = ? AND size < 0"
            self._database.run(f"DELETE FROM problems WHERE file IN ({old})", (root_id,))
            self._database.run("DELETE FROM files WHERE root = ? AND size < 0", (root_id,))
            nothing = [(Reading(problem.path, (-1, 0), b"", None, (problem,)), None) for problem in problems]
            add(self._database, (root_id, root), nothing, self._known_files(root_id, [reading for reading, _ in nothing]), {})

    def compact(self, should_stop: Callable[[], bool]) -> None:
        """Closes up an index that has doubled since it was last closed up: what comes newest first leaves a twentieth of it free.

        Not where others would have to wait for it, and not where there is no room for a second copy.
        """
        found: dict[str, int] = dict(self._database.rows("SELECT name, value FROM meta WHERE name IN ('articles', 'compacted')"))
        if found["articles"] < max(_FEW, 2 * found.get("compacted", 0)) or self._database.row("PRAGMA journal_mode") != ("wal",):
            return
        try:
            is_done = self._database.compact(should_stop)
        except IndexFileError as error:
            if error.trouble == "damaged":
                raise
            is_done = True
        if is_done:
            self._database.run("INSERT OR REPLACE INTO meta (name, value) VALUES ('compacted', ?)", (found["articles"],))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing, also of what is kept at hand of names."""
        try:
            with self._database.transaction():
                yield
        except BaseException:
            self._names.forget()
            raise

    # -- taking out ------------------------------------------------------------------------------------------------

    def _known_files(self, root_id: int, readings: Sequence[Reading]) -> dict[str, Known]:
        """By path, what these files were."""
        return known_files(self._database, root_id, [reading.path for reading in readings])

    def _heritages(self, root_id: int, gone: Sequence[str]) -> dict[bytes, Heritage]:
        """What vanishing files leave, by their digests."""
        heritages: dict[bytes, Heritage] = {}
        for path in gone:
            sql = """SELECT f.digest, f.id, CASE WHEN a.declared_key IS NULL THEN a.key END
                     FROM files f JOIN articles a ON a.id = f.article WHERE f.root = ? AND f.path = ?"""
            found = self._database.row(sql, (root_id, stored_path(path)))
            if found:
                heritages[found[0]] = Heritage(found[1], found[2])
        return heritages

    def _remove_file(self, root_id: int, path: str, tally: _Tally) -> None:
        found = self._database.row("SELECT id, article FROM files WHERE root = ? AND path = ?", (root_id, stored_path(path)))
        if found is None:
            return
        key = self._remove_article(found[1], tally)
        if key is not None:
            tally.removed.append(key)
        self._database.run("DELETE FROM problems WHERE file = ?", (found[0],))
        self._database.run("DELETE FROM files WHERE id = ?", (found[0],))

    def _remove_article(self, article_id: int | None, tally: _Tally) -> ArticleKey | None:
        if article_id is None:
            return None
        sql = """SELECT a.key, a.declared_key, a.categories, a.file_tags, a.language, a.source, a.byline, a.spellings
                 FROM articles a WHERE a.id = ?"""
        row = self._database.row(sql, (article_id,))
        if row is None:
            return None
        key, declared, categories, file_tags, language, source, byline, spellings = row
        labels = labels_of(split_column(categories), split_column(file_tags), language, source, byline)
        tally.labels.remove(ArticleId(article_id), labels)
        self._names.remove(article_id, spellings)
        for table in ("timeline", "articles"):
            self._database.run(f"DELETE FROM {table} WHERE id = ?", (article_id,))
        self._database.run("INSERT OR IGNORE INTO ghosts (id) VALUES (?)", (article_id,))
        tally.touched.add(article_id)
        if declared is not None:
            tally.declared.add(declared)
        return ArticleKey(key)

    # -- putting in ------------------------------------------------------------------------------------------------

    def _add(
        self, root: str, readings: Sequence[Reading], known: Mapping[str, Known], heritages: dict[bytes, Heritage], tally: _Tally
    ) -> None:
        placed = self._placed(readings)
        # The full-text tables must be given ascending ids: each step back makes them write out what they have gathered.
        in_order = sorted(readings, key=lambda reading: placed.get(reading.path, 0))
        additions = add(self._database, (self._roots[root], root), [(each, placed.get(each.path)) for each in in_order], known, heritages)
        tally.labels.put((each.id, each.reading.labels) for each in additions)
        tally.problems += (problem for reading in in_order for problem in reading.problems)
        tally.touched.update(each.id for each in additions)
        tally.declared.update(each.article.declared_key for each in additions if each.article.declared_key is not None)
        for each in additions:
            was = known.get(each.reading.path)
            (tally.changed if was and was.article is not None else tally.added).append(ArticleKey(each.article.declared_key or each.key))

    def _placed(self, readings: Sequence[Reading]) -> dict[str, ArticleId]:
        placed: dict[str, ArticleId] = {}
        paths: dict[int, list[str]] = {}
        for reading in readings:
            if reading.article is not None:
                paths.setdefault(ids.order_of(reading.article.published)[0], []).append(reading.path)
        for day_index, articles in _by_day(readings).items():
            new = ids.place(self._taken(day_index), self._dead(day_index), [article.published for article in articles])
            placed.update(zip(paths[day_index], new, strict=True))
        return placed

    def _taken(self, day_index: int) -> list[tuple[int, ids.Order]]:
        low, high = ids.id_range_of_day_index(day_index)
        sql = f"SELECT id, instant, flags & {schema.HAS_TIME} FROM timeline WHERE id >= ? AND id < ? ORDER BY id"
        if not day_index:
            # Undated articles have no order among them, so only the last id counts.
            sql += " DESC LIMIT 1"
        return [(row[0], (day_index, row[2], row[1] or 0)) for row in self._database.rows(sql, (low, high))]

    def _dead(self, day_index: int) -> list[int]:
        low, high = ids.id_range_of_day_index(day_index)
        return [row[0] for row in self._database.rows("SELECT id FROM ghosts WHERE id >= ? AND id < ?", (low, high))]

    def _paths_of_day(self, root_id: int, day_index: int) -> list[str]:
        low, high = ids.id_range_of_day_index(day_index)
        # By the articles, not the archive, which SQLite would take to hold few files: that is what CROSS says.
        sql = "SELECT f.path FROM articles a CROSS JOIN files f ON f.id = a.file WHERE a.id >= ? AND a.id < ? AND f.root = ?"
        return [shown_path(path) for (path,) in self._database.rows(sql, (low, high, root_id))]

    def _settle_declared_keys(self, tally: _Tally) -> None:
        """An id of the front matter is an article's key only while no other article of its archive claims it."""
        archives = {number: path for path, number in self._roots.items()}
        for root_id, claims in self._claims(tally).items():
            wanted = [
                (claim if len(claimants) == 1 else path_key(shown_path(each.path)), each)
                for claim, claimants in claims.items()
                for each in claimants
            ]
            keys = Keys(self._database, (root_id, archives[root_id]), [key for key, _ in wanted])
            for key, each in wanted:
                free = keys.give(key, each.file, had=each.key)
                if free != each.key:
                    self._database.run("UPDATE articles SET key = ? WHERE id = ?", (free, each.id))
                    tally.touched.add(each.id)

    def _claims(self, tally: _Tally) -> dict[int, dict[str, list[_Claimant]]]:
        """By archive and by each id of the front matter that this transaction met, who claims it."""
        claims: dict[int, dict[str, list[_Claimant]]] = {}
        for some in batches(sorted(tally.declared)):
            sql = f"""SELECT f.root, a.declared_key, a.id, a.key, f.path, a.file FROM articles a JOIN files f ON f.id = a.file
                      WHERE a.declared_key IN ({placeholders(some)})"""
            for root_id, claim, *article in self._database.rows(sql, some):
                claims.setdefault(root_id, {}).setdefault(claim, []).append(_Claimant(*article))
        return claims

    def _bump(self, articles: int) -> int:
        self._database.run("UPDATE meta SET value = value + ? WHERE name = 'articles'", (articles,))
        self._database.run("UPDATE meta SET value = value + 1 WHERE name = 'revision'")
        found = self._database.row("SELECT value FROM meta WHERE name = 'revision'")
        assert found is not None
        return int(found[0])


class PendingArticles:
    """Articles that wait for their names, newest first: id, archive and path; a handful in memory at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        found = database.row("SELECT count(*) FROM articles WHERE spellings IS NULL")
        self._length = int(found[0]) if found else 0

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[tuple[ArticleId, str, str]]:
        sql = """SELECT a.id, r.path, f.path FROM articles a JOIN files f ON f.id = a.file JOIN roots r ON r.id = f.root
                 WHERE a.spellings IS NULL AND a.id < ? ORDER BY a.id DESC LIMIT ?"""
        last = _BEYOND_IDS
        while rows := self._database.rows(sql, (last, _HANDFUL)):
            for article_id, root, path in rows:
                yield ArticleId(article_id), shown_path(root), shown_path(path)
            last = rows[-1][0]


def _by_day(readings: Sequence[Reading]) -> dict[int, list[Entry]]:
    days: dict[int, list[Entry]] = {}
    for reading in readings:
        if reading.article is not None:
            days.setdefault(ids.order_of(reading.article.published)[0], []).append(reading.article)
    return days
