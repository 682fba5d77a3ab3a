"""What a page says of one node, as values."""

from __future__ import annotations

from dataclasses import dataclass

from privagraph.queries.explaining import Explanation

__all__ = ["ResourceView", "Said", "Shown"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A node or a literal, to read.

    Attributes:
        text: A node's label, or the words of a literal, cut where they are long.
        iri: The node's IRI; empty for a literal.
        note: Its language or datatype, where it has one to speak of.
        length: How many characters the literal has in all; 0 where none are cut.
    """

    text: str
    iri: str = ""
    note: str = ""
    length: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """A property with its values, or with the nodes that have the node as value.

    Attributes:
        iri: The property.
        name: The property, to read.
        values: The first values.
        total: How many there are.
    """

    iri: str
    name: str
    values: tuple[Shown, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ResourceView:
    """One node.

    Attributes:
        iri: Its IRI.
        label: What it is called.
        kind: What it is, such as practice, concept or property.
        types: Its classes.
        definition: What a term means; empty where that is not said here.
        example: Words of a policy that state the term; empty where there is none.
        broader: The terms right above it.
        narrower: The terms right below it.
        told: What can be told of it, with the words behind it; None for terms, and for what only stands in statements.
        said: What is said of it.
        leading: What leads to it.
        mentions: How many mentions mean it, where it is a term.
        policies: In how many policies they are.
        uses: How often it is used as a property.
        examples: Statements that use it, first subject, then value.
    """

    iri: str
    label: str
    kind: str
    types: tuple[Shown, ...] = ()
    definition: str = ""
    example: str = ""
    broader: tuple[Shown, ...] = ()
    narrower: tuple[Shown, ...] = ()
    told: Explanation | None = None
    said: tuple[Said, ...] = ()
    leading: tuple[Said, ...] = ()
    mentions: int = 0
    policies: int = 0
    uses: int = 0
    examples: tuple[tuple[Shown, Shown], ...] = ()
