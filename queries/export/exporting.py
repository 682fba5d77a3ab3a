"""Exports: one function for all formats, and what it says of what it wrote."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import expand
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.registry import FORMATS
from privagraph.queries.export.source import Source
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    from pyoxigraph import Quad

__all__ = ["Exported", "export"]


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds.

    Attributes:
        policies: Number of policies.
        practices: Number of practices, the denied ones included.
        denied: Number of denied practices among them.
        mentions: Number of mentions.
        nodes: Number of nodes, in a network; else 0.
        edges: Number of edges, in a network; else 0.
        rows: Number of rows, in tables; else 0.
        quads: Number of quads that it was made from.
        files: The files that were written.
        notes: What a person should know of it, in sentences.
    """

    policies: int
    practices: int
    denied: int
    mentions: int
    nodes: int
    edges: int
    rows: int
    quads: int
    files: tuple[Path, ...]
    notes: tuple[str, ...]


def export(
    store: GraphStore, to: str, path: str | os.PathLike[str], *, policy: str | None = None
) -> Exported:
    """Write the graph for another tool.

    Args:
        store: The graph.
        to: One of :data:`~privagraph.queries.export.registry.FORMATS`.
        path: The file; one that is there is replaced once the new one is whole. A folder, or a name that ends in a
            slash, gets the format's files under their own names.
        policy: IRI of the one policy to write; all of them when None.

    Returns:
        What was written, counted.

    Raises:
        GraphError: There is no such format or policy, or the place cannot be written to.
    """
    if to not in FORMATS:
        raise GraphError(str(path), f"no export to {to!r}", f"choose one of {', '.join(FORMATS)}")
    source = Source(store, (policy,) if policy else ())
    output = _output(to, path)
    counts = _counted(source.quads)
    return _exported(counts, FORMATS[to].load()(source, output), output)


def _output(to: str, path: str | os.PathLike[str]) -> Output:
    format_, name = FORMATS[to], os.fspath(path)
    folder = format_.folder or name.endswith(("/", os.sep)) or Path(name).is_dir()
    return Output(format_, Path(name), folder=folder)


def _counted(quads: Iterable[Quad]) -> Counter[str]:
    """How many quads there are of each class, and of each property."""
    type_iri, counts = expand("rdf:type"), Counter[str]()
    for quad in quads:
        counts[""] += 1
        counts[quad.object.value if quad.predicate.value == type_iri else quad.predicate.value] += 1
    return counts


def _exported(counts: Counter[str], written: Written, output: Output) -> Exported:
    denied = counts[expand("pg:DeniedPractice")]
    return Exported(
        policies=counts[expand("pg:PrivacyPolicy")],
        practices=counts[expand("pg:AffirmedPractice")] + denied,
        denied=denied,
        mentions=counts[expand("pg:hasMention")],
        nodes=written.nodes,
        edges=written.edges,
        rows=written.rows,
        quads=counts[""],
        files=tuple(output.files),
        notes=written.notes,
    )
