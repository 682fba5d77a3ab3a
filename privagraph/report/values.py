"""What a report is made of, as plain values that a page or Markdown only has to lay out."""

from __future__ import annotations

from dataclasses import dataclass, field

from privagraph.ontology.reading import Span

__all__ = [
    "Bar",
    "CardLine",
    "Cell",
    "Clash",
    "Column",
    "Concept",
    "Deed",
    "Denial",
    "FindingGroup",
    "FindingLine",
    "Kept",
    "Ledger",
    "Matrix",
    "MatrixRow",
    "Numbers",
    "Passage",
    "PassageFact",
    "Piece",
    "Place",
    "Recipient",
    "Ref",
    "Right",
    "Thing",
    "Unfitted",
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
class Cell:
    """What is done with some data for some purpose.

    Attributes:
        deeds: Each operation with its modality, whether every statement of it has a condition, and the words.
        number: How many statements there are.
        shade: From 0 to 4, how many that is beside the other cells.
    """

    deeds: tuple[tuple[Thing, str, bool, tuple[Ref, ...]], ...] = ()
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


@dataclass(frozen=True, slots=True)
class Clash:
    """Two passages that contradict each other, or that only seem to."""

    kind: str
    concept: str
    real: bool
    one: tuple[str, Ref]
    other: tuple[str, Ref]
    note: str
    confidence: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding: what it says, and the words that it rests on."""

    message: str
    refs: tuple[Ref, ...]
    sure: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one rule in one policy."""

    severity: str
    title: str
    name: str
    sources: tuple[tuple[str, str], ...]
    remedy: str
    first: tuple[FindingLine, ...]
    more: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class Unfitted:
    """A phrase that no concept fits, and where it stands."""

    phrase: str
    role: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a passage; ``ids`` are the anchors that begin at it, ``role`` is what its words are marked as."""

    text: str
    role: str = ""
    ids: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class PassageFact:
    """What was read from a passage, for the line below it.

    Attributes:
        id: The anchor of a practice; empty for a mention, whose words are marked.
        what: Its role, or ``practice``.
        label: What it was read as.
        concept: The concept; empty where there is none.
        denied: Whether it is denied.
        said: The words of a mention; modality and condition of a practice.
        confidence: In per cent.
        start: Where the words begin in the policy's text.
        end: Where they end.
    """

    id: str
    what: str
    label: str
    concept: str
    denied: bool
    said: str
    confidence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a policy in their place, with what was read from them."""

    number: str
    id: str
    start: int
    end: int
    heading: str
    before: str
    pieces: tuple[Piece, ...]
    after: str
    practices: tuple[PassageFact, ...]
    mentions: tuple[PassageFact, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept that the report names, explained."""

    id: str
    label: str
    curie: str
    iri: str
    definition: str
    broader: str
    refs: tuple[Ref, ...]
    number: int


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
class Numbers:
    """What is counted of one policy, or of all together."""

    practices: int = 0
    denials: int = 0
    data: int = 0
    purposes: int = 0
    named: int = 0
    kinds: int = 0
    places: int = 0
    outside: int = 0
    periods: int = 0
    rights: int = 0
    contradictions: int = 0
    narrowings: int = 0
    unfitted: int = 0
    severities: dict[str, int] = field(default_factory=dict)
