"""Which concept or organisation a person means by a name."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import pyoxigraph as ox

from privagraph.errors import GraphError, UnknownTermError
from privagraph.ontology.vocabulary import Branch, Vocabulary, vocabulary
from privagraph.queries.store import GraphStore

__all__ = ["concept_named", "recipient_named"]

_AGENTS = """SELECT DISTINCT ?agent ?name {
  ?agent a dpv:Organisation ; rdfs:label|foaf:name|skos:altLabel ?name
} ORDER BY ?agent ?name"""


def concept_named(name: str, *, branch: Branch) -> str:
    """The IRI of the concept that goes by a name.

    Args:
        name: A CURIE such as ``pd:EmailAddress``, an IRI, the part of one after the prefix, or a label; case does not
            matter in a label.
        branch: The hierarchy that it must be in.

    Raises:
        UnknownTermError: No concept of that hierarchy goes by that name; the error offers the nearest ones.

    Example:
        >>> concept_named("email address", branch=Branch.PERSONAL_DATA)
        'https://w3id.org/dpv/pd#EmailAddress'
    """
    known = vocabulary()
    asked = name.strip().removeprefix("<").removesuffix(">")
    if asked in known and known.is_a(asked, branch):
        return known.iri(asked)
    exact = [term.iri for term in known.search(asked) if _goes_by(term.label, term.curie, asked)]
    fitting = [iri for iri in exact if known.is_a(iri, branch)]
    if fitting:
        return fitting[0]
    raise UnknownTermError(name, scheme=known.label(branch).lower(), near=_near(known, asked, branch))


def recipient_named(store: GraphStore, name: str) -> str:
    """The IRI of the organisation or kind of recipient that goes by a name.

    Args:
        store: The graph.
        name: The name of an organisation in the graph, its IRI, or what :func:`concept_named` takes.

    Raises:
        UnknownTermError: Neither an organisation nor a kind of recipient goes by that name; the error offers others.
        GraphError: The same, and there is none of a name like it.
    """
    asked = name.strip().removeprefix("<").removesuffix(">")
    known = list(_agents(store))
    for agent, label in known:
        if asked in (agent, agent.rpartition("/")[2]) or asked.casefold() == label.casefold():
            return agent
    try:
        return concept_named(asked, branch=Branch.ENTITY)
    except UnknownTermError as error:
        labels = sorted({label for _, label in known})
        near = (*get_close_matches(asked, labels, n=3), *error.near)[:5]
        if not near:
            advice = (
                "`privagraph query named-recipients` lists those of the graph, `privagraph terms` the kinds"
            )
            raise GraphError(store.location, f"knows no recipient {name!r}", advice) from error
        raise UnknownTermError(name, scheme="recipient", near=near) from error


def _agents(store: GraphStore) -> Iterator[tuple[str, str]]:
    """The organisations of a graph, with each of their names."""
    rows = store.query(_AGENTS)
    assert isinstance(rows, ox.QuerySolutions)  # it is a SELECT
    for agent, name in rows:
        if isinstance(agent, ox.NamedNode) and isinstance(name, ox.Literal):
            yield agent.value, name.value


def _goes_by(label: str, curie: str, name: str) -> bool:
    return name.casefold() in (label.casefold(), curie.casefold(), curie.partition(":")[2].casefold())


def _near(known: Vocabulary, name: str, branch: Branch) -> tuple[str, ...]:
    """Concepts of a hierarchy that are named alike, five at most."""
    held = [term.curie for term in known.search(name.replace("-", "")) if known.is_a(term.iri, branch)]
    spelt = [curie for curie in known.nearest(name) if known.is_a(curie, branch)]
    return tuple(dict.fromkeys((*held, *spelt)))[:5]
