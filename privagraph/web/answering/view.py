"""A part of an answer as a page shows it: headings, and cells with names, links and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from privagraph.ontology.namespaces import PREFIXES, compact
from privagraph.queries.tables import cell
from privagraph.queries.values import Iri
from privagraph.web.links import policy_url, resource_url, words_url

if TYPE_CHECKING:
    from privagraph.web.answering.rows import Part, Shown
    from privagraph.web.policies import PolicyIndex

__all__ = ["ROWS", "Cell", "Heading", "Pages", "TableView", "view_of"]

ROWS = 100
"""How many rows a page shows."""
_NUMBERS = frozenset(
    PREFIXES["xsd"] + name for name in ("integer", "decimal", "double", "float", "int", "long", "short")
)
_SENTENCE = 60
"""A text with more characters is a sentence."""
_TECHNICAL = frozenset({"prefix", "suffix", "start", "end", "other_start"})
"""Columns that say where words stand, which a link does better; files have them."""
_LOOKS = {"denied": "denied", "possible": "possible", "conditional": "conditional"}
"""Values that stand out, and how."""
_SPOKEN = frozenset({"role", "kind", "part", "new_role"})
"""Columns of values whose words are joined by underscores."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column.

    Attributes:
        name: The column's name in the query.
        text: What is shown.
        number: Whether its cells are numbers.
        wide: Whether its cells hold sentences.
    """

    name: str
    text: str
    number: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    Attributes:
        text: What it shows.
        url: Where that leads; empty where it leads nowhere.
        note: What is shown beside it, such as a label, a language or a datatype.
        title: What is told on request: the short form of an IRI.
        look: How it stands out: a class of the style.
        place: Address of its words in their policy; empty where it has none.
        language: Tag of the text's language.
    """

    text: str
    url: str = ""
    note: str = ""
    title: str = ""
    look: str = ""
    place: str = ""
    language: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it holds a sentence, which is no good text for a link."""
        return len(self.text) > _SENTENCE


@dataclass(frozen=True, slots=True)
class Pages:
    """Which rows of how many are shown.

    Attributes:
        first: Number of the first row shown, from 1; 0 where there is none.
        last: Number of the last.
        total: How many there are.
        more: Whether there are more than were counted.
        number: Number of this page, from 1.
        count: How many pages there are.
    """

    first: int
    last: int
    total: int
    more: bool
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class TableView:
    """An answer on a page.

    Attributes:
        kind: ``select``, ``ask`` or ``construct``.
        truth: What an ASK found.
        headings: The heads of the columns.
        rows: The rows.
        pages: Which rows of how many these are.
        seconds: How long the graph was asked.
    """

    kind: str
    truth: bool
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    pages: Pages
    seconds: float


def view_of(part: Part, policies: PolicyIndex, *, page: int, spoken: bool) -> TableView:
    """A page of an answer.

    Args:
        part: Rows of the answer, those of the page among them.
        policies: The policies that cells lead to.
        page: Number of the page, from 1.
        spoken: For people who read an answer: labels for IRIs, the policy where its file stands. Otherwise all columns
            as they are: CURIEs, languages and datatypes.
    """
    begin = (page - 1) * ROWS - part.first
    rows = part.rows[begin : begin + ROWS]
    columns = [_Column(name, number) for number, name in enumerate(part.columns)]
    if spoken:
        columns = _folded(part.columns)
    made = tuple(tuple(_cell(row, column, policies, spoken=spoken) for column in columns) for row in rows)
    headings = tuple(
        Heading(
            column.name,
            _spoken(column.name) if spoken else column.name,
            number=_numeric(rows, column.index),
            wide=_is_wide([row[index].text for row in made]),
        )
        for index, column in enumerate(columns)
    )
    shown = (
        tuple(
            replace(each, look="number") if heading.number else each
            for each, heading in zip(row, headings, strict=True)
        )
        for row in made
    )
    pages = Pages(
        first=part.first + begin + 1 if rows else 0,
        last=part.first + begin + len(rows),
        total=part.total,
        more=part.more,
        number=page,
        count=max(1, -(-part.total // ROWS)),
    )
    return TableView(part.kind, part.truth, headings, tuple(shown), pages, part.seconds)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that is shown.

    Attributes:
        name: Its name.
        index: Its number in the answer.
        label: Number of the column that has its labels.
        policy: Number of the column whose policy it leads to.
    """

    name: str
    index: int
    label: int | None = None
    policy: int | None = None


