"""Which policy a person means by a name."""

from __future__ import annotations

from difflib import get_close_matches

from privagraph.errors import GraphError
from privagraph.queries.store import GraphStore
from privagraph.queries.summaries import policy_summaries

__all__ = ["policies_named", "policy_named"]

_NAMED = 5
"""The most policies that an error names, all of them; a graph in memory cannot be asked for them afterwards."""


def policies_named(store: GraphStore, name: str) -> tuple[str, ...]:
    """The IRIs of the policies that go by a name.

    Args:
        store: The graph.
        name: An IRI, the last part of one, a title, or the name of a source file, in full or from the last slash on.

    Returns:
        The IRIs, sorted; never none.

    Raises:
        GraphError: No policy goes by that name; the error offers the nearest names.
    """
    asked = name.strip().removeprefix("<").removesuffix(">")
    known: dict[str, set[str]] = {}
    summaries = policy_summaries(store)
    for policy in summaries:
        files = (form for source in policy.sources for form in (source, source.rpartition("/")[2]))
        for form in (policy.iri, policy.iri.rpartition("/")[2], policy.title, *files):
            known.setdefault(form, set()).add(policy.iri)
    if asked not in known:
        near = get_close_matches(asked, known, n=3)
        if near:
            hint = f"did you mean {', '.join(near)}?"
        elif 0 < len(summaries) <= _NAMED:
            hint = (
                f"it holds {', '.join(each.sources[0] if each.sources else each.title for each in summaries)}"
            )
        else:
            hint = "`privagraph query policies` lists them"
        raise GraphError(store.location, f"holds no policy {name!r}", hint)
    return tuple(sorted(known[asked]))


def policy_named(store: GraphStore, name: str) -> str:
    """The IRI of the one policy that goes by a name, see :func:`policies_named`.

    Raises:
        GraphError: No policy goes by that name, or several do.
    """
    found = policies_named(store, name)
    if len(found) > 1:
        raise GraphError(
            store.location,
            f"holds {len(found)} policies called {name!r}",
            f"name one by its IRI: {' '.join(found)}",
        )
    return found[0]
