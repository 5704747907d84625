"""Random small archives and random filters over the same few words, for the tests that ask one of the other.

Words are few, so that filters find something, and awkward: hyphens, acronyms, accents, curly quotes, and scripts without
spaces. Names come from the front matter alone, so that it doesn't matter how well names are recognised.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import TypeVar

from reader.database import Database
from reader.index.articles import ArticleWriter
from reader.index.reading import read
from reader.index.rows import RowReader
from reader.index.store import IndexFile
from reader.index.workers import Named
from reader.intake.parse import parse
from reader.model import Article, ArticleId, ArticleKey, Entity, Mark
from reader.query.results import Asker
from reader.triage.marks import Marks
from reader.triage.store import StateFile
from tests.builders import article_text, folder
from tests.core.oracle import Story

MOMENT = datetime(2024, 11, 15, 10, 30, tzinfo=timezone(timedelta(hours=7)))
"""When every question is asked: a Friday."""
VISIT = datetime(2024, 11, 14, 18, 42, tzinfo=timezone(timedelta(hours=7)))

PHRASES = [
    "flood", "Floods", "flooding", "the flood barrier", "COVID-19", "covid19", "e-mail", "email server", "U.S.",
    "U.S.-China talks", "us", "O’Brien", "obrien", "o'brien", "grève générale", "GREVE", "Élysée", "Zürich", "naïve",
    "rate cut", "rate", "cut", "24/7", "3.5%", "a", "x", "state-of-the-art", "mid-2024", "2023-24", "Москва", "москве", "Αθήνα",
    "القاهرة", "नई दिल्ली", "中国经济增长", "中国", "国人", "经", "AI技术", "東京オリンピック", "カタカナ", "서울시청",
    "서울", "ประเทศไทย", "น้ำท่วม",
    "ນະຄອນຫຼວງ", "ရန်ကုန်မြို့", "မြို့", "ភ្នំពេញ", "ពេញ",
]  # fmt: skip
LOOKED_FOR = [
    *PHRASES, "flo", "covid", "19", "covid-1", "e mail", "generale", "elysee", "zurich", "barrier flood", "flood barrier",
    "China", "talks", "U.S", "new", "state", "art", "of the", "мос", "αθηνα", "济增", "国经", "国", "人", "技术", "オリ", "リンピ", "カ",
    "울시", "서", "ไทย", "ท่วม", "ນະຄອນ", "ရန်ကုန်", "ភ្នំ", "Qiang", "budget", "absent", "zz", "later", "biden",
    "hlaing jean", "sport world", "ruiz us", "bank us", "anamaria",
]  # fmt: skip
CATEGORIES = ["WORLD", "World", "world", "SPORT", "Wörld", "World News", "Économie", "経済", "A & B"]
TAGS = ["budget", "Budget", "later", "deep read", "経済"]
SOURCES = ["bangkokpost.com", "Le Monde", "le monde", "BBC News"]
LANGUAGES = ["en", "fr", "pt-BR", "pt", "zh-Hans"]
BYLINES = ["George Orwell", "Jean d’Ormesson", "Ana-Maria Li", "王小明"]
NAMES = {
    "people": ["Joe Biden", "Min Aung Hlaing", "Li Qiang", "Jean O’Brien", "Ana-Maria Ruiz", "习近平"],
    "orgs": ["European Central Bank", "US Open", "Biden Foundation", "Qiang"],
    "places": ["United States", "China", "Lyon", "São Paulo", "New Delhi", "Myanmar"],
}
DATES = [
    None, "2024-11-15", "2024-11-14", "2024-11-10", "2024-11-01", "2024-10-31", "2024-03-15", "2023-12-31", "2022-02-28",
    "2024-02-29", "2024-11-15T10:00:00+07:00", "2024-11-15T10:29:59.500+07:00", "2024-11-15T00:10:00+07:00",
    "2024-11-14T23:50:00Z", "2024-11-14T18:42:00+07:00", "2024-11-14T08:00:00", "2024-11-14T01:00:00-11:00",
    "2024-11-13T23:30:00+14:00", "2024-03-01T00:30:00+05:30", "2024-02-29T23:59:59-08:00", "2024-11-15T03:30:00Z",
    "2024-11-15T10:30:00+07:00",
]  # fmt: skip
PATHS = ["2024/11/{}.md", "wire/flood-report/{}.md", "{}.md", "été/{}.md"]
PIECES = ["[a link](https://example.org/x)", "![a picture](p.png)", "| a | b |\n|---|---|\n| c | d |", "plain http://example.com words"]
NOTES = [None, None, None, "flood: call back", "中国 later", "my absent friend"]

WHENS = [
    "today", "yesterday", "monday", "friday", "sunday", "lastvisit", "1h", "16h", "24h", "100000h", "0d", "1d", "7d", "2w",
    "1m", "9m", "1y", "2024", "2023", "2024-11", "2024-02", "2024-03", "2024-11-14", "2024-11-15", "2024-02-29", "2022-02-28",
]  # fmt: skip
T = TypeVar("T")

REGEXES = ["flood", "^the", "[0-9]{2}", "rate|cut", "é", "post\\.com$", "中.", "\\bx\\b", "o.brien", "2024/11", "^$"]
SAVED = {"wet": "flood OR title:zürich", "mine": "is:starred -@wet limit:3", "Économie": "category:économie sort:words"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A file of a random archive, and what its reader has said of it."""

    path: str
    text: str
    minutes_ago: int
    """When it was written, before MOMENT."""
    mark: Mark


