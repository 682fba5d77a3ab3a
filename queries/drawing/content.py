"""What a picture says of nodes and edges: facts and words, from the attributes of a network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from privagraph.ontology.namespaces import compact
from privagraph.queries.drawing.model import Evidence, Facts

__all__ = ["edge_facts", "evidence_of", "modality_of", "node_facts"]

_OWN = frozenset(
    {"label", "kind", "types", "policies", "evidence", "quotes", "polarity", "modality", "named", "property"}
)
_LONG = 300
"""Characters of a value that a panel shows."""
_NAMES: Mapping[str, str] = {
    "in_practices": "In practices",
    "deeds": "Things it does",
    "services": "Kind of service",
    "data_labels": "Data",
    "purposes_labels": "Purposes",
    "processing_labels": "What is done",
    "locations_labels": "Places",
    "shared": "Both",
    "lift": "Lift",
    "cosine": "Cosine",
}
_HIDDEN = frozenset(
    {
        "data",
        "purposes",
        "processing",
        "locations",
        "operators",
        "pmi",
        "weight",
        "narrower",
        "rdfs:label",
        "foaf:name",
    }
)


def node_facts(node: str, data: Mapping[str, Any]) -> Facts:
    """What a panel says of a node.

    Args:
        node: Its IRI.
        data: Its attributes.
    """
    found = [("Kind", str(data["kind"]).capitalize())]
    if data.get("modality") in _MODALITIES:
        found.append(("How surely", _MODALITIES[data["modality"]]))
    if data.get("types"):
        found.append(("Types", ", ".join(data["types"])))
    found += _others(data)
    if not node.startswith("_"):
        found.append(("IRI", node))
    return tuple(found)


def edge_facts(data: Mapping[str, Any]) -> Facts:
    """What a panel says of an edge."""
    found = [("Property", compact(data["property"]))] if data.get("property") else []
    return (*found, *_others(data))


def evidence_of(data: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """The words behind a node or an edge, each once, in the order of the text."""
    records = data.get("evidence") or []
    found: dict[tuple[str, int, int], Evidence] = {}
    for record in [records] if isinstance(records, Mapping) else records:
        policy = record.get("policy") or next(iter(data.get("policies") or ()), "")
        if "quote" in record:
            found.setdefault(
                (policy, record["start"], record["end"]),
                Evidence(policy, record["start"], record["end"], record["quote"]),
            )
    return tuple(found[key] for key in sorted(found))


def modality_of(records: Iterable[Mapping[str, Any]]) -> str:
    """How surely what practices say is done, taken together: ``possible`` only where all of them say so."""
    said = {str(record.get("modality") or "asserted") for record in records}
    return said.pop() if len(said) == 1 else "asserted"


_MODALITIES: Mapping[str, str] = {"possible": "may be done", "required": "must be done"}


def _others(data: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for name, value in data.items():
        if name in _OWN or name in _HIDDEN or value in (None, "", [], ()) or name.startswith("pg:text"):
            continue
        text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        yield _NAMES.get(name, name), text if len(text) <= _LONG else text[: _LONG - 1] + "…"
