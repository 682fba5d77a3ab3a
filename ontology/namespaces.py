"""The namespaces that the graph speaks, and the short forms (CURIEs) of their terms.

Source of the DPV namespaces: https://w3id.org/dpv (release 2.3); of the W3C ones: their specifications.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from privagraph.errors import UnknownTermError

__all__ = ["BASE", "DPV_PREFIXES", "PREFIXES", "VOCABULARY_GRAPH", "compact", "expand"]

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "dpv": "https://w3id.org/dpv#",
        "pd": "https://w3id.org/dpv/pd#",
        "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
        "legal-us": "https://w3id.org/dpv/legal/us#",
        "loc": "https://w3id.org/dpv/loc#",
        "tech": "https://w3id.org/dpv/tech#",
        "pg": "https://w3id.org/privagraph/ns#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "oa": "http://www.w3.org/ns/oa#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""Prefix to namespace IRI; the only binding of each prefix in the whole project."""

DPV_PREFIXES = ("dpv", "pd", "eu-gdpr", "legal-us", "loc", "tech")
"""The prefixes whose terms come from the pinned DPV release and from nowhere else."""

BASE = "https://w3id.org/privagraph/id/"
"""Default base IRI of instances."""

VOCABULARY_GRAPH = "https://w3id.org/privagraph/ns/vocabulary"
"""Name of the graph that holds labels and hierarchy of the vocabulary."""


def expand(curie: str) -> str:
    """The full IRI of a CURIE.

    Args:
        curie: A short form such as ``dpv:Collect``.

    Returns:
        The IRI; whether the vocabulary has such a term is not checked here (see ``privagraph.ontology.vocabulary``).

    Raises:
        UnknownTermError: The prefix is not one of :data:`PREFIXES`.

    Example:
        >>> expand("dpv:Collect")
        'https://w3id.org/dpv#Collect'
    """
    prefix, colon, name = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        raise UnknownTermError(curie, scheme="prefix", near=sorted(PREFIXES))
    return PREFIXES[prefix] + name


def compact(iri: str) -> str:
    """The CURIE of an IRI, or the IRI itself when no prefix fits.

    Example:
        >>> compact("https://w3id.org/dpv/pd#EmailAddress")
        'pd:EmailAddress'
        >>> compact("https://example.org/x")
        'https://example.org/x'
    """
    best = max(
        ((prefix, space) for prefix, space in PREFIXES.items() if iri.startswith(space)),
        key=lambda pair: len(pair[1]),
        default=None,
    )
    return iri if best is None else f"{best[0]}:{iri[len(best[1]) :]}"
