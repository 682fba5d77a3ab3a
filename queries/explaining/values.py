"""What is told of a node, as values."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Explanation", "Fact", "Words"]


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a policy's text.

    Attributes:
        what: What the words are to the node, such as ``stated here`` or ``recipient``.
        before: What stands before them.
        quote: The words: ``text[start:end]`` of the policy.
        after: What stands after them.
        start: Offset of their first character, in code points.
        end: Offset after their last character.
        says: What they were taken to mean; empty where that is plain.
    """

    what: str
    before: str
    quote: str
    after: str
    start: int
    end: int
    says: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is so of the node.

    Attributes:
        name: What it is.
        value: The value, to read.
        iri: The IRI of the value, or None.
    """

    name: str
    value: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One node, explained.

    Attributes:
        iri: The node.
        kind: What it is, such as practice, denial, mention, observation, organisation, concept or policy.
        label: What it is called.
        policy: IRI of the policy that says it; None for what several may share.
        source: Names of the policy's files, joined; empty where there is no policy.
        words: The words behind it, its own first.
        facts: What it says.
        found: How it was found and how sure that is.
        follows: What follows from it, and what else in the graph rests on it.
    """

    iri: str
    kind: str
    label: str
    policy: str | None
    source: str
    words: tuple[Words, ...] = ()
    facts: tuple[Fact, ...] = ()
    found: tuple[Fact, ...] = ()
    follows: tuple[Fact, ...] = ()

    def __repr__(self) -> str:
        return f"<Explanation of the {self.kind} {self.label!r}>"

    def _repr_html_(self) -> str:
        """The explanation for a notebook."""
        from privagraph.queries.explaining.forms import as_html

        return as_html(self)
