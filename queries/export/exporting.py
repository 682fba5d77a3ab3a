"""Exports: one function for all formats, and what it says of what it wrote."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import expand
from privagraph.queries.drawing import Drawing
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.registry import FORMATS
from privagraph.queries.export.source import Source
from privagraph.queries.networks import Filters
from privagraph.queries.store import GraphStore

__all__ = ["Exported", "export"]


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds.

    Attributes:
        policies: Number of policies.
        practices: Number of practices, the denied ones included.
        denied: Number of denied practices among them.
        mentions: Number of mentions.
        nodes: Number of nodes, in a network or a picture; else 0.
        edges: Number of edges, in a network or a picture; else 0.
        rows: Number of rows, in tables; else 0.
        quads: Number of quads of the policies and practices that were chosen; 0 in a view.
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
    store: GraphStore,
    to: str,
    path: str | os.PathLike[str],
    *,
    policy: str | None = None,
    view: str = "full",
    filters: Filters | None = None,
    drawing: Drawing | None = None,
) -> Exported:
    """Write the graph for another tool.

    Args:
        store: The graph.
        to: One of :data:`~privagraph.queries.export.registry.FORMATS`.
        path: The file; one that is there is replaced once the new one is whole. A folder, or a name that ends in a
            slash, gets the format's files under their own names.
        policy: IRI of the one policy to write; all of them when None.
        view: Which network, one of :data:`~privagraph.queries.networks.VIEWS`; formats that are no network take
            ``full`` alone.
        filters: Which practices to write; all of them when None.
        drawing: How large a picture may be, for formats that are one.

    Returns:
        What was written, counted.

    Raises:
        GraphError: There is no such format, view or policy, the format has no views, or the place cannot be written to.
    """
    if to not in FORMATS:
        near = get_close_matches(to, FORMATS, n=1)
        advice = f"did you mean {near[0]!r}?" if near else f"choose one of {', '.join(FORMATS)}"
        raise GraphError(str(path), f"no export to {to!r}", advice)
    if view != "full" and not FORMATS[to].of_view:
        networks = ", ".join(each.name for each in FORMATS.values() if each.of_view)
        raise GraphError(to, "no network, so there are no views of it", f"export a view to one of {networks}")
    chosen = filters or Filters()
    if policy:
        chosen = replace(chosen, policies=(policy,))
    source = Source(store, view, chosen, drawing or Drawing())
    output = _output(to, path)
    written = FORMATS[to].load()(source, output)
    return _exported(source, written, output)


def _output(to: str, path: str | os.PathLike[str]) -> Output:
    format_, name = FORMATS[to], os.fspath(path)
    folder = format_.folder or name.endswith(("/", os.sep)) or Path(name).is_dir()
    return Output(format_, Path(name), folder=folder)


def _exported(source: Source, written: Written, output: Output) -> Exported:
    network = output.format.of_view and (source.view != "full" or source.narrows)
    counts = _counted_view(source) if network else _counted(source)
    nothing = ("No practice fits the filters.",) if source.narrows and not counts.practices else ()
    if not source.store.policies():
        nothing = ("The graph holds no policy.",)
    return Exported(
        policies=counts.policies,
        practices=counts.practices,
        denied=counts.denied,
        mentions=counts.mentions,
        nodes=written.nodes,
        edges=written.edges,
        rows=written.rows,
        quads=counts.quads,
        files=tuple(output.files),
        notes=(*nothing, *written.notes),
    )


class _Counts(NamedTuple):
    """How much of a graph there is."""

    policies: int
    practices: int
    denied: int
    mentions: int
    quads: int


def _counted(source: Source) -> _Counts:
    """What the quads say."""
    type_iri = expand("rdf:type")
    found = Counter(
        str(quad.object)[1:-1] if quad.predicate.value == type_iri else quad.predicate.value
        for quad in source.unsorted_quads()
    )
    denied = found[expand("pg:DeniedPractice")]
    return _Counts(
        policies=found[expand("pg:PrivacyPolicy")],
        practices=found[expand("pg:AffirmedPractice")] + denied,
        denied=denied,
        mentions=found[expand("pg:hasMention")],
        quads=found.total(),
    )


def _counted_view(source: Source) -> _Counts:
    """What a part of a network rests on: practices and mentions that are nodes, or that edges name as evidence."""
    policies: set[str] = set()
    polarity: dict[str, str] = {}
    mentions: set[str] = set()
    for node, data in source.network.nodes(data=True):
        if data["kind"] == "policy":
            policies.add(node)
        elif data["kind"] == "practice":
            polarity[node] = data.get("polarity", "affirmed")
    for *_, data in source.network.edges(data=True):
        policies.update(data["policies"])
        for record in data["evidence"]:
            if "practice" in record:
                polarity.setdefault(record["practice"], record.get("polarity", "affirmed"))
            if "mention" in record:
                mentions.add(record["mention"])
    denied = sum(each == "denied" for each in polarity.values())
    return _Counts(len(policies), len(polarity), denied, len(mentions), 0)
