"""From what a person types to a `Query`, and back.

    text → pieces.cut → parse → tree.Query → unparse → text

`parse` reads a text in two ways. Final (the command line, a saved search): whatever is wrong is a QueryError with its
place. As typed (`final=False`): nothing raises; an unfinished tail is left out in silence, anything else that is wrong
is left out and becomes an error hint, and the word being typed matches as a beginning. A word is always searchable:
an unknown `foo:` is text, with a hint.
"""

from __future__ import annotations

import re

from reader.errors import QueryError
from reader.query import dates
from reader.query.dates import BadDate, DateRange
from reader.query.fields import Field, nearest, nearest_field
from reader.query.fold import tokens
from reader.query.patterns import BadPattern, compile_pattern
from reader.query.pieces import Piece, PieceKind, RawValue, cut, quoted, slashed
from reader.query.tree import And, Hint, Node, Not, Or, Pattern, Query, SavedRef, Sort, Term, Text, Value, Words, all_of, any_of, negated

MAX_DEPTH = 40
"""Brackets within brackets; more is a mistake or an attack."""
MAX_WORDS = 2500
"""Words and values in one filter; more is a text that was pasted by mistake, and would be looked for for minutes."""

_BOUNDS = {"since": ">=", "after": ">", "until": "<=", "before": "<"}
_NAMED = re.compile(r"([A-Za-z]{2,}):(?!//)\S")


def parse(text: str, *, final: bool) -> Query:
    """What `text` asks for. Raises QueryError if `final`, never otherwise."""
    return _Parser(text, final).query()


def unparse(query: Query) -> str:
    """The shortest text that reads back as `query`, in canonical spelling."""
    parts = [_node_text(query.root, in_and=False)] if query.root else []
    if query.sort:
        parts.append(f"sort:{'-' if query.sort.is_reversed else ''}{query.sort.key}")
    if query.limit is not None:
        parts.append(f"limit:{query.limit}")
    return " ".join(parts)


