"""Policies laid side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from privagraph.ontology.reading import PolicyView
from privagraph.queries.comparison.grouping import group_of
from privagraph.queries.comparison.matrix import Cell, Column, Comparison, Row, State, Topic, Words
from privagraph.queries.comparison.sayings import AS_SUCH, TOPICS, Saying, sayings

__all__ = ["FEWEST", "MOST", "compare_policies"]

FEWEST, MOST = 2, 20
"""How many policies can be compared."""

_NOT_STATED = Cell(State.NOT_STATED)
_NOTES = 3
"""How many notes a cell shows."""


def compare_policies(
    policies: Sequence[PolicyView], *, more: Mapping[str, Iterable[Saying]] | None = None
) -> Comparison:
    """Lay policies side by side.

    Args:
        policies: Two to twenty policies.
        more: What else is known of each, by its IRI: contradictions, findings of a validation.

    Raises:
        ValueError: There are fewer than two policies, or more than twenty.
    """
    if not FEWEST <= len(policies) <= MOST:
        raise ValueError(f"{FEWEST} to {MOST} policies can be compared, not {len(policies)}")
    said = [[*sayings(each), *(more or {}).get(each.iri, ())] for each in policies]
    topics = tuple(
        Topic(topic, rows)
        for topic in TOPICS
        if (rows := tuple(_rows(topic, [[s for s in each if s.topic == topic] for each in said])))
    )
    return Comparison(tuple(_columns(policies)), topics, tuple(_only(topics, len(policies))))


def _columns(policies: Sequence[PolicyView]) -> Iterator[Column]:
    names = [
        (each.sources[0] if each.sources else each.label or each.iri).rpartition("/")[2] for each in policies
    ]
    full = [each.sources[0] if each.sources else each.iri for each in policies]
    seen: dict[str, int] = {}
    for policy, name, path in zip(policies, names, full, strict=True):
        shown = name if names.count(name) == 1 else path
        seen[shown] = seen.get(shown, 0) + 1
        if seen[shown] > 1:
            shown = f"{shown} ({seen[shown]})"
        yield Column(policy.iri, shown, policy.label)


def _rows(topic: str, said: Sequence[Sequence[Saying]]) -> Iterator[Row]:
    """The rows of a topic: groups with what is below them, those that most policies state first."""
    groups: dict[str, tuple[str, dict[str, str]]] = {}
    for each in (saying for column in said for saying in column):
        group, label = group_of(topic, each.key) or (each.key, each.label)
        _, members = groups.setdefault(group, (label, {}))
        members.setdefault(each.key, each.label)
    rows = [_group(group, label, members, said) for group, (label, members) in groups.items()]
    yield from sorted(rows, key=_order)


def _group(group: str, label: str, members: Mapping[str, str], said: Sequence[Sequence[Saying]]) -> Row:
    concept = group if "://" in group else None
    cells = tuple(_cell([each for each in column if each.key in members]) for column in said)
    if set(members) == {group}:
        return Row(label, concept, cells)
    below = [
        Row(
            name,
            key if "://" in key else None,
            tuple(_cell([s for s in column if s.key == key]) for column in said),
        )
        for key, name in members.items()
    ]
    return Row(label, concept, cells, tuple(sorted(below, key=_order)))


def _order(row: Row) -> tuple[int, str, str]:
    return (
        -sum(each.state is not State.NOT_STATED for each in row.cells),
        row.label.casefold(),
        row.concept or "",
    )


def _cell(said: Sequence[Saying]) -> Cell:
    """What a policy says, from all that its passages say."""
    if not said:
        return _NOT_STATED
    words = _once(each.words for each in said)
    states = {each.state for each in words}
    stated = states & {State.YES, State.CONDITIONAL, State.BOTH}
    if State.DENIED in states and stated:
        state = State.BOTH
    elif State.DENIED in states:
        state = State.DENIED
    else:
        state = State.YES if State.YES in states else State.CONDITIONAL
    notes = list(dict.fromkeys(each.note for each in said if each.note))
    more = f" and {len(notes) - _NOTES} more" if len(notes) > _NOTES else ""
    return Cell(state, "; ".join(notes[:_NOTES]) + more, words)


def _once(words: Iterable[Words]) -> tuple[Words, ...]:
    found = {(each.span, each.passage, each.words, each.state): each for each in words}
    return tuple(
        sorted(
            found.values(),
            key=lambda each: ((each.span.start, each.span.end) if each.span else (0, 0), each.words),
        )
    )


def _only(topics: Iterable[Topic], number: int) -> list[tuple[tuple[str, str], ...]]:
    """For each policy the things that it alone states; to say no more than "personal data" is nothing special."""
    unspecific = set(AS_SUCH.values())
    found: list[list[tuple[str, str]]] = [[] for _ in range(number)]
    for topic in topics:
        if topic.name in ("Controller", "Dates", "Contradictions", "Findings"):
            continue
        for row in topic.rows:
            stating = _stating(row)
            if len(stating) == 1 and row.label not in unspecific:
                found[stating[0]].append((topic.name, row.label))
                continue
            for below in row.below:
                if len(alone := _stating(below)) == 1 and below.label not in unspecific:
                    found[alone[0]].append((topic.name, below.label))
    return [tuple(each) for each in found]


def _stating(row: Row) -> list[int]:
    return [number for number, cell in enumerate(row.cells) if cell.is_stated]
