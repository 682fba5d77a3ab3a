"""A run over many sources: in this process, in several, or on a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from itertools import chain, islice
from typing import TYPE_CHECKING

from privagraph.corpus.books import Books
from privagraph.corpus.limits import MEMORY, SECONDS
from privagraph.corpus.work import Outcome, Settings, map_within
from privagraph.errors import GraphError
from privagraph.loaders.inputs import LeftOut, Source

if TYPE_CHECKING:
    from privagraph.corpus.remote import RemoteShards
    from privagraph.corpus.shards import Shards
    from privagraph.corpus.targets import Target
    from privagraph.corpus.work import Step
    from privagraph.loaders.extraction import Extractor
    from privagraph.loaders.pipeline import MapReport, Progress
    from privagraph.loaders.sources import SourceStream

__all__ = ["run"]

_FEW = 8
"""How many sources there must be for other processes to be worth their start, or else:"""
_MUCH = 1_000_000
"""How many bytes they must have."""


def run(
    sources: SourceStream,
    settings: Settings,
    *,
    extractor: Extractor | None = None,
    target: Target | None = None,
    shards: Shards | RemoteShards | None = None,
    jobs: int | None = 1,
    cluster: str | None = None,
    seconds: float | None = None,
    memory: int | None = None,
    again: bool = False,
    progress: Progress | None = None,
) -> MapReport:
    """Map sources into a graph, into shards, or both.

    Args:
        sources: The sources.
        settings: How they are mapped.
        extractor: What finds the practices, where it is none that can be made by a name; then this process does the
            work.
        target: The graph.
        shards: The shards; their manifest counts then.
        jobs: How many processes map; with one, this process does, and one for each processor where it is None and there
            is enough to do.
        cluster: The address of a Dask scheduler whose workers map instead, and write the shards.
        seconds: The longest time for one document. In processes of their own there is a limit where it is None too.
        memory: How many bytes of memory a document may take, likewise.
        again: Whether inputs that have not changed are mapped again.
        progress: Is told how far the run is.

    Returns:
        What became of the sources.

    Raises:
        GraphError: The graph or the shards cannot be written; what was written before stays.
        ServiceError: A service that the extractor needs cannot be used, no process can be started, or the cluster does
            not do the work.
    """
    from privagraph.loaders.extractors import extractor_name

    name = extractor.name if extractor is not None else extractor_name(settings.extractor)
    going, processes = _processes(iter(sources), 1 if extractor is not None or cluster else jobs)
    elsewhere = processes > 0 or cluster is not None
    limits = (seconds or SECONDS, memory or MEMORY) if elsewhere else (seconds, memory)
    with ExitStack() as open_:
        one = Books(settings, (name, extractor), limits, target, shards, open_, again=again)
        steps = one.steps(going, sources, progress)
        outcomes: Iterator[Outcome]
        if cluster is not None:
            from privagraph.corpus.cluster import Cluster
            from privagraph.corpus.partition import Order

            assert shards is not None  # there is no other way back from the workers
            order = Order(place=shards.place, settings=settings, seconds=limits[0], memory=limits[1])
            outcomes = open_.enter_context(Cluster(cluster, order)).outcomes(steps)
        elif processes:
            from privagraph.corpus.workers import Workers

            workers = open_.enter_context(Workers(processes, settings, seconds=limits[0], memory=limits[1]))
            outcomes = workers.outcomes(steps)
        else:
            outcomes = _here(steps, settings, extractor, limits)
        try:
            for outcome in outcomes:
                one.take(outcome)
                if progress is not None and elsewhere:
                    progress(one.done, one.expected(sources), outcome.account.source)
        except GraphError:
            raise  # what was not written yet cannot be, so the manifest must not say that it was
        except BaseException:
            with suppress(GraphError):  # what ended the run is said
                one.put_down()
            raise
        if progress is not None:
            progress(one.done, one.done, "")
        return one.finished(sources)


def _processes(
    sources: Iterator[Source | LeftOut], jobs: int | None
) -> tuple[Iterator[Source | LeftOut], int]:
    """The sources again, and how many processes map them; none where this one does."""
    if jobs == 1:
        return sources, 0
    first = list(islice(sources, _FEW))
    going = chain(first, sources)
    if jobs is not None:
        return going, jobs
    if len(first) < _FEW and sum(map(_size, first)) < _MUCH:
        return going, 0
    from privagraph.shapes.parallel import default_jobs

    return going, default_jobs()


def _size(source: Source | LeftOut) -> int:
    """About how many bytes a source has."""
    if isinstance(source, Source):
        if source.content is not None:
            return len(source.content)
        if source.path is not None:
            with suppress(OSError):
                return source.path.stat().st_size
    return 0


def _here(
    steps: Iterable[Step],
    settings: Settings,
    extractor: Extractor | None,
    limits: tuple[float | None, int | None],
) -> Iterator[Outcome]:
    """What comes of sources that this process maps."""
    for step in steps:
        yield step if isinstance(step, Outcome) else map_within(step, settings, extractor, limits)
