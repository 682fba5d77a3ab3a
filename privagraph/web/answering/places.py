"""Where the words of a row stand in its policy.

A row of an answer says which policy it is about, and quotes it. A quote in a graph has its offsets, so the words lead
to their place: those of a sentence to the sentence, other words to where they stand in the sentence of their row, else
to where they stand first. A practice or a mention leads to its own words. Where a row is about several policies, what
it quotes as an example leads to the first that has it. All rows are looked up together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from privagraph.ontology.namespaces import expand

if TYPE_CHECKING:
    from privagraph.queries.store import GraphStore

__all__ = ["Place", "places_of"]

_POLICY, _START, _END, _SENTENCE = "policy", "start", "end", "sentence"
_QUOTES = frozenset({"words", "quote", "sentence", "condition", "example"})
"""Columns that quote a policy, however short; any other may, where its text is longer."""
_LONG = 12
"""From how many characters on a text is looked for, whatever its column is called."""
_NODES = ("mention", "practice")
"""Columns of nodes that have words."""
_DIGITS = 18
"""How many digits an offset has at most; no text is longer."""
_STRING = ox.NamedNode(expand("xsd:string"))
_OF_NODES = """SELECT ?node ?policy ?start ?end WHERE {
  VALUES ?node { %s }
  GRAPH ?policy {
    ?node oa:hasTarget|pg:evidence ?span .
    ?span oa:hasSelector ?position .
    ?position oa:start ?start ; oa:end ?end .
  }
} ORDER BY ?node ?policy ?start ?end"""
_OF_QUOTES = """SELECT ?policy ?quote ?start ?end WHERE {
  VALUES (?policy ?quote) { %s }
  GRAPH ?policy {
    ?words oa:exact ?quote .
    ?span oa:hasSelector ?words , ?position .
    ?position oa:start ?start ; oa:end ?end .
  }
} ORDER BY ?policy ?quote ?start ?end"""

_OF_EXAMPLES = _OF_QUOTES.replace("(?policy ?quote)", "?quote")

_Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand.

    Attributes:
        policy: IRI of the policy.
        start: Offset of their first character.
        end: Offset after their last character.
    """

    policy: str
    start: int
    end: int


_Spans = Mapping[tuple[str, str], Sequence[Place]]
"""Where quotes stand, by their policy (empty for any) and their text."""


def places_of(
    store: GraphStore, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> dict[_Cell, Place]:
    """Where the words of each row stand.

    Args:
        store: The graph.
        columns: Names of the columns.
        rows: The terms of each row.

    Returns:
        The place of each cell that has one, by the numbers of its row and its column.
    """
    numbers = {name: number for number, name in enumerate(columns)}
    quotes = [number for name, number in numbers.items() if not name.endswith("_label")]
    nodes = [numbers[name] for name in _NODES if name in numbers]
    of_nodes = _of_nodes(store, (row[number] for row in rows for number in nodes))
    spots = [_spot(row, numbers, of_nodes, nodes) for row in rows]
    policies = [_policy(row, numbers, spot) for row, spot in zip(rows, spots, strict=True)]
    wanted = {
        (policy, words)
        for row, policy in zip(rows, policies, strict=True)
        for number in quotes
        if (words := _text(row[number])) and (columns[number] in _QUOTES or len(words) >= _LONG)
    }
    spans = _of_quotes(store, sorted(wanted))
    found: dict[_Cell, Place] = {}
    for index, (row, policy, spot) in enumerate(zip(rows, policies, spots, strict=True)):
        placed = dict(_placed(row, policy, spot, quotes, numbers, spans))
        if not placed and spot is not None:
            placed = {number: spot for number in nodes if row[number] is not None}
        found.update(((index, number), place) for number, place in placed.items())
    return found


def _placed(
    row: Sequence[object],
    policy: str,
    spot: Place | None,
    quotes: Sequence[int],
    numbers: Mapping[str, int],
    spans: _Spans,
) -> Iterator[tuple[int, Place]]:
    """The places of a row's quotes."""
    sentence = numbers.get(_SENTENCE)
    around = spot
    if sentence is not None:
        said = spans.get((policy, _text(row[sentence])), ())
        around = next((each for each in said if spot is not None and _within(spot, each)), None)
        around = around or next(iter(said), spot)
    for number in quotes:
        if number == sentence:
            if around is not None and (policy, _text(row[number])) in spans:
                yield number, around
            continue
        said = spans.get((policy, _text(row[number])), ())
        nearest = next((each for each in said if around is not None and _within(each, around)), None)
        place = nearest or next(
            (each for each in said if spot is not None and each.start == spot.start), None
        )
        place = place or next(iter(said), None)
        if place is not None:
            yield number, place


def _spot(
    row: Sequence[object], numbers: Mapping[str, int], of_nodes: Mapping[str, Place], nodes: Iterable[int]
) -> Place | None:
    """Where a row says itself that its words stand: by offsets, or by a node that has words."""
    policy = row[numbers[_POLICY]] if _POLICY in numbers else None
    start = _offset(row[numbers[_START]]) if _START in numbers else None
    if isinstance(policy, ox.NamedNode) and start is not None:
        end = _offset(row[numbers[_END]]) if _END in numbers else None
        return Place(policy.value, start, start if end is None else end)
    for number in nodes:
        node = row[number]
        if isinstance(node, ox.NamedNode) and node.value in of_nodes:
            return of_nodes[node.value]
    return None


def _policy(row: Sequence[object], numbers: Mapping[str, int], spot: Place | None) -> str:
    named = row[numbers[_POLICY]] if _POLICY in numbers else None
    if isinstance(named, ox.NamedNode):
        return named.value
    return "" if spot is None else spot.policy


def _of_nodes(store: GraphStore, nodes: Iterable[object]) -> dict[str, Place]:
    named = sorted({each.value for each in nodes if isinstance(each, ox.NamedNode)})
    found: dict[str, Place] = {}
    if named:
        values = " ".join(str(ox.NamedNode(each)) for each in named)
        for node, policy, start, end in _rows(store, _OF_NODES % values):
            found.setdefault(node, Place(policy, int(start), int(end)))
    return found


def _of_quotes(store: GraphStore, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[Place]]:
    found: dict[tuple[str, str], list[Place]] = {}
    quotes = " ".join(f"({ox.NamedNode(policy)} {ox.Literal(words)})" for policy, words in wanted if policy)
    examples = " ".join(str(ox.Literal(words)) for policy, words in wanted if not policy)
    for query, values in ((_OF_QUOTES, quotes), (_OF_EXAMPLES, examples)):
        for policy, words, start, end in _rows(store, query % values) if values else ():
            of = policy if query is _OF_QUOTES else ""
            found.setdefault((of, words), []).append(Place(policy, int(start), int(end)))
    return found


def _rows(store: GraphStore, query: str) -> Iterator[tuple[str, str, str, str]]:
    said = store.query(query)
    assert isinstance(said, ox.QuerySolutions)  # it is a SELECT
    for first, second, third, fourth in said:
        if _offset(third) is not None and _offset(fourth) is not None:
            yield first.value, second.value, third.value, fourth.value


def _within(inner: Place, outer: Place) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _text(term: object) -> str:
    """The text of a literal that could be a quote."""
    return term.value if isinstance(term, ox.Literal) and term.datatype == _STRING else ""


def _offset(term: object) -> int | None:
    if not isinstance(term, ox.Literal) or not term.value.isdecimal() or len(term.value) > _DIGITS:
        return None
    return int(term.value)