def drafts(chance: Random, count: int | None = None) -> list[Draft]:
    """The files of a random archive: a dozen at most, where `count` says nothing else."""
    return [_draft(chance, number) for number in range(count or chance.randint(1, 12))]


def filter_text(chance: Random) -> str:
    """A text in the filter language."""
    node = "" if chance.random() < 0.05 else _node(chance, chance.choice([1, 1, 2, 3, 3, 4, 6]))
    return " ".join(part for part in (node, _directives(chance)) if part)


@dataclass(frozen=True, slots=True)
class Archive:
    """An indexed archive, ready to be asked, and its stories as the oracle wants them."""

    asker: Asker
    database: Database
    """The connection that it asks through."""
    stories: Sequence[Story]


@contextmanager
def indexed(files: Sequence[Draft]) -> Iterator[Archive]:
    """The files written, read, indexed and marked, in a place of their own."""
    with tempfile.TemporaryDirectory() as place:
        root = str(folder(Path(place) / "wire", {each.path: each.text for each in files}))
        articles = {each.path: _parsed(each) for each in files}
        index = IndexFile(Path(place) / "cache", [root], print)
        ids = _write_index(index, root, files, articles)
        state = StateFile(Path(place) / "state.db", [root], print).open()
        Marks(state, [root]).change([(root, key, *fact) for each in files for key, fact in _facts(each)], "Marked")
        with closing(index.reading()) as database, closing(state):
            asker = Asker(database, state.uri, lambda _, path: articles[path].body)
            yield Archive(asker, database, [Story(articles[each.path], ids[each.path], _arrived(each), each.mark) for each in files])


# -- files -------------------------------------------------------------------------------------------------------------


def _draft(chance: Random, number: int) -> Draft:
    def some(pool: Sequence[T], most: int) -> list[T]:
        return chance.sample(pool, chance.randint(0, most))

    def maybe(value: T) -> T | None:
        return value if chance.random() < 0.7 else None

    def words() -> str:
        return f" {chance.choice(['', 'the', '—', ','])} ".join(chance.choices(PHRASES, k=chance.randint(1, 5)))

    fields: dict[str, object] = {
        "date": maybe(chance.choice(DATES)), "category": some(CATEGORIES, 2), "tags": some(TAGS, 2),
        "source": maybe(chance.choice(SOURCES)), "lang": maybe(chance.choice(LANGUAGES)), "author": maybe(chance.choice(BYLINES)),
        "description": maybe(words()),
        **{kind: some(names, 2) for kind, names in NAMES.items()},
    }  # fmt: skip
    text = article_text(words(), "\n\n".join([words(), *some(PIECES, 2)]), **{name: value for name, value in fields.items() if value})
    is_read, is_starred, is_skipped, is_queued = (chance.random() < 0.4 for _ in range(4))
    mark = Mark(is_read, is_starred, is_skipped, is_queued, tuple(sorted(some(TAGS, 2))), chance.choice(NOTES))
    return Draft(chance.choice(PATHS).format(number), text, chance.choice([1, 900, 948, 949, 100_000]), mark)


def _parsed(draft: Draft) -> Article:
    article = parse(draft.text.encode(), draft.path)
    assert isinstance(article, Article), article
    return article


def _arrived(draft: Draft) -> int:
    return int((MOMENT - timedelta(minutes=draft.minutes_ago)).timestamp() * 1000)


def _facts(draft: Draft) -> Iterator[tuple[ArticleKey, tuple[str, str]]]:
    mark, key = draft.mark, ArticleKey(draft.path)
    flags = {"read": mark.is_read, "starred": mark.is_starred, "skipped": mark.is_skipped, "queued": mark.is_queued}
    yield from ((key, (name, "1")) for name, holds in flags.items() if holds)
    yield from ((key, (f"tag:{tag}", "1")) for tag in mark.tags)
    if mark.note is not None:
        yield key, ("note", mark.note)


