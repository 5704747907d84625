"""Of which kind the names of a text are: what is certain goes before what the tagger said, and one name is of one kind."""

from __future__ import annotations

from reader.entities import cues
from reader.entities.lexicon import lexicon
from reader.entities.tagger import Span
from reader.entities.tokens import Tokens
from reader.model import Kind

_POSSESSIVES = [[word] for word in ("'s", "’s", "'S", "’S")]


def with_right_kinds(tokens: Tokens, spans: list[Span]) -> list[Span]:
    """The same names in the same order."""
    names = [tokens.name(first, last) for first, last, _ in spans]
    spans = [_typed(tokens, span, name) for span, name in zip(spans, names, strict=True)]
    return _agreed(tokens, _placed(tokens, spans, names), names)


def _typed(tokens: Tokens, span: Span, name: str) -> Span:
    first, last, kind = span
    known = lexicon().known.get(name)
    if known is not None and known.rank in ("C", None):
        return (first, last, known.kind)
    if known is not None and kind == "person" and (known.rank == "K" or not set(known.also or "f") & {"f", "l"}):
        return (first, last, known.kind)
    if last - first == 1 and kind == "person" and tokens.lowers[first] in cues.DIRECTIONS and tokens.lowers[first - 1] == "the":
        return (first, last, "place")
    if last - first > 1 and kind == "org" and tokens.lowers[last - 1] in cues.SURE_PLACE_HEADS:
        return (first, last, "place")
    if last - first > 1 and kind != "org":
        lowers = tokens.lowers[first:last]
        is_centre = lowers[-1] in ("centre", "center") and "international" in lowers
        is_of = "of" in lowers[2:] and lowers[lowers.index("of", 2) - 1] in cues.SURE_ORG_HEADS
        if is_centre or is_of or lowers[-1] in cues.SURE_ORG_HEADS or lowers[0] in cues.SURE_ORG_OPENERS:
            return (first, last, "org")
    return span


def _placed(tokens: Tokens, spans: list[Span], names: list[str]) -> list[Span]:
    """`spans` with those taken for people that stand among firms, or mostly behind `at`, `in` or `the`: nobody is met in a person.

    `The Bidens` are people nonetheless.
    """
    found = [_among_firms(tokens, spans, index) for index in range(len(spans))]
    uses: dict[str, int] = {}
    for name, (first, last, kind) in zip(names, found, strict=True):
        if kind == "person":
            uses[name] = uses.get(name, 0) + (1 if _is_used_as_place(tokens, first, last) else -1)
    parts = {word for name in uses for word in name.split()}
    places = {name for name, use in uses.items() if use > 0 and not (name[-1] == "s" and name[:-1] in parts)}
    if not places:
        return found
    return [(first, last, "place" if name in places else kind) for name, (first, last, kind) in zip(names, found, strict=True)]


def _is_used_as_place(tokens: Tokens, first: int, last: int) -> bool:
    """Does it stand as only places do: `in Faial`, `on the Orrin`? `The Obama plan` and `in Obama's plan` don't count."""
    before, after = tokens.lowers[first - 1 : first], tokens.lowers[last : last + 1]
    if before in (["at"], ["in"]):
        return tokens.words[last : last + 1] not in _POSSESSIVES
    return before == ["the"] and last - first == 1 and (not after or not after[0].isalpha() or after[0] in cues.AFTER_BODIES)


def _among_firms(tokens: Tokens, spans: list[Span], index: int) -> Span:
    """The span, as a body where it stands in a list between two of them: `Allen & Overy,` Clifford Chance`, White & Case`."""
    first, last, kind = spans[index]
    if kind != "person" or last - first == 1 or not 0 < index < len(spans) - 1:
        return spans[index]
    (_, before, left), (after, _, right) = spans[index - 1], spans[index + 1]
    is_listed = tokens.words[before:first] == [","] and tokens.words[last:after] in ([","], ["and"], [",", "and"])
    return (first, last, "org") if is_listed and left == right == "org" else spans[index]


def _agreed(tokens: Tokens, spans: list[Span], names: list[str]) -> list[Span]:
    """One kind a name and article: the commonest, a full person's name deciding for its parts."""
    votes: dict[str, dict[Kind, int]] = {}
    person_parts: set[str] = set()
    for name, (first, last, kind) in zip(names, spans, strict=True):
        counts = votes.setdefault(name, {})
        counts[kind] = counts.get(kind, 0) + 1
        if kind == "person" and last - first > 1:
            person_parts.update((tokens.words[first], tokens.words[last - 1]))
    kinds: dict[str, Kind] = {name: max(counts, key=counts.__getitem__) for name, counts in votes.items()}
    for name in kinds.keys() & person_parts:
        known = lexicon().known.get(name)
        if known is None or known.rank not in ("C", None):
            kinds[name] = "person"
    return [(first, last, kinds[name]) for name, (first, last, _) in zip(names, spans, strict=True)]
