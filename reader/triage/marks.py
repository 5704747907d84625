"""One person's marks: facts about articles, each change journalled in the transaction that makes it.

A mark is a set of facts (archive, article key, field, value). A step is all that one key press or one command
changed; its journal rows hold the values before and after, so any step can be undone at any time, by any session.
The file is the only copy of what a person did: nothing here is acknowledged before it is on disk.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from heapq import merge
from itertools import groupby

from reader.database import Database, Row, batches, placeholders
from reader.model import UNMARKED, ArticleKey, Mark
from reader.paths import own_key, shown_path, stored_path
from reader.triage.past import Past
from reader.triage.undo import Change, Plan, Spot, Value, forwards, plan
from reader.triage.verbs import QUEUED, TAG, Verdict, said

_FIELDS = {"read": "is_read", "starred": "is_starred", "skipped": "is_skipped", "queued": "is_queued"}

_HAS_PART = "EXISTS (SELECT 1 FROM journal WHERE journal.step = steps.id AND journal.archive = archives.id)"
"""Whether a step changed something in an archive."""
_STATE = "ifnull((SELECT apart.state FROM apart WHERE apart.step = steps.id AND apart.archive = archives.id), steps.state)"
"""In which state a step is in an archive."""

_AT_ONCE = 4096
"""Facts that are written together."""

Article = tuple[str, ArticleKey]
"""An archive's path and the key of one of its articles."""

Fact = tuple[str, ArticleKey, str, Value]
"""What one field of one article's mark is to hold: archive, key, field, value."""

LongKeys = Callable[[Iterable[Article]], Mapping[Article, ArticleKey]]
"""The longer keys of those of some articles, given by their own keys, that are listed by one (`reader.paths`)."""


@dataclass(frozen=True, slots=True)
class MarksChanged:
    """What one step, undo or redo wrote."""

    said: str
    changes: tuple[Change, ...]
    skipped: tuple[Spot, ...] = ()
    """What an undo left alone because it was changed since."""


