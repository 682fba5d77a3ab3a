"""Which policy a person means by a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from difflib import get_close_matches

from privagraph.errors import GraphError
from privagraph.queries.store import GraphStore
from privagraph.queries.summaries import policy_dates, policy_summaries
from privagraph.queries.versions import Version, chains_of, in_force, links_of

__all__ = ["policies_named", "policy_named"]

_NAMED = 5
"""The most policies that an error names; a graph in memory cannot be asked for them afterwards."""


def policies_named(store: GraphStore, name: str) -> tuple[str, ...]:
    """The IRIs of the policies that go by a name; of several versions of one policy that is the current one.

    Args:
        store: The graph.
        name: An IRI, the last part of one, a title, or the name of a source file, in full or from the last slash on.

    Returns:
        The IRIs, sorted; never none.

    Raises:
        GraphError: No policy goes by that name; the error offers the nearest names.
    """
    found = _all_named(store, name)
    return found if len(found) == 1 else _one_of_versions(store, name, found, None)


def policy_named(store: GraphStore, name: str, *, on: date | None = None) -> str:
    """The IRI of the one policy that goes by a name, see :func:`policies_named`.

    Of several versions of one policy it is the current one.

    Args:
        store: The graph.
        name: What it is called.
        on: Take the version that is in force on this day instead.

    Raises:
        GraphError: No policy goes by that name or is in force on that day, or several do.
    """
    found = _all_named(store, name)
    if len(found) > 1 or on is not None:
        found = _one_of_versions(store, name, found, on)
    if len(found) > 1:
        raise GraphError(
            store.location, f"holds {len(found)} policies called {name!r}", _telling_apart(store, name, found)
        )
    return found[0]


def _telling_apart(store: GraphStore, name: str, found: Collection[str]) -> str:
    """How to name one of several policies: by its file, where that tells it from all others, else by its IRI."""
    files = {summary.iri: summary.sources for summary in policy_summaries(store)}
    often = Counter(file for sources in files.values() for file in sources)
    names = [
        next((file for file in files[policy] if often[file] == 1 and file != name), policy)
        for policy in found
    ]
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"name one: {', '.join(names[:_NAMED])}{more}"


def _one_of_versions(
    store: GraphStore, name: str, found: tuple[str, ...], on: date | None
) -> tuple[str, ...]:
    """One version for each policy that goes by a name."""
    links, dates = links_of(store), policy_dates(store)
    chains = {*chains_of(links, found).values()}
    if on is None:
        chosen = {chain[-1] for chain in chains}
    else:
        held = (in_force([Version(each, dates.get(each)) for each in chain], on) for chain in chains)
        chosen = {each for each in held if each is not None}
        if not chosen:
            raise GraphError(
                store.location, f"holds no version of {name!r} that is in force on {on}", "choose a later day"
            )
    return tuple(sorted(chosen))


def _all_named(store: GraphStore, name: str) -> tuple[str, ...]:
    """All policies that go by a name, replaced versions too."""
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
        elif not summaries:
            hint = "it holds none at all"
        elif len(summaries) <= _NAMED:
            hint = (
                f"it holds {', '.join(each.sources[0] if each.sources else each.title for each in summaries)}"
            )
        else:
            hint = "`privagraph query policies` lists them"
        raise GraphError(store.location, f"holds no policy {name!r}", hint)
    return tuple(sorted(known[asked]))
