"""Policies mapped into a graph: the loaders, and what is derived from each policy, behind one function."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from privagraph.errors import InputError
from privagraph.ontology.namespaces import BASE

if TYPE_CHECKING:
    from privagraph.corpus.remote import RemoteShards
    from privagraph.corpus.shards import Shards
    from privagraph.corpus.targets import Target
    from privagraph.loaders.extraction import Extractor
    from privagraph.loaders.inputs import Columns, Source
    from privagraph.loaders.pipeline import MapReport, Progress

__all__ = ["Sources", "expect_some", "map_into", "map_policies", "with_revisions"]

Sources = str | os.PathLike[str] | Iterable["str | os.PathLike[str] | Source"]
"""One thing to map or several: files, folders, patterns, addresses, ``-`` for standard input; or sources."""


def map_policies(
    sources: Sources,
    output: str | os.PathLike[str] | None = None,
    *,
    output_format: str | None = None,
    shards: str | os.PathLike[str] | None = None,
    base: str = BASE,
    allow_private_addresses: bool = False,
    columns: Columns | None = None,
    extractor: Extractor | str | None = None,
    min_confidence: float = 0.0,
    reviews: str | os.PathLike[str] | None = None,
    versions: bool = False,
    revision_of: str | None = None,
    jobs: int | None = 1,
    cluster: str | None = None,
    time_limit: float | None = None,
    memory_limit: int | None = None,
    again: bool = False,
    cache: str | os.PathLike[str] | None = None,
    cache_size: int | None = None,
    progress: Progress | None = None,
) -> MapReport:
    """Map policies into a graph on disk.

    Args:
        sources: What to map.
        output: A folder, which becomes a store or is one already and is added to; or a file, whose name tells
            the format (.trig .nq .ttl .jsonld) and which is replaced. None where there are shards.
        output_format: ``store``, ``trig``, ``nq``, ``ttl`` or ``jsonld``, where the name does not tell it.
        shards: A folder, or an address such as ``s3://bucket/graphs``, that gets the graphs of all policies as
            compressed N-Quads, whether there is an output or not.
        base: The IRI under which policies, practices and agents are named.
        allow_private_addresses: Whether addresses in private networks may be fetched.
        columns: Which columns of tables and JSON Lines hold what; the usual names are looked for when None.
        extractor: What finds the practices, or its name, such as ``lexicon``; the usual one when None.
        min_confidence: Mentions and practices that are less sure are left out, from 0 to 1; what a reviewer
            decided on stays.
        reviews: A graph whose decisions of reviewers count too; those in the output itself always do.
        versions: Whether the sources are versions of one policy, oldest first.
        revision_of: The policy in the output, by file name, title or IRI, that the first source is a new version of.
            What is mapped into a store from a file of the same name as a policy of the same controller is one anyway.
        jobs: How many processes map policies at the same time. With one, this process does the work; with None there is
            one for each processor, if there is enough to do. With more than one, a script must guard its start by
            ``if __name__ == "__main__"``.
        cluster: The address of a Dask scheduler, such as ``tcp://10.0.0.1:8786``, whose workers map the policies
            instead. They write the shards, so these have to be at a place that all machines share.
        time_limit: How many seconds one document may take. Other processes have a limit, of five minutes, where it is
            None too; a document that takes longer is left out.
        memory_limit: How many bytes of memory a process may take, likewise: two billion.
        again: Whether inputs that have not changed since an earlier run are mapped again.
        cache: A folder in which is kept what the usual extractor's tagger read, so that it reads a passage that recurs
            once only; it is kept nowhere when None. The graph is the same.
        cache_size: How many bytes that may take on the disk; one billion when None.
        progress: Is told how far the run is: how many sources are done, how many there are (0 where that is not known
            yet), and the name of one that was just begun or done.

    Returns:
        What became of each source. When none could be mapped, nothing was written.

    Raises:
        InputError: The base is not an absolute IRI, the confidence is not from 0 to 1, or options do not go together.
        GraphError: The graph cannot be written, or one with decisions cannot be read.
        ServiceError: A service that the extractor needs cannot be used.
    """
    from privagraph.queries.outputs import GraphOutput

    chained = versions or revision_of is not None
    if output is None and shards is None:
        raise InputError(
            "output", "there is no place for the graph", "name a folder or a file, or one for shards"
        )
    if shards is not None and chained:
        raise InputError("shards", "hold no versions of policies", "map them into a store, without shards")
    if output is not None and shards is not None:
        _expect_apart(Path(output), os.fspath(shards))
    if cluster is not None and shards is None:
        raise InputError(
            "cluster",
            "its workers need a place for the graphs",
            "name shards: a folder that all machines share, or an address such as s3://",
        )
    with ExitStack() as open_:
        target = None
        if output is not None:
            made = GraphOutput(
                output, kind=output_format, reviews=reviews, versions=versions, revision_of=revision_of
            )
            target = open_.enter_context(made)
        parts = None if shards is None else _shards_at(os.fspath(shards))
        if parts is not None:
            open_.enter_context(parts)
        report = map_into(
            sources,
            target,
            shards=parts,
            base=base,
            allow_private_addresses=allow_private_addresses,
            columns=columns,
            extractor=extractor,
            min_confidence=min_confidence,
            jobs=jobs,
            cluster=cluster,
            time_limit=time_limit,
            memory_limit=memory_limit,
            again=again or chained or reviews is not None,
            cache=cache,
            cache_size=cache_size,
            progress=progress,
        )
        if target is None:
            return report
        target.complete()
        return with_revisions(report, target.revisions)


def map_into(
    sources: Sources,
    target: Target | None,
    *,
    shards: Shards | RemoteShards | None = None,
    base: str = BASE,
    allow_private_addresses: bool = False,
    columns: Columns | None = None,
    extractor: Extractor | str | None = None,
    min_confidence: float = 0.0,
    jobs: int | None = 1,
    cluster: str | None = None,
    time_limit: float | None = None,
    memory_limit: int | None = None,
    again: bool = False,
    cache: str | os.PathLike[str] | None = None,
    cache_size: int | None = None,
    progress: Progress | None = None,
) -> MapReport:
    """Map sources into whatever takes policies, each with what contradicts itself in it.

    Args:
        sources: What to map.
        target: What takes the policies; None where there are only shards.
        shards: Shards that get them too.
        base: As for :func:`map_policies`, and so are all others.
        allow_private_addresses: See there.
        columns: See there.
        extractor: See there.
        min_confidence: See there.
        jobs: See there.
        cluster: See there.
        time_limit: See there.
        memory_limit: See there.
        again: See there.
        cache: See there.
        cache_size: See there.
        progress: See there.

    Returns:
        What became of each source.

    Raises:
        InputError: See there.
        GraphError: See there.
        ServiceError: See there.
    """
    from privagraph.corpus.run import run
    from privagraph.corpus.work import Settings
    from privagraph.loaders.extractors import DEFAULT_EXTRACTOR
    from privagraph.loaders.inputs import Columns
    from privagraph.loaders.iris import checked_base
    from privagraph.loaders.sources import stream
    from privagraph.loaders.web import WebOptions

    if not 0 <= min_confidence <= 1:
        raise InputError(str(min_confidence), "no confidence", "give a number from 0 to 1")
    if not isinstance(extractor, str | None) and jobs not in (1, None):
        raise InputError(
            f"{jobs} jobs", "other processes make their extractor by its name", "give its name, or one job"
        )
    if not isinstance(extractor, str | None) and cluster is not None:
        raise InputError(
            extractor.name, "the workers of a cluster make their extractor by its name", "give its name"
        )
    name = (extractor or DEFAULT_EXTRACTOR) if isinstance(extractor, str | None) else extractor.name
    given = [sources] if isinstance(sources, str | os.PathLike) else sources
    with ExitStack() as open_:
        options: dict[str, object] = {}
        if cache is not None and name == DEFAULT_EXTRACTOR:
            from privagraph.loaders.tagging.cache import LARGEST, PassageCache

            passages = PassageCache(cache, largest=LARGEST if cache_size is None else cache_size)
            options["cache"] = open_.enter_context(closing(passages))
        settings = Settings(
            extractor=name,
            extractor_options=options,
            base=checked_base(base),
            min_confidence=min_confidence,
            web=WebOptions(allow_private=allow_private_addresses),
        )
        return run(
            stream(given, columns=columns or Columns()),
            settings,
            extractor=None if isinstance(extractor, str | None) else extractor,
            target=target,
            shards=shards,
            jobs=jobs,
            cluster=cluster,
            seconds=time_limit,
            memory=memory_limit,
            again=again,
            progress=progress,
        )


def _expect_apart(output: Path, shards: str) -> None:
    """Refuse a graph and shards in one place, or one in the other; a store that is there may have shards in it."""
    from privagraph.corpus.places import is_address
    from privagraph.queries.folders import is_store

    if is_address(shards):
        return
    graph, parts = (Path(os.path.realpath(each)) for each in (output, shards.removeprefix("file://")))
    if graph == parts:
        reason = "is to hold both a graph and shards"
    elif parts in graph.parents:
        reason = f"lies in the folder of the shards, {shards}, which takes no other files"
    elif graph in parts.parents and not is_store(graph):
        reason = f"is to be made where shards are to lie in it, at {shards}"
    else:
        return
    raise InputError(str(output), reason, "name another place for one of the two")


def _shards_at(place: str) -> Shards | RemoteShards:
    """The shards in a folder or at an address."""
    from privagraph.corpus.places import is_address

    if is_address(place):
        from privagraph.corpus.remote import RemoteShards

        return RemoteShards(place)
    from privagraph.corpus.shards import Shards

    return Shards(Path(place.removeprefix("file://")))


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


def with_revisions(report: MapReport, revisions: tuple[tuple[str, str], ...]) -> MapReport:
    """The report with the policies that turned out to be newer versions."""
    from privagraph.loaders.pipeline import LISTED

    totals = replace(report.totals, revisions=len(revisions))
    return replace(report, revisions=revisions[:LISTED], totals=totals)