class Marks:
    """The marks of one user on the archives that are open. One thread at a time.

    Takes and gives the keys that articles are listed by, and keeps the articles' own.
    """

    def __init__(self, database: Database, archives: Sequence[str], long_keys: LongKeys = lambda _: {}) -> None:
        """`archives` are known to the file already."""
        self._database = database
        self._long_keys = long_keys
        rows = database.rows(f"SELECT id, path FROM archives WHERE path IN ({placeholders(archives)})", list(map(stored_path, archives)))
        self._ids = {shown_path(path): int(number) for number, path in rows}
        self._paths = {number: path for path, number in self._ids.items()}

    def close(self) -> None:
        """Lets go of its files; nothing can be asked of it any more."""
        self._database.close()

    def of(self, articles: Iterable[Article]) -> dict[Article, Mark]:
        """The marks of these articles; unmarked ones are left out."""
        by_archive: dict[str, dict[ArticleKey, ArticleKey]] = {}
        for archive, key in articles:
            by_archive.setdefault(archive, {})[own_key(archive, key)] = key
        facts: dict[Article, dict[str, str]] = {}
        for archive, keys in by_archive.items():
            for some in batches(list(keys)):
                sql = f"SELECT key, field, value FROM marks WHERE archive = ? AND key IN ({placeholders(some)})"
                for key, name, value in self._database.rows(sql, (self._ids[archive], *some)):
                    facts.setdefault((archive, keys[key]), {})[name] = value
        return {article: _mark(found) for article, found in facts.items()}

    def give(self, verdict: Verdict, articles: Sequence[Article]) -> MarksChanged:
        """Gives one verdict on each article, as one step. What it would not change is not journalled."""
        with self._database.transaction():
            return self._write(self._facts(verdict, articles), verdict.past)

    def toggle(self, setting: Verdict, unsetting: Verdict, articles: Sequence[Article]) -> MarksChanged:
        """Sets the field where any article lacks it, else takes it from all."""
        with self._database.transaction():
            now = self._now([Spot(*article, setting.field) for article in _own(articles)])
            verdict = unsetting if now and all(value is not None for value in now.values()) else setting
            return self._write(self._facts(verdict, articles), verdict.past)

    def change(self, facts: Sequence[Fact], past: str) -> MarksChanged:
        """Writes any facts as one step; `past` says what they were ("Tagged later:")."""
        with self._database.transaction():
            return self._write([(archive, own_key(archive, key), name, value) for archive, key, name, value in facts], past)

    def rename_tag(self, old: str, new: str) -> MarksChanged:
        """Gives `new` to every article that has `old`, in its stead: one step. A tag that is there already is merged into."""
        with self._database.transaction():
            sql = f"SELECT archive, key FROM marks WHERE field = ? AND archive IN ({placeholders(self._ids)})"
            tagged = [(self._paths[row[0]], ArticleKey(row[1])) for row in self._database.rows(sql, (TAG + old, *self._ids.values()))]
            facts = [(*article, TAG + name, value) for article in tagged for name, value in ((old, None), (new, "1"))]
            return self._write(facts if old != new else [], f"Renamed tag {old} to {new} on")

    def queue(self) -> tuple[Article, ...]:
        """The reading queue, in the order it is to be read."""
        return tuple(self._listed([article for article, _ in self._queued()]))

    def reorder(self, articles: Sequence[Article]) -> MarksChanged:
        """Puts the queue in this order, as one step; what isn't queued any more stays out, what was queued since comes last."""
        with self._database.transaction():
            queued = dict(self._queued())
            wanted = dict.fromkeys(_own(articles))
            order = [*(article for article in wanted if article in queued), *(article for article in queued if article not in wanted)]
            return self._write([(*article, QUEUED, str(place)) for place, article in enumerate(order, 1)], "Moved in the queue:")

    def go_to(self, step: int) -> MarksChanged | None:
        """Goes back, or forward again, to where `step` was the last one done; 0 is before all of them. None where it is so already.

        Every step between is undone or done again; values changed since by others are left alone and named.
        """
        with self._database.transaction():
            back = self._steps("done", "id > ? ORDER BY id DESC", step)
            on = self._steps("undone", "id <= ? ORDER BY id", step)
            turned = [self._turn_step(row[0], back=True) for row in back] + [self._turn_step(row[0], back=False) for row in on]
        if not turned:
            return None
        writes = tuple(change for each in turned for change in each.writes)
        skipped = tuple(dict.fromkeys(spot for each in turned for spot in each.skipped))
        steps = f"{len(turned):,} step{'' if len(turned) == 1 else 's'}"
        return self._told(f"{steps} {'taken back' if back else 'done again'}", writes, skipped)

    def undo(self) -> MarksChanged | None:
        """Turns the last step back; None when there is none. Values changed since are left alone and named."""
        return self._turn(back=True)

    def redo(self) -> MarksChanged | None:
        """Does the last undone step again; None when there is none."""
        return self._turn(back=False)

    def past(self) -> Past:
        """Every step on these archives, but those that a new one took the place of."""
        done = {row[0] for row in self._steps("done")}
        undone = {row[0] for row in self._steps("undone")} - done
        return Past(self._database, array("q", sorted(done | undone, reverse=True)), undone)

    def turn(self) -> int:
        """A number that grows with every step, undo and redo of any session."""
        found = self._database.row("SELECT max(turned) FROM steps")
        return (found[0] or 0) if found else 0

    def changed_since(self, turn: int) -> set[Article]:
        """The articles that any session has marked after `turn`."""
        sql = f"""SELECT DISTINCT j.archive, j.key FROM steps s JOIN journal j ON j.step = s.id
                  WHERE s.turned > ? AND j.archive IN ({placeholders(self._ids)})"""
        rows = self._database.rows(sql, (turn, *self._ids.values()))
        return set(self._listed([(self._paths[archive], ArticleKey(key)) for archive, key in rows]))

    def tags(self) -> dict[str, int]:
        """The user's tags on these archives, each with its number of articles."""
        sql = f"SELECT field, count(*) FROM marks WHERE archive IN ({placeholders(self._ids)}) AND field LIKE 'tag:%' GROUP BY field"
        return {name.removeprefix(TAG): count for name, count in self._database.rows(sql, tuple(self._ids.values()))}

    def visit(self, now: datetime) -> datetime | None:
        """Notes that this person looks now; gives when they looked before."""
        last = None
        with self._database.transaction():
            for number in self._ids.values():
                found = self._database.row("SELECT this FROM visits WHERE archive = ?", (number,))
                if found and found[0] and (last is None or found[0] < last):
                    last = found[0]
                self._database.run(
                    """INSERT INTO visits (archive, last, this) VALUES (?, NULL, ?)
                       ON CONFLICT (archive) DO UPDATE SET last = this, this = excluded.this""",
                    (number, now.isoformat()),
                )
        return datetime.fromisoformat(last) if last else None

    def last_visit(self) -> datetime | None:
        """When this person looked at these archives last, without noting a new visit."""
        sql = f"SELECT min(this) FROM visits WHERE archive IN ({placeholders(self._ids)})"
        found = self._database.row(sql, tuple(self._ids.values()))
        return datetime.fromisoformat(found[0]) if found and found[0] else None

    def keep_place(self, place: str) -> None:
        """Remembers where the person was, as text that only the screen reads."""
        with self._database.transaction():
            for number in self._ids.values():
                self._database.run("INSERT OR REPLACE INTO places (archive, place) VALUES (?, ?)", (number, place))

    def place(self) -> str | None:
        """What `keep_place` was last given."""
        found = self._database.row(f"SELECT place FROM places WHERE archive IN ({placeholders(self._ids)})", tuple(self._ids.values()))
        return found[0] if found else None

    # -- inside a transaction --------------------------------------------------------------------------------------

    def _facts(self, verdict: Verdict, articles: Sequence[Article]) -> list[Fact]:
        """What a verdict writes; what is queued goes behind all that is queued already."""
        if verdict.field != QUEUED or verdict.value is None:
            return [(*article, verdict.field, verdict.value) for article in _own(articles)]
        places = dict(self._queued())
        last = max(places.values(), default=0)
        added = [article for article in dict.fromkeys(_own(articles)) if article not in places]
        return [(*article, QUEUED, str(place)) for place, article in enumerate(added, last + 1)]

    def _queued(self) -> list[tuple[Article, int]]:
        """The reading queue with each article's place in it."""
        sql = f"""SELECT archive, key, CAST(value AS INTEGER) AS place FROM marks WHERE archive IN ({placeholders(self._ids)}) AND field = ?
                  ORDER BY place, archive, key"""
        rows = self._database.rows(sql, (*self._ids.values(), QUEUED))
        return [((self._paths[archive], ArticleKey(key)), place) for archive, key, place in rows]

    def _write(self, facts: Sequence[Fact], past: str) -> MarksChanged:
        """One step of all that the facts change, a few thousand at a time: those of a whole archive would take a gigabyte."""
        step, changes = None, list[Change]()
        for wanted in self._in_order(facts):
            now = self._now(wanted)
            some = [Change(spot, now[spot], value) for spot, value in wanted.items() if now[spot] != value]
            if some:
                step = step or self._new_step()
                self._store(some)
                self._database.run_many(
                    "INSERT INTO journal (step, archive, key, field, before, after) VALUES (?, ?, ?, ?, ?, ?)",
                    [(step, *self._place(change.spot), change.before, change.after) for change in some],
                )
                changes += some
        words = said(past, _count(changes))
        if step is not None:
            self._database.run("UPDATE steps SET said = ? WHERE id = ?", (words, step))
        return self._told(words, changes)

    def _new_step(self) -> int:
        """The number of a step that says nothing yet; what was undone before it can't be done again."""
        for step, _ in self._steps("undone"):
            self._put(step, self._parts(step, "undone"), "dropped")
        return self._database.insert(
            "INSERT INTO steps (at, said, turned) VALUES (?, '', ?)", (datetime.now(UTC).isoformat(), self.turn() + 1)
        )

    def _in_order(self, facts: Sequence[Fact]) -> Iterator[dict[Spot, Value]]:
        """The facts in the order in which the file keeps them, some thousand spots at a time; of several on one spot the last.

        Many rows are written faster in that order. Sorted is little at once, as no other thread has its turn meanwhile.
        """

        def place(fact: Fact) -> tuple[int, str, str]:
            return self._ids[fact[0]], fact[1], fact[2]

        wanted: dict[Spot, Value] = {}
        for archive, key, name, value in merge(*(sorted(some, key=place) for some in batches(facts, _AT_ONCE)), key=place):
            spot = Spot(archive, key, name)
            if len(wanted) == _AT_ONCE and spot not in wanted:
                yield wanted
                wanted = {}
            wanted[spot] = value
        if wanted:
            yield wanted

    def _told(self, words: str, changes: Sequence[Change], skipped: Sequence[Spot] = ()) -> MarksChanged:
        long_keys = self._long_keys({(spot.archive, spot.key) for spot in (*(change.spot for change in changes), *skipped)})

        def listed(spot: Spot) -> Spot:
            return replace(spot, key=long_keys.get((spot.archive, spot.key), spot.key))

        if long_keys:
            changes = [replace(change, spot=listed(change.spot)) for change in changes]
            skipped = [listed(spot) for spot in skipped]
        return MarksChanged(words, tuple(changes), tuple(skipped))

    def _listed(self, articles: Sequence[Article]) -> list[Article]:
        """The articles by the keys that they are listed by."""
        long_keys = self._long_keys(articles)
        return [(archive, long_keys.get((archive, key), key)) for archive, key in articles]

    def _turn(self, *, back: bool) -> MarksChanged | None:
        with self._database.transaction():
            found = self._steps("done", "TRUE ORDER BY id DESC LIMIT 1") if back else self._steps("undone", "TRUE ORDER BY id LIMIT 1")
            if not found:
                return None
            step, words = found[0]
            turned = self._turn_step(step, back=back)
            if self._elsewhere(step, tuple(self._ids.values())):
                words += f" ({_count(turned.writes):,} of them, in the archives that are open)"
        return self._told(words, turned.writes, turned.skipped)

    def _turn_step(self, step: int, *, back: bool) -> Plan:
        """Turns a step in those of the open archives in which it isn't turned yet."""
        writes, skipped = list[Change](), list[Spot]()
        parts = self._parts(step, "done" if back else "undone")
        sql = f"SELECT archive, key, field, before, after FROM journal WHERE step = ? AND archive IN ({placeholders(parts)})"
        for rows in self._database.chunks(sql, (step, *parts)):
            turned = self._turn_plan(rows, back=back)
            self._store(turned.writes)
            writes += turned.writes
            skipped += turned.skipped
        self._put(step, parts, "undone" if back else "done")
        self._database.run("UPDATE steps SET turned = ? WHERE id = ?", (self.turn() + 1, step))
        return Plan(tuple(writes), tuple(skipped))

    def _turn_plan(self, rows: Sequence[Row], *, back: bool) -> Plan:
        changes = tuple(
            Change(Spot(self._paths[archive], ArticleKey(key), name), before, after) for archive, key, name, before, after in rows
        )
        if not back:
            changes = forwards(changes)
        return plan(changes, self._now([change.spot for change in changes]))

    def _steps(self, state: str, those: str = "TRUE", *values: int) -> list[Row]:
        """Number and words of the steps that are in this state in an open archive, as far as they are also `those` (SQL)."""
        sql = f"""SELECT id, said FROM steps WHERE (state = ? OR id IN (SELECT step FROM apart WHERE state = ?)) AND EXISTS (
                      SELECT 1 FROM archives WHERE archives.id IN ({placeholders(self._ids)}) AND {_HAS_PART} AND {_STATE} = ?
                  ) AND {those}"""
        return self._database.rows(sql, (state, state, *self._ids.values(), state, *values))

    def _parts(self, step: int, state: str) -> tuple[int, ...]:
        """The open archives in which a step is in this state."""
        sql = f"""SELECT archives.id FROM archives, steps WHERE steps.id = ? AND archives.id IN ({placeholders(self._ids)})
                  AND {_HAS_PART} AND {_STATE} = ?"""
        return tuple(row[0] for row in self._database.rows(sql, (step, *self._ids.values(), state)))

    def _put(self, step: int, parts: Sequence[int], state: str) -> None:
        """Notes in which state a step is in some of its archives: once for all of them, where it is in it in the others too."""
        if any(other != state for other in self._elsewhere(step, parts)):
            sql = "INSERT OR REPLACE INTO apart (step, archive, state) VALUES (?, ?, ?)"
            self._database.run_many(sql, [(step, part, state) for part in parts])
        else:
            self._database.run("UPDATE steps SET state = ? WHERE id = ?", (state, step))
            self._database.run("DELETE FROM apart WHERE step = ?", (step,))

    def _elsewhere(self, step: int, parts: Sequence[int]) -> list[str]:
        """The states of a step in its other archives."""
        sql = f"""SELECT {_STATE} FROM archives, steps WHERE steps.id = ? AND archives.id NOT IN ({placeholders(parts)}) AND {_HAS_PART}"""
        return [row[0] for row in self._database.rows(sql, (step, *parts))]

    def _now(self, spots: Iterable[Spot]) -> dict[Spot, Value]:
        """What each spot holds."""
        by_field: dict[tuple[str, str], list[Spot]] = {}
        for spot in spots:
            by_field.setdefault((spot.archive, spot.field), []).append(spot)
        now: dict[Spot, Value] = {}
        for (archive, name), some in by_field.items():
            held = self._held(self._ids[archive], name, [spot.key for spot in some])
            now.update((spot, held.get(spot.key)) for spot in some)
        return now

    def _held(self, archive: int, name: str, keys: Sequence[ArticleKey]) -> dict[ArticleKey, str]:
        """What a field holds for those of the keys that have it."""
        held: dict[ArticleKey, str] = {}
        for some in batches(keys):
            sql = f"SELECT key, value FROM marks WHERE archive = ? AND field = ? AND key IN ({placeholders(some)})"
            held.update(self._database.rows(sql, (archive, name, *some)))
        return held

    def _place(self, spot: Spot) -> tuple[int, str, str]:
        return self._ids[spot.archive], spot.key, spot.field

    def _store(self, changes: Sequence[Change]) -> None:
        spots = [(*self._place(change.spot), change.after) for change in changes]
        self._database.run_many(
            "DELETE FROM marks WHERE archive = ? AND key = ? AND field = ?", [spot[:3] for spot in spots if spot[3] is None]
        )
        self._database.run_many(
            "INSERT OR REPLACE INTO marks (archive, key, field, value) VALUES (?, ?, ?, ?)", [spot for spot in spots if spot[3] is not None]
        )


def _count(changes: Iterable[Change]) -> int:
    """How many articles they are about, those of one beside each other."""
    return sum(1 for _ in groupby(changes, key=lambda change: (change.spot.archive, change.spot.key)))


def _own(articles: Iterable[Article]) -> list[Article]:
    """The articles by their own keys."""
    return [(archive, own_key(archive, key)) for archive, key in articles]


def _mark(facts: Mapping[str, str]) -> Mark:
    if not facts:
        return UNMARKED
    flags = {name: column in facts for column, name in _FIELDS.items()}
    tags = tuple(sorted(name.removeprefix(TAG) for name in facts if name.startswith(TAG)))
    return Mark(**flags, tags=tags, note=facts.get("note"))
