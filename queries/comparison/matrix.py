"""Policies side by side, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from privagraph.ontology.reading import Span
from privagraph.queries.frames import data_frame

if TYPE_CHECKING:
    import pandas

__all__ = ["COLUMNS", "Cell", "Column", "Comparison", "Row", "State", "Topic", "Words"]


class State(StrEnum):
    """What a policy says of something."""

    YES = "yes"
    CONDITIONAL = "conditional"
    """It may happen, or happens under a condition."""
    DENIED = "denied"
    BOTH = "yes and denied"
    """It is stated in one place and denied in another; often both hold, of other people or at other times."""
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a policy that a cell rests on.

    Attributes:
        words: What is named.
        passage: The sentence, list item or row that it stands in.
        span: Where the words stand in the policy's text.
        state: What this passage alone says.
        condition: The words of its condition; empty where it has none.
        iri: The mention, practice or observation.
    """

    words: str
    passage: str
    span: Span | None
    state: State
    condition: str
    iri: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one policy says of one thing.

    Attributes:
        state: What it says.
        note: What is best shown in place of "yes", such as a name or a length of time; else empty.
        words: The words behind it, in the order of the text; those of narrower concepts too.
    """

    state: State
    note: str = ""
    words: tuple[Words, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Whether the policy says that it is so, if only under a condition."""
        return self.state in (State.YES, State.CONDITIONAL, State.BOTH)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that policies are compared by.

    Attributes:
        label: What to call it.
        concept: IRI of its concept or organisation; None where it is neither.
        cells: One for each policy.
        below: Narrower things, where it is a group of such.
    """

    label: str
    concept: str | None
    cells: tuple[Cell, ...]
    below: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """Rows that belong together.

    Attributes:
        name: What it is about, such as ``Personal data``.
        rows: Its rows.
    """

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One policy.

    Attributes:
        policy: Its IRI.
        name: What to call it: its file, else its title.
        title: Its title.
    """

    policy: str
    name: str
    title: str


COLUMNS = ("topic", "group", "row", "concept", "policy", "state", "note", "words", "passages", "iri")
"""The columns of the comparison as a table: a line for each cell."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Policies side by side; iterating gives the topics.

    Attributes:
        policies: The policies, in the order in which they were named.
        topics: What they are compared by.
        only: For each policy what it alone states, as topic and label.
    """

    policies: tuple[Column, ...]
    topics: tuple[Topic, ...]
    only: tuple[tuple[tuple[str, str], ...], ...]

    def __iter__(self) -> Iterator[Topic]:
        return iter(self.topics)

    def __repr__(self) -> str:
        return f"<Comparison of {', '.join(each.name for each in self.policies)}>"

    def topic(self, name: str) -> Topic:
        """The topic of a name.

        Raises:
            KeyError: There is none.
        """
        for topic in self.topics:
            if topic.name == name:
                return topic
        raise KeyError(name)

    def rows(self) -> list[Mapping[str, object]]:
        """The cells as rows with the columns :data:`COLUMNS`."""
        return [
            line
            for topic in self.topics
            for row in topic.rows
            for group, each in [("", row), *((row.label, below) for below in row.below)]
            for line in self._lines(topic, group, each)
        ]

    def to_pandas(self) -> pandas.DataFrame:
        """The cells as a data frame.

        Raises:
            MissingDependencyError: pandas is not installed.
        """
        return data_frame(self.rows(), COLUMNS)

    def _repr_html_(self) -> str:
        """The comparison for a notebook."""
        from privagraph.queries.comparison.writing import fragment

        return fragment(self)

    def _lines(self, topic: Topic, group: str, row: Row) -> Iterator[Mapping[str, object]]:
        for column, cell in zip(self.policies, row.cells, strict=True):
            yield {
                "topic": topic.name,
                "group": group,
                "row": row.label,
                "concept": row.concept,
                "policy": column.name,
                "state": str(cell.state),
                "note": cell.note,
                "words": "; ".join(dict.fromkeys(each.words for each in cell.words)),
                "passages": "\n".join(dict.fromkeys(each.passage for each in cell.words)),
                "iri": column.policy,
            }
