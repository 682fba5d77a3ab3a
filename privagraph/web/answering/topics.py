"""The named questions by topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from privagraph.queries.catalogue import Query

__all__ = ["Topic", "filtered", "topics"]

_TITLES = {
    "overview": "The policies at a glance",
    "data": "Data",
    "purposes": "Purposes",
    "sharing": "Sharing and recipients",
    "retention": "Retention",
    "rights": "Rights",
    "choice": "Consent and choice",
    "lawfulness": "Legal bases",
    "transfers": "Transfers and places",
    "security": "Security",
    "tracking": "Cookies and tracking",
    "children": "Children and pupils",
    "processors": "Processors",
    "contact": "Contacts",
    "practices": "Practices",
    "corpus": "Across policies",
    "evidence": "Evidence",
    "quality": "Quality of the graph",
    "contract": "Everything, as a table",
}
"""Topics in the order in which they are shown; a question belongs to its first tag."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Questions of one topic.

    Attributes:
        tag: The tag that they share.
        title: What it is called.
        queries: The questions, in the order of their names.
    """

    tag: str
    title: str
    queries: tuple[Query, ...]


def filtered(queries: Sequence[Query], text: str, tag: str) -> tuple[Query, ...]:
    """Questions that have a tag, and all the words of a text in what they are called or how they are asked.

    Args:
        queries: The questions.
        text: Some words; case does not matter.
        tag: A tag; any when empty.
    """
    words = text.casefold().split()
    return tuple(
        query
        for query in queries
        if (not tag or tag in query.tags) and all(word in searched(query) for word in words)
    )


def topics(queries: Sequence[Query]) -> tuple[Topic, ...]:
    """Questions by their topics."""
    found: dict[str, list[Query]] = {}
    for query in queries:
        found.setdefault(query.tags[0], []).append(query)
    order = [*_TITLES, *sorted(set(found) - set(_TITLES))]
    return tuple(
        Topic(tag, _TITLES.get(tag, tag.capitalize()), tuple(found[tag])) for tag in order if tag in found
    )


def searched(query: Query) -> str:
    """All that a search looks at, in small letters."""
    return " ".join((query.id, query.title, query.question, *query.asked, *query.tags)).casefold()