def _folded(names: Sequence[str]) -> list[_Column]:
    """The columns without those that say what others show better."""
    index = {name: number for number, name in enumerate(names)}
    labels = {name: index[f"{name}_label"] for name in names if f"{name}_label" in index}
    policy = index.get("policy") if "source" in index else None
    return [
        _Column(name, number, labels.get(name), policy if name == "source" else None)
        for name, number in index.items()
        if number not in labels.values() and number != policy and name not in _TECHNICAL
    ]


def _cell(row: Sequence[Shown | None], column: _Column, policies: PolicyIndex, *, spoken: bool) -> Cell:
    value = row[column.index]
    if value is None:
        label = None if column.label is None else row[column.label]
        return Cell("") if label is None else Cell(label.text)
    place = ""
    if value.place is not None and value.place.policy in policies.by_iri:
        card = policies.by_iri[value.place.policy]
        place = words_url(card.key, value.place.start, value.place.end)
    if value.kind == "literal":
        made = _literal(value, column, spoken=spoken)
        policy = _policy(row, column)
        if policy in policies.by_iri:
            return replace(made, url=policy_url(policies.by_iri[policy].key))
        return replace(made, place=place)
    if value.kind == "blank":
        return Cell(value.text)
    label = None if column.label is None else row[column.label]
    return replace(_iri(value, "" if label is None else label.text, policies, spoken=spoken), place=place)


def _policy(row: Sequence[Shown | None], column: _Column) -> str:
    """The policy that a cell with the name of a file leads to: the row's, else that of its words."""
    if column.name != "source":
        return ""
    named = None if column.policy is None else row[column.policy]
    if named is not None:
        return named.text
    return next((each.place.policy for each in row if each is not None and each.place is not None), "")


def _iri(value: Shown, label: str, policies: PolicyIndex, *, spoken: bool) -> Cell:
    card = policies.by_iri.get(value.text)
    url = resource_url(value.text) if card is None else policy_url(card.key)
    short = cell(Iri(value.text))
    called = label or value.label or ("" if card is None else card.name)
    if not spoken:
        return Cell(short, url=url, note=called, title=value.text if short != compact(value.text) else "")
    return Cell(called or short, url=url, title=short if called else "")


def _literal(value: Shown, column: _Column, *, spoken: bool) -> Cell:
    note = ""
    if not spoken:
        note = f"@{value.language}" if value.language else compact(value.datatype) if value.datatype else ""
        return Cell(value.text, note=note, language=value.language)
    text = value.text.replace("_", " ") if column.name in _SPOKEN else value.text
    return Cell(text, look=_LOOKS.get(value.text, ""), language=value.language)


def _spoken(name: str) -> str:
    """The name of a column in words."""
    return name[:1].upper() + name[1:].replace("_", " ")


def _is_wide(texts: Sequence[str]) -> bool:
    """Whether most texts of a column that are there are sentences."""
    there = [text for text in texts if text]
    return sum(len(text) > _SENTENCE for text in there) * 2 > len(there)


def _numeric(rows: Sequence[Sequence[Shown | None]], column: int) -> bool:
    """Whether a column holds numbers alone, and any."""
    values = [each for row in rows if (each := row[column]) is not None]
    return bool(values) and all(each.datatype in _NUMBERS for each in values)
