"""Policies beside each other: a matrix for up to twenty, and for more of them how many state what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from privagraph.ontology.reading import PolicyView
from privagraph.ontology.shown import one_line
from privagraph.queries.comparison.comparing import MOST, compare_policies
from privagraph.queries.comparison.grouping import group_of
from privagraph.queries.comparison.matrix import Cell, Row, State
from privagraph.queries.comparison.sayings import TOPICS, Saying, sayings
from privagraph.report.naming import anchor
from privagraph.report.passages import Passages
from privagraph.report.problems import Clash, FindingGroup
from privagraph.report.values import Ref

__all__ = ["MOST", "Bar", "Prevalence", "Side", "SideRow", "SideTopic", "Sides", "more_sayings", "sides"]

_ROWS = 15
"""How many bars a topic shows."""
_FOUND: Mapping[str, Callable[[str], str]] = {
    "Contradictions": lambda _: "clashes",
    "Findings": lambda rule: f"rule-{anchor(rule)}",
}
"""Topics that are no statements of a policy, and where in its part they are told."""
_NOT_COUNTED = frozenset({"Controller", "Dates", "Contradictions", "Findings"})


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing in many policies: how many state it, how many deny it, and words of some of them."""

    label: str
    concept: str
    stated: int
    denied: int
    share: int
    refs: tuple[Ref, ...]
    below: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """What one policy says of something.

    Attributes:
        state: What it says; ``none`` where no contradiction or finding is there.
        note: What to show in place of "yes".
        refs: Where it stands.
        target: Where else it is told, such as among the findings.
    """

    state: str
    note: str
    refs: tuple[Ref, ...]
    target: str = ""


@dataclass(frozen=True, slots=True)
class SideRow:
    """One thing in all policies; whether it is below a group, and whether all say the same."""

    label: str
    concept: str
    sides: tuple[Side, ...]
    is_below: bool
    is_alike: bool


@dataclass(frozen=True, slots=True)
class SideTopic:
    """Rows that belong together."""

    name: str
    rows: tuple[SideRow, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """The matrix, and for each policy what it alone states, by topic."""

    topics: tuple[SideTopic, ...]
    only: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]


def sides(
    policies: Sequence[PolicyView],
    passages: Sequence[Passages],
    more: Mapping[str, Iterable[Saying]],
) -> Sides:
    """Two to twenty policies beside each other.

    Args:
        policies: The policies.
        passages: Their passages.
        more: Contradictions and findings of each, by its IRI.
    """
    comparison = compare_policies(policies, more=more)
    topics = tuple(
        SideTopic(
            topic.name,
            tuple(
                _row(topic.name, row, passages, is_below=is_below)
                for group in topic.rows
                for row, is_below in ((group, False), *((each, True) for each in group.below))
            ),
        )
        for topic in comparison.topics
    )
    only = tuple(
        tuple(
            (name, tuple(label for topic, label in each if topic == name))
            for name in dict.fromkeys(t for t, _ in each)
        )
        for each in comparison.only
    )
    return Sides(topics, only)


def _row(topic: str, row: Row, passages: Sequence[Passages], *, is_below: bool) -> SideRow:
    return SideRow(
        one_line(row.label),
        row.concept or "",
        tuple(_side(topic, cell, each) for cell, each in zip(row.cells, passages, strict=True)),
        is_below,
        len({(cell.state, cell.note) for cell in row.cells}) == 1,
    )


def _side(topic: str, cell: Cell, passages: Passages) -> Side:
    if topic in _FOUND and cell.state is State.NOT_STATED:
        return Side("none", "", ())
    refs: dict[str, Ref] = {}
    for words in cell.words:
        if words.span is not None:
            ref = passages.ref(words.span, iri=words.iri)
            refs.setdefault(ref.number, ref)
    target = passages.anchor(_FOUND[topic](cell.words[0].iri)) if topic in _FOUND and cell.words else ""
    return Side(str(cell.state), one_line(cell.note), tuple(refs.values()), target)


def more_sayings(
    policy: PolicyView, clashes: Iterable[Clash], findings: Iterable[FindingGroup]
) -> Iterator[Saying]:
    """Contradictions and findings of a policy, as something to compare it by.

    Args:
        policy: The policy.
        clashes: What contradicts itself in it.
        findings: What a validation found in it.
    """
    from privagraph.queries.comparison.gathering import finding
    from privagraph.queries.comparison.matrix import Words

    for clash in clashes:
        if clash.real:
            said = Words(clash.one[0], clash.one[0], clash.span, State.YES, "", policy.iri)
            yield Saying("Contradictions", clash.kind, clash.kind, said)
    for group in findings:
        for line in (*group.first, *group.more):
            quotes = [("", span.start, span.end) for span in line.spans[:1]]
            yield finding(group.name, group.title, group.severity, line.message, quotes)


@dataclass(slots=True)
class _Counted:
    """How many policies say something, and where."""

    label: str
    stated: set[int] = field(default_factory=set)
    denied: set[int] = field(default_factory=set)
    refs: dict[int, Ref] = field(default_factory=dict)

    def add(self, number: int, saying: Saying, passages: Passages) -> None:
        (self.denied if saying.words.state is State.DENIED else self.stated).add(number)
        if number not in self.refs and saying.words.span is not None:
            ref = passages.ref(saying.words.span, iri=saying.words.iri)
            if ref.target:
                self.refs[number] = ref


class Prevalence:
    """How many of many policies state, or deny, each thing; policies are added one after the other."""

    def __init__(self) -> None:
        self._number = 0
        self._found: dict[str, dict[str, tuple[_Counted, dict[str, _Counted]]]] = {}

    def add(self, policy: PolicyView, passages: Passages) -> None:
        """Count a policy.

        Args:
            policy: The policy.
            passages: Its passages.
        """
        self._number += 1
        for saying in sayings(policy):
            if saying.topic in _NOT_COUNTED:
                continue
            group, label = group_of(saying.topic, saying.key) or (saying.key, saying.label)
            counted, below = self._found.setdefault(saying.topic, {}).setdefault(group, (_Counted(label), {}))
            counted.add(self._number, saying, passages)
            below.setdefault(saying.key, _Counted(saying.label)).add(self._number, saying, passages)

    def topics(self) -> tuple[tuple[str, tuple[Bar, ...], int], ...]:
        """For each topic its bars, the longest first, and how many shorter ones there are."""
        found = []
        for topic in TOPICS:
            bars = sorted(
                (
                    self._bar(key, counted, below)
                    for key, (counted, below) in self._found.get(topic, {}).items()
                ),
                key=lambda each: (-each.stated, -each.denied, each.label.casefold()),
            )
            if bars:
                found.append((topic, tuple(bars[:_ROWS]), max(0, len(bars) - _ROWS)))
        return tuple(found)

    def _bar(self, key: str, counted: _Counted, below: Mapping[str, _Counted]) -> Bar:
        inner = (
            ()
            if len(below) == 1
            else tuple(
                sorted(
                    (self._bar(name, each, {name: each}) for name, each in below.items()),
                    key=lambda each: (-each.stated, -each.denied, each.label.casefold()),
                )
            )
        )
        return Bar(
            one_line(counted.label),
            key if "://" in key else "",
            len(counted.stated),
            len(counted.denied),
            round(100 * len(counted.stated) / self._number),
            tuple(counted.refs[each] for each in sorted(counted.refs)),
            inner[:_ROWS],
        )
