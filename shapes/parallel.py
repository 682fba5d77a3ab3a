"""Checking several policies at the same time, with bounded memory.

Each policy is checked alone, so they can be handed to several processes. Only a few are on their way at any time, and
the results come back in the order in which the policies went out: whoever reads them sees the same as from one
process.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from itertools import chain, islice

import pyoxigraph as ox

from privagraph.shapes.results import PolicyResult
from privagraph.shapes.rules import Profile

__all__ = ["check_all", "default_jobs"]

_WORTH_IT = 8
"""How many policies there must be for other processes to be worth their start."""
_WAITING = 3
"""How many policies are on their way for each process, so that none waits for work."""


def default_jobs() -> int:
    """How many processes there may be at the same time: one for each processor that this one may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check_all(
    policies: Iterable[tuple[str, Iterable[ox.Quad]]],
    profiles: tuple[Profile, ...],
    *,
    on: date,
    jobs: int,
    engine: str,
) -> Iterator[PolicyResult]:
    """The results of policies, in their order.

    Args:
        policies: The IRI of each policy, and its quads; taken one after the other as there is room.
        profiles: The profiles to check.
        on: The day for which they are checked.
        engine: What runs the shapes.
        jobs: How many processes to use; with one, or with few policies, this process does the work.

    Raises:
        ProfileError: The shapes cannot be run.
    """
    from privagraph.shapes.validation import check_policy

    waiting = iter(policies)
    first = list(islice(waiting, _WORTH_IT)) if jobs > 1 else []
    if len(first) < _WORTH_IT:
        for policy, quads in chain(first, waiting):
            yield check_policy(policy, quads, profiles, on=on, engine=engine)
        return
    # A child that is forked while threads of the tagger run may hang; a new one cannot.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context)
    running: deque[Future[PolicyResult]] = deque()
    try:
        for policy, quads in chain(first, waiting):
            told = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
            running.append(pool.submit(_check, policy, told, profiles, on, engine))
            if len(running) >= jobs * _WAITING:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _check(policy: str, quads: bytes, profiles: tuple[Profile, ...], on: date, engine: str) -> PolicyResult:
    """What another process does."""
    from privagraph.shapes.validation import check_policy

    return check_policy(policy, ox.parse(quads, format=ox.RdfFormat.N_QUADS), profiles, on=on, engine=engine)
