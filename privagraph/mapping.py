"""Policies mapped into a graph: the loaders, and what is derived from each policy, behind one function."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from privagraph.errors import InputError
from privagraph.ontology.namespaces import BASE

if TYPE_CHECKING:
    from privagraph.loaders.extraction import Extractor
    from privagraph.loaders.pipeline import MapReport, PolicyWriter, Progress
    from privagraph.loaders.reviews.remapping import ReviewedGraphs
    from privagraph.loaders.sources import Source

__all__ = ["Sources", "expect_some", "map_into", "map_policies"]

Sources = str | os.PathLike[str] | Iterable["str | os.PathLike[str] | Source"]
"""One thing to map or several: files, folders, patterns, addresses, ``-`` for standard input; or sources."""


def map_policies(
    sources: Sources,
    output: str | os.PathLike[str],
    *,
    output_format: str | None = None,
    base: str = BASE,
    allow_private_addresses: bool = False,
    extractor: Extractor | str | None = None,
    min_confidence: float = 0.0,
    reviews: str | os.PathLike[str] | None = None,
    versions: bool = False,
    revision_of: str | None = None,
    progress: Progress | None = None,
) -> MapReport:
    """Map policies into a graph on disk.

    Args:
        sources: What to map.
        output: A folder, which becomes a store or is one already and is added to; or a file, whose name tells
            the format (.trig .nq .ttl .jsonld) and which is replaced.
        output_format: ``store``, ``trig``, ``nq``, ``ttl`` or ``jsonld``, where the name does not tell it.
        base: The IRI under which policies, practices and agents are named.
        allow_private_addresses: Whether addresses in private networks may be fetched.
        extractor: What finds the practices, or its name, such as ``lexicon``; the usual one when None.
        min_confidence: Mentions and practices that are less sure are left out, from 0 to 1; what a reviewer
            decided on stays.
        reviews: A graph whose decisions of reviewers count too; those in the output itself always do.
        versions: Whether the sources are versions of one policy, oldest first.
        revision_of: The policy in the output, by file name, title or IRI, that the first source is a new version of.
            What is mapped into a store from a file of the same name as a policy of the same controller is one anyway.
        progress: Is told before each source: how many are done, how many there are, the name of the next.

    Returns:
        What became of each source. When none could be mapped, nothing was written.

    Raises:
        InputError: The base is not an absolute IRI, or the confidence is not from 0 to 1.
        GraphError: The graph cannot be written, or one with decisions cannot be read.
        ServiceError: A service that the extractor needs cannot be used.
    """
    from privagraph.queries.outputs import GraphOutput

    with GraphOutput(
        output, kind=output_format, reviews=reviews, versions=versions, revision_of=revision_of
    ) as target:
        report = map_into(
            sources,
            target.write,
            base,
            allow_private_addresses,
            extractor,
            min_confidence,
            target.reviewed,
            progress,
        )
        target.complete()
        revisions = target.revisions
    return replace(report, revisions=revisions)


def map_into(
    sources: Sources,
    write: PolicyWriter,
    base: str,
    allow_private_addresses: bool,
    extractor: Extractor | str | None,
    min_confidence: float,
    reviews: ReviewedGraphs | None,
    progress: Progress | None,
) -> MapReport:
    """Map sources into whatever takes policies, each with what contradicts itself in it."""
    from privagraph.loaders.pipeline import map_sources
    from privagraph.loaders.web import WebOptions
    from privagraph.shapes.derivation.recording import with_contradictions

    named = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    web = WebOptions(allow_private=allow_private_addresses)
    return map_sources(
        named,
        lambda policy, quads: write(policy, with_contradictions(policy, quads)),
        base=base,
        extractor=extractor,
        web=web,
        min_confidence=min_confidence,
        reviews=reviews,
        progress=progress,
    )


def expect_some(report: MapReport) -> None:
    """Raise what kept every source out of the graph, where none got in."""
    if report.mapped:
        return
    if report.left_out:
        first, others = report.left_out[0], len(report.left_out) - 1
        more = f" (and {others} more could not be mapped)" if others else ""
        raise InputError(first.source, f"{first.reason}{more}", first.advice)
    if report.failed:
        raise RuntimeError(f"{report.failed[0].source}: {report.failed[0].error}\n{report.failed[0].trace}")
    raise InputError("sources", "nothing to map", "name a file, a folder or an address")
