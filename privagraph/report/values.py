"""What a report is made of, as plain values that a page or Markdown only has to lay out."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "CardLine",
    "Cell",
    "CellDeed",
    "Column",
    "Deed",
    "Denial",
    "Kept",
    "Ledger",
    "Matrix",
    "MatrixRow",
    "Place",
    "Recipient",
    "Ref",
    "Right",
    "Thing",
]


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to words of a policy.

    Attributes:
        number: What the passage is called on paper: ``12``, or ``2.12`` where there are several policies.
        target: The anchor of the words.
        words: The words, on one line, for who only wants a glance at them.
    """

    number: str
    target: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a policy names.

    Attributes:
        label: What to call it.
        concept: IRI of its concept, which the report explains; empty where it has none.
        refs: The words that name it.
        note: What else to say of it, in a few words.
    """

    label: str
    concept: str = ""
    refs: tuple[Ref, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line of the card of a policy: a term, and what is known of it."""

    term: str
    things: tuple[Thing, ...]
    code: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """A statement of what is done.

    Attributes:
        verb: The operation.
        modality: ``asserted``, ``possible`` or ``required``.
        condition: The words of its condition; empty where it has none.
        by: Who does it, where that is not the company of the policy.
        data: The data.
        purposes: What it is for.
        recipients: Who gets them.
        more: The other arguments, each under what it is: legal basis, source, people, technology.
        confidence: How sure the extraction is, in per cent.
        ref: The words.
    """

    verb: Thing
    modality: str
    condition: str
    by: str
    data: tuple[Thing, ...]
    purposes: tuple[Thing, ...]
    recipients: tuple[Thing, ...]
    more: tuple[tuple[str, tuple[Thing, ...]], ...]
    confidence: int
    ref: Ref


@dataclass(frozen=True, slots=True)
class Ledger:
    """All statements of one operation."""

    verb: Thing
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a matrix."""

    label: str
    concept: str = ""


@dataclass(frozen=True, slots=True)
class CellDeed:
    """One operation in a cell.

    Attributes:
        verb: The operation, with the words of its statements.
        modality: ``asserted``, ``possible`` or ``required``.
        conditional: Whether every statement of it has a condition.
        least: How sure the least sure statement is, in per cent.
        most: How sure the surest is.
    """

    verb: Thing
    modality: str
    conditional: bool
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What is done with some data for some purpose.

    Attributes:
        deeds: What is done, the operations with the most statements first.
        number: How many statements there are.
        shade: From 0 to 4, how many that is beside the other cells.
    """

    deeds: tuple[CellDeed, ...] = ()
    number: int = 0
    shade: int = 0


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A group of data, what is below it, and its cells."""

    label: str
    concept: str
    below: tuple[Thing, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Data by purpose."""

    columns: tuple[Column, ...] = ()
    rows: tuple[MatrixRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets data.

    Attributes:
        thing: Who, with the words that name it.
        kinds: What kind of recipient it is, and who runs it.
        named: Whether it is an organisation of a name, and not only a kind.
        data: What it gets.
        purposes: Why.
        verbs: How: the operations, "may" where every statement says so.
        denied: Words that say that it does not get something.
    """

    thing: Thing
    kinds: tuple[Thing, ...]
    named: bool
    data: tuple[Thing, ...]
    purposes: tuple[Thing, ...]
    verbs: tuple[Thing, ...]
    denied: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where data goes or lies.

    Attributes:
        thing: The place.
        is_country: Whether it is a country or region, and not, say, a device.
        outside: Whether it is known to lie outside the European Economic Area.
        sent: The words that say that data is sent there.
        stored: The words that say that it is kept there.
        data: Which data.
        recipients: To whom.
        safeguards: What protects it, as the same statements say.
        denied: Words that say that data does not go there.
    """

    thing: Thing
    is_country: bool
    outside: bool
    sent: tuple[Ref, ...]
    stored: tuple[Ref, ...]
    data: tuple[Thing, ...]
    recipients: tuple[Thing, ...]
    safeguards: tuple[Thing, ...]
    denied: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """How long something is kept.

    Attributes:
        how_long: The length of time where one is given, else the words.
        data: Which data; none where the policy does not say.
        words: The words.
        denied: Whether the policy says that it does not keep so.
        ref: The words.
    """

    how_long: str
    data: tuple[Thing, ...]
    words: str
    denied: bool
    ref: Ref


@dataclass(frozen=True, slots=True)
class Right:
    """A right, or a way to use rights."""

    thing: Thing
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Denial:
    """What the policy says that it does not do."""

    deed: Deed
    words: str