def _write_index(index: IndexFile, root: str, files: Sequence[Draft], articles: Mapping[str, Article]) -> dict[str, int]:
    """The id of each path."""
    with index.writing() as database:
        writer = ArticleWriter(database)
        writer.apply(root, [read(root, each.path, (len(each.text), _arrived(each) * 1_000_000)) for each in files])
        ids = {row.path: int(row.id) for row in RowReader(database).rows([pending[0] for pending in writer.pending()])}
        writer.set_names(Named(ArticleId(ids[path]), tuple(_entities(article))) for path, article in articles.items())
    return ids


def _entities(article: Article) -> list[Entity]:
    return [Entity(name.name, name.kind or "other") for name in article.declared_names]


# -- filters -----------------------------------------------------------------------------------------------------------

_CALLED = [
    *(name for some in NAMES.values() for name in some),
    "biden", "min aung", "US", "U.S.", "usa", "Chinese", "ecb", "b", "anamaria", "obrien",
]  # fmt: skip
_TERMS: Sequence[tuple[Sequence[str], Sequence[str], bool]] = (
    (["category", "c"], [*CATEGORIES, "wor", "news", "经"], False),
    (["entity", "e", "person", "org", "place"], _CALLED, False),
    (["entity", "e", "person", "org", "place"], _CALLED, False),
    (["tag", "t"], [*TAGS, "deep", "bud"], False),
    (["source", "s", "author"], [*SOURCES, *BYLINES, "monde", "orwell", "post", "小明", "anamaria"], True),
    (["language", "lang"], [*LANGUAGES, "zh", "p", "FR"], False),
    (["title", "body", "path"], [*LOOKED_FOR, "2024/11", "report", "floodreport", "ete"], True),
)
"""Fields, the values to ask them for, and whether they take regular expressions."""
_IS = ["unread", "read", "starred", "skipped", "queued", "new", "noted"]
_HAS = ["link", "image", "table", "note", "entity"]


def _node(chance: Random, leaves: int) -> str:
    if chance.random() < 0.15:
        return chance.choice(["-({})", "NOT ({})"]).format(_node(chance, leaves))
    if leaves == 1:
        return chance.choice(["", "", "", "-"]) + _leaf(chance)
    left = chance.randint(1, leaves - 1)
    joined = chance.choice(["{} {}", "{} {}", "{} {}", "{} AND {}", "({} OR {})", "({} OR {})", "{} | {}", "({}) {}"])
    return joined.format(_node(chance, left), _node(chance, leaves - left))


def _leaf(chance: Random) -> str:
    leaves: list[Callable[[Random], str]] = [_term] * len(_TERMS)
    leaves += [_word, _word, _word, _word, _date, _date, _date, _choice, _choice, _saved]
    return chance.choice(leaves)(chance)


def _word(chance: Random) -> str:
    return _value(chance, LOOKED_FOR)


def _value(chance: Random, pool: Sequence[str]) -> str:
    value, star = chance.choice(pool), "*" if chance.random() < 0.2 else ""
    return f'"{value}"{star}' if set(value) & set(" /,%&") or chance.random() < 0.2 else value + star


def _term(chance: Random) -> str:
    fields, pool, takes_regexes = chance.choice(_TERMS)
    values = [
        f"/{chance.choice(REGEXES)}/" if takes_regexes and chance.random() < 0.2 else _value(chance, pool)
        for _ in range(chance.choice([1, 1, 1, 2, 3]))
    ]
    return f"{chance.choice(fields)}:{','.join(values)}"


def _choice(chance: Random) -> str:
    field, pool = chance.choice([("is", _IS), ("is", _IS), ("has", _HAS)])
    return f"{field}:{','.join(chance.sample(pool, chance.choice([1, 1, 2])))}"


def _saved(chance: Random) -> str:
    return f"@{chance.choice([*SAVED, 'nobody'])}"


def _date(chance: Random) -> str:
    first, last = chance.choice(WHENS), chance.choice(WHENS)
    if chance.random() < 0.4:
        return f"{chance.choice(['since', 'until', 'after', 'before'])}:{first}"
    shapes = ["{0}", "{0}", "{0}..{1}", "{0}..{1}", "{0}..", "..{0}", ">{0}", ">={0}", "<{0}", "<={0}", "{0},{1}", "{0}..{1},{1}"]
    return f"date:{chance.choice(shapes).format(first, last)}"


def _directives(chance: Random) -> str:
    key = chance.choice(["date", "relevance", "headline", "source", "words"])
    sort = f"sort:{chance.choice(['', '-'])}{key}" if chance.random() < 0.5 else ""
    limit = f"limit:{chance.choice([1, 4])}" if chance.random() < 0.2 else ""
    return f"{sort} {limit}".strip()