class _Parser:
    """One pass over the pieces. Methods that return None have found nothing to select by."""

    def __init__(self, text: str, final: bool) -> None:
        self.text = text
        self.final = final
        self.pieces = cut(text)
        self.at = 0
        self.depth = 0
        self.sort: Sort | None = None
        self.limit: int | None = None
        self.hints: list[Hint] = []

    def query(self) -> Query:
        parts: list[Node | None] = []
        self._cut_off()
        while self.at < len(self.pieces):
            if stray := self._take(")"):
                self._wrong("this ) closes nothing", stray.start, stray.end)
            else:
                parts.append(self._alternatives())
        return Query(all_of([part for part in parts if part]), self.sort, self.limit, tuple(self.hints))

    def _cut_off(self) -> None:
        """Leaves out what is too much to look for."""
        count = 0
        for at, piece in enumerate(self.pieces):
            count += len(piece.values)
            if count > MAX_WORDS:
                self.pieces = self.pieces[:at]
                self._wrong(f"too many words from here on: a filter has {MAX_WORDS:,} at most", piece.start, piece.end)
                return

    def _next(self) -> PieceKind | None:
        return self.pieces[self.at].kind if self.at < len(self.pieces) else None

    def _take(self, *kinds: PieceKind) -> Piece | None:
        if self._next() not in kinds:
            return None
        self.at += 1
        return self.pieces[self.at - 1]

    def _alternatives(self) -> Node | None:
        """and_expr { OR and_expr }"""
        found: list[Node] = []
        operator: Piece | None = None
        while True:
            before = self.at
            if node := self._conjunction():
                found.append(node)
            is_missing = self.at == before
            following = self._take("OR")
            if is_missing and (blamed := following or operator):
                self._unfinished("OR needs something on both sides", blamed.start, blamed.end)
            if following is None:
                return any_of(found)
            operator = following

    def _conjunction(self) -> Node | None:
        """unary { [AND] unary }"""
        found: list[Node] = []
        has_left = False
        while self._next() not in ("OR", ")", None):
            if operator := self._take("AND"):
                if not has_left or self._next() in ("OR", ")", "AND", None):
                    self._unfinished("AND needs something on both sides", operator.start, operator.end)
                continue
            has_left = True
            if node := self._unary():
                found.append(node)
        return all_of(found)

    def _unary(self) -> Node | None:
        """[- | NOT] atom"""
        is_negated = False
        while operator := self._take("-", "NOT"):
            is_negated = not is_negated
            if self._next() in ("OR", "AND", ")", None):
                self._unfinished("NOT needs something after it", operator.start, operator.end)
                return None
        node = self._atom(is_negated)
        return negated(node) if node and is_negated else node

    def _atom(self, is_negated: bool) -> Node | None:
        piece = self.pieces[self.at]
        self.at += 1
        if piece.kind == "(":
            return self._group(piece)
        if piece.kind == "ref":
            return SavedRef(piece.values[0].text, (piece.start, piece.end))
        if piece.field is None:
            return self._words(piece.values[0], is_negated)
        if piece.field.kind in ("sort", "number"):
            self._directive(piece, piece.field, is_negated)
            return None
        return self._term(piece, piece.field, is_negated)

    def _group(self, opening: Piece) -> Node | None:
        if self.depth == MAX_DEPTH:
            self._wrong("too many brackets within brackets", opening.start, opening.end)
            self.at = len(self.pieces)
            return None
        self.depth += 1
        is_empty = self._next() == ")"
        node = self._alternatives()
        self.depth -= 1
        closing = self._take(")")
        if closing is None:
            self._unfinished("this ( is not closed", opening.start, opening.end, until=len(self.text))
        elif is_empty:
            self._unfinished("there is nothing between these brackets", opening.start, closing.end)
        return node

    def _words(self, value: RawValue, is_negated: bool) -> Node | None:
        if not value.is_closed:
            self._unfinished("this quote is not closed", value.start, value.end)
            return None
        if not tokens(value.text):
            if self.final or not self._is_tail(value.end):
                self._note(f"nothing to search for in {value.text}", value.start, value.end)
            return None
        if value.form == "word" and (name := _NAMED.match(value.text)):
            self._note(_unknown_field(name.group(1)), value.start, value.start + name.end(1) + 1)
        is_prefix = value.is_prefix or self._is_being_typed(value, is_negated)
        return Words(" ".join(value.text.split()), is_prefix, (value.start, value.end))

    def _directive(self, piece: Piece, field: Field, is_negated: bool) -> None:
        """`sort:` or `limit:`, wherever it stands; the last one counts."""
        value = piece.values[0]
        if is_negated:
            self._wrong(f"{field.name}: can't be negated", piece.start, piece.end)
        elif not value.text:
            self._unfinished(f"{field.name}: needs a value", piece.start, piece.end)
        elif len(piece.values) > 1:
            self._wrong(f"{field.name}: takes one value", piece.start, piece.end)
        elif field.kind == "sort":
            self._read_sort(value, field)
        elif re.fullmatch("[1-9][0-9]{0,8}", self._written(value)):
            self.limit = int(value.text)
        else:
            self._wrong("limit: takes a number from 1", value.start, value.end)

    def _read_sort(self, value: RawValue, field: Field) -> None:
        name = self._written(value).casefold()
        names = [choice.name for choice in field.choices]
        if name.removeprefix("-") in names:
            self.sort = Sort(name.removeprefix("-"), name.startswith("-"))
        else:
            self._bad_choice(value, "sort:", name.removeprefix("-"), names)

    def _term(self, piece: Piece, field: Field, is_negated: bool) -> Node | None:
        found = [self._value(piece, field, value, is_negated) for value in piece.values]
        values = tuple(value for value in found if value is not None)
        return Term("date" if field.kind == "date" else field.name, values, (piece.start, piece.end)) if values else None

    def _value(self, piece: Piece, field: Field, value: RawValue, is_negated: bool) -> Value | None:
        if not value.is_closed:
            self._unfinished(f"this {'quote' if value.form == 'quoted' else 'regular expression'} is not closed", value.start, value.end)
        elif not value.text.strip():
            self._unfinished(self._missing(piece, field, value), piece.start, value.end)
        elif value.form == "regex":
            return self._pattern(value)
        elif field.kind == "date":
            return self._date(field, value)
        elif field.kind == "choice":
            return self._choice(field, value)
        elif field.kind == "label" or tokens(value.text):
            is_prefix = value.is_prefix or self._is_being_typed(value, is_negated)
            return Text(" ".join(value.text.split()), is_prefix)
        else:
            self._unfinished(f"{field.name}: needs a word", piece.start, value.end)
        return None

    def _missing(self, piece: Piece, field: Field, value: RawValue) -> str:
        if self.text.startswith("(", value.end):
            return f"{field.name}: takes values, not brackets: write {field.name}:a,b for either"
        if len(piece.values) > 1:
            return "a value is missing beside this comma"
        return f"{field.name}: needs a value right after the colon"

    def _pattern(self, value: RawValue) -> Pattern | None:
        try:
            compile_pattern(value.text)
        except BadPattern as error:
            self._wrong(str(error), value.start, value.end)
            return None
        return Pattern(value.text)

    def _date(self, field: Field, value: RawValue) -> DateRange | None:
        written = self._written(value)
        try:
            return _read_date(field, written)
        except BadDate as error:
            finished = _finished_date(field, written) if not self.final and value.end == len(self.text) else None
            if finished is None:
                self._wrong(str(error), value.start, value.end)
        return _read_date(field, finished) if finished else None

    def _choice(self, field: Field, value: RawValue) -> Text | None:
        name = self._written(value).casefold()
        names = [choice.name for choice in field.choices]
        if name in names:
            return Text(name)
        self._bad_choice(value, f"{field.name}:", name, names)
        return None

    def _bad_choice(self, value: RawValue, start_of_term: str, name: str, names: list[str]) -> None:
        if not self.final and value.end == len(self.text) and any(known.startswith(name) for known in names):
            return
        opposite = re.sub("^(un|not-?|non-?)", "", name)
        near = nearest(name, names)
        if opposite != name and opposite in names:
            advice = f"write -{start_of_term}{opposite}"
        elif near:
            advice = f"did you mean {start_of_term}{near}?"
        else:
            advice = f"it takes {', '.join(names)}"
        self._wrong(f"there is no {start_of_term}{name}; {advice}", value.start, value.end)

    def _written(self, value: RawValue) -> str:
        """The value without quotes, but with its `*`."""
        return value.text if value.form == "quoted" else self.text[value.start : value.end]

    def _is_tail(self, end: int) -> bool:
        """Whether nothing but space follows."""
        return end >= len(self.text.rstrip())

    def _is_being_typed(self, value: RawValue, is_negated: bool) -> bool:
        """Whether the word is only begun. Excluding everything with that beginning would hide too much."""
        return not self.final and not is_negated and value.form == "word" and value.end == len(self.text)

    def _wrong(self, message: str, start: int, end: int) -> None:
        if self.final:
            raise QueryError(message, start, end)
        self.hints.append(Hint(message, start, end, is_error=True))

    def _unfinished(self, message: str, start: int, end: int, until: int | None = None) -> None:
        """Wrong as it stands, but to be expected at the end (`until`) of a text still being typed."""
        if self.final or not self._is_tail(until or end):
            self._wrong(message, start, end)

    def _note(self, message: str, start: int, end: int) -> None:
        self.hints.append(Hint(message, start, end, is_error=False))


