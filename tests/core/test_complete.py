"""What the filter bar offers, and what accepting an offer makes of the text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reader.model import Facet
from reader.query.complete import Completion, Option, complete, is_of_name
from reader.query.fields import FIELDS
from reader.query.fold import fold
from reader.query.syntax import parse

ARCHIVE = {
    "entity": [Facet("Emmanuel Macron", 412, "person"), Facet("Macao", 7, "place"), Facet("OR", 2, "org")],
    "place": [Facet(name, 9, "place") for name in ("Lyon", "Marseille", "Saint-Étienne", "Aix, en Provence")],
    "category": [Facet("WORLD", 30), Facet("World Cup", 5)],
}


def values_of(field: str, beginning: str, most: int) -> Sequence[Facet]:
    fitting = [facet for facet in ARCHIVE.get(field, []) if any(word.startswith(fold(beginning)) for word in fold(facet.value).split())]
    return fitting[:most]


def asked(text: str, saved: Sequence[str] = ("morning", "Ministers", "sport")) -> tuple[str, Completion]:
    """The text without the `|` that stands for the cursor, and what is offered there."""
    cursor = text.index("|")
    whole = text.replace("|", "", 1)
    return whole, complete(whole, cursor, values_of, saved)


def accepted(text: str, completion: Completion, option: Option) -> str:
    return text[: completion.start] + option.text + text[completion.end :]


@pytest.mark.parametrize(
    ("typed", "accepting_the_first"),
    [
        ("ca|", "category:"),
        ("CAT|", "category:"),
        ("lan|", "language:"),
        ("c|at", "category:"),
        ("-ti|", "-title:"),
        ("(ti|", "(title:"),
        ("a OR ti|", "a OR title:"),
        ("mac|", 'entity:"Emmanuel Macron"'),
        ("entity:Mac|", 'entity:"Emmanuel Macron"'),
        ("e:mac|", 'e:"Emmanuel Macron"'),
        ('entity:"Mac|', 'entity:"Emmanuel Macron"'),
        ('entity:"Ma|c" flood', 'entity:"Emmanuel Macron" flood'),
        ("entity:Ma|c is:read", 'entity:"Emmanuel Macron" is:read'),
        ("entity:OR|", "entity:OR"),
        ("place:ly|", "place:Lyon"),
        ("place:Lyon,|", "place:Lyon,Marseille"),
        ("place:Marseille,ly|", "place:Marseille,Lyon"),
        ("place:etienne|", None),
        ("place:saint-e|", "place:Saint-Étienne"),
        ("place:aix|", 'place:"Aix, en Provence"'),
        ("category:wor|", "category:WORLD"),
        ("is:|", "is:unread"),
        ("is:st|", "is:starred"),
        ("is:read,no|", "is:read,noted"),
        ("has:im|", "has:image"),
        ("sort:w|", "sort:words"),
        ("sort:-w|", "sort:-words"),
        ("date:to|", "date:today"),
        ("date:monday..to|", "date:monday..today"),
        ("date:>=yes|", "date:>=yesterday"),
        ("since:las|", "since:lastvisit"),
        ("since:7|", "since:7d"),
        ("@mo|", "@morning"),
        ("@mi|", "@Ministers"),
        ("-@mo|", "-@morning"),
        ('"flo|', None),
        ("title:flo|", None),
        ("title:/flo|", None),
        ("limit:1|", None),
        ("a OR|", None),
        ("flood)|", None),
    ],
)
def test_accepting_the_first_offer_gives(typed: str, accepting_the_first: str | None) -> None:
    text, completion = asked(typed)
    if accepting_the_first is None:
        assert not completion.options
    else:
        assert accepted(text, completion, completion.options[0]) == accepting_the_first


@pytest.mark.parametrize("typed", ["|", "flood |", "(|", "-|", "flood | is:read"])
def test_at_the_start_of_a_term_every_field_is_offered(typed: str) -> None:
    text, _ = asked(typed)
    completion = complete(text, typed.index("|"), values_of, most=len(FIELDS))
    assert [option.text for option in completion.options] == [f"{field.name}:" for field in FIELDS]
    assert all(option.help for option in completion.options)


def test_values_come_with_their_counts() -> None:
    _, completion = asked("entity:mac|")
    shown = [(option.label, option.count, option.help) for option in completion.options]
    assert shown == [("Emmanuel Macron", 412, "person"), ("Macao", 7, "place")]


def test_no_more_is_offered_than_asked_for() -> None:
    assert len(complete("", 0, values_of, most=3).options) == 3
    assert len(complete("place:", 6, values_of, most=2).options) == 2


def test_the_archive_is_not_asked_for_names_by_one_letter() -> None:
    def unasked(field: str, beginning: str, most: int) -> Sequence[Facet]:
        raise AssertionError("asked")

    assert complete("x", 1, unasked).options == ()


def test_every_accepted_value_is_read_as_that_value() -> None:
    for facet in [*ARCHIVE["place"], Facet('5" (old) @x,y', 1)]:
        completion = complete("place:", 6, lambda field, beginning, most, facet=facet: [facet])
        query = parse(f"place:{completion.options[0].text}", final=True)
        assert query == parse('place:"' + facet.value.replace('"', '\\"') + '"', final=True)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("e:|", True),
        ("c:world place:ma|", True),
        ("-(person:|", True),
        ("e|", False),
        ("c:w|", False),
        ("e:macron |", False),
        ("|e:macron", False),
        ("|", False),
    ],
)
def test_it_knows_where_a_name_is_begun(typed: str, expected: bool) -> None:
    assert is_of_name(typed.replace("|", ""), typed.index("|")) is expected
