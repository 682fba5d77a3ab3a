"""Comparisons as parts of a page, made in the processes that read the graph."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from privagraph.web.links import policy_url, words_url

if TYPE_CHECKING:
    from privagraph.ontology.reading import Span
    from privagraph.queries.store import GraphStore
    from privagraph.web.policies import PolicyCard

__all__ = ["FEWEST", "MOST", "body", "written"]

FEWEST, MOST = 2, 6
"""How many policies the page puts side by side."""


def body(store: GraphStore, cards: tuple[PolicyCard, ...], as_diff: bool) -> str:
    """The comparison as HTML.

    Args:
        store: The graph.
        cards: The policies.
        as_diff: Whether it tells what changed from the first to the second.
    """
    places = tuple(_place(card.key) for card in cards)
    names = tuple(card.iri for card in cards)
    if as_diff:
        from privagraph.queries.differences import writing as changes
        from privagraph.queries.differences.versions import diff_named

        old, new = places
        return changes.body(diff_named(store, *names), places=(old, new))
    from privagraph.queries.comparison import writing as comparisons
    from privagraph.queries.comparison.gathering import compare_named

    return comparisons.body(
        compare_named(store, names),
        places=places,
        addresses=[policy_url(card.key) for card in cards],
    )


def written(store: GraphStore, policies: tuple[str, ...], form: str, as_diff: bool) -> str:
    """The comparison as a file.

    Args:
        store: The graph.
        policies: IRIs of the policies.
        form: ``html``, ``markdown``, ``csv`` or ``json``.
        as_diff: Whether it tells what changed from the first to the second.
    """
    if as_diff:
        from privagraph.queries.differences import writing as changes
        from privagraph.queries.differences.versions import diff_named

        return changes.written(diff_named(store, *policies), form, texts=True)
    from privagraph.queries.comparison import writing as comparisons
    from privagraph.queries.comparison.gathering import compare_named

    return comparisons.written(compare_named(store, policies), form, every=True)


def _place(key: str) -> Callable[[Span], str]:
    return partial(_words, key)


def _words(key: str, span: Span) -> str:
    return words_url(key, span.start, span.end)