def _unknown_field(name: str) -> str:
    near = nearest_field(name)
    return f"no field {name}; searched literally" + (f" (did you mean {near}…?)" if near else "")


def _read_date(field: Field, text: str) -> DateRange:
    """The period of one value. Raises BadDate."""
    sign = _BOUNDS.get(field.name)
    return dates.bounded(sign, dates.read_when(text)) if sign else dates.read_range(text)


def _finished_date(field: Field, text: str) -> str | None:
    return dates.finished_when(text) if field.name in _BOUNDS else dates.finished_part(text)


def _node_text(node: Node, *, in_and: bool) -> str:
    """`node` as text; an Or gets brackets where it stands beside something that binds closer."""
    if isinstance(node, Or):
        text = " OR ".join(_node_text(child, in_and=False) for child in node.children)
        return f"({text})" if in_and else text
    if isinstance(node, And):
        return " ".join(_node_text(child, in_and=True) for child in node.children)
    if isinstance(node, Not):
        inner = _node_text(node.child, in_and=True)
        return f"-({inner})" if isinstance(node.child, And) else f"-{inner}"
    if isinstance(node, SavedRef):
        return f"@{node.name}"
    if isinstance(node, Words):
        return _shortest("", node.text, node.is_prefix, node)
    return _term_text(node)


def _term_text(term: Term) -> str:
    only = term.values[0] if len(term.values) == 1 else None
    if isinstance(only, DateRange):
        for name, sign in _BOUNDS.items():
            bound = str(only).removeprefix(sign)
            if only == dates.bounded(sign, dates.When(bound)):
                return f"{name}:{bound}"
    return f"{term.field}:" + ",".join(_value_text(term.field, value) for value in term.values)


def _value_text(field: str, value: Value) -> str:
    if isinstance(value, DateRange):
        return str(value)
    if isinstance(value, Pattern):
        return slashed(value.regex)
    return _shortest(f"{field}:", value.text, value.is_prefix, Term(field, (value,))).removeprefix(f"{field}:")


def _shortest(start: str, text: str, is_prefix: bool, node: Node) -> str:
    """`text` without quotes if it reads back as `node` that way, else with them."""
    star = "*" if is_prefix else ""
    bare = f"{start}{text}{star}"
    try:
        reads_back = parse(bare, final=True).root == node
    except QueryError:
        reads_back = False
    return bare if reads_back else f"{start}{quoted(text)}{star}"
