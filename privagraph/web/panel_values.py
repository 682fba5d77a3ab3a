"""What is told of a mention or practice beside the text of its policy, as values for a template."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Concept", "Link", "Panel", "Part", "Steps"]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere.

    Attributes:
        words: What is shown.
        url: Where they lead; nowhere when empty.
        note: What is said besides.
        looks: Names of classes.
        mark: The end of the IRI of the mention whose words they are; empty where they are none's.
    """

    words: str
    url: str = ""
    note: str = ""
    looks: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """What words stand for.

    Attributes:
        iri: Its IRI.
        label: Its label.
        short: Its IRI as a CURIE; the IRI where there is no prefix for it.
        definition: What the vocabulary says that it means; may be empty.
        broader: The broader concepts, the nearest first.
    """

    iri: str
    label: str
    short: str
    definition: str = ""
    broader: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A list under a heading.

    Attributes:
        title: The heading.
        links: What is listed.
        more: How many there are besides.
    """

    title: str
    links: tuple[Link, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Steps:
    """Where the arrows lead; each is the end of an address, or empty at an end of the text.

    Attributes:
        before: The mention or practice before it.
        after: The one after it.
        alike_before: The mention before it of the same role.
        alike_after: The one after it of the same role.
    """

    before: str = ""
    after: str = ""
    alike_before: str = ""
    alike_after: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """What is told of a mention or a practice.

    Attributes:
        kind: ``mention``, ``practice`` or ``denial``.
        iri: Its IRI.
        title: What it is.
        note: What that means.
        quote: Its words.
        group: The group of a mention's role; empty for a practice.
        polarity: Whether it is affirmed or denied, in a sentence.
        denied: Whether it is denied.
        meanings: The concepts and organisations that a mention stands for.
        silence: Why a mention has no concept; empty where it has one.
        facts: Names and values.
        parts: What belongs to it, and what else is there.
        steps: Where the arrows lead.
        words_url: Its words in their place.
        resource_url: All that the graph says of it.
        explorer_url: It in the middle of a picture.
    """

    kind: str
    iri: str
    title: str
    note: str
    quote: str
    group: str
    polarity: str
    denied: bool
    meanings: tuple[Concept, ...]
    silence: str
    facts: tuple[tuple[str, Link], ...]
    parts: tuple[Part, ...]
    steps: Steps
    words_url: str
    resource_url: str
    explorer_url: str
