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
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice

import pyoxigraph as ox

from privagraph.errors import GraphError
from privagraph.shapes.results import PolicyResult
from privagraph.shapes.rules import Profile

__all__ = ["check_all", "default_jobs", "with_own_rules"]

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
        GraphError: Another process came to an end before its policy was checked.
    """
    task = _Task(profiles, on, engine)
    waiting = iter(policies)
    first = list(islice(waiting, _WORTH_IT)) if jobs > 1 else []
    if len(first) < _WORTH_IT:
        for policy, quads in chain(first, waiting):
            yield task.check(policy, quads)
        return
    # A child that is forked while threads of the tagger run may hang; a new one cannot.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(task,))
    running: deque[Future[PolicyResult]] = deque()
    try:
        for policy, quads in chain(first, waiting):
            running.append(pool.submit(_check, policy, _told(quads)))
            if len(running) >= jobs * _WAITING:
                yield with_own_rules(running.popleft().result(), profiles)
        while running:
            yield with_own_rules(running.popleft().result(), profiles)
    except BrokenProcessPool as error:
        raise GraphError(
            "the graph",
            "a process that checked some of its policies came to an end, perhaps for lack of memory",
            'check with --jobs 1; a script has to start under `if __name__ == "__main__":`',
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def with_own_rules(result: PolicyResult, profiles: Iterable[Profile]) -> PolicyResult:
    """A result from another process without its copies of the rules, which are larger than the findings.

    Args:
        result: The result.
        profiles: The profiles that were checked, whose rules take the place of the copies.
    """
    rules = {rule.iri: rule for each in profiles for rule in each.rules}
    return replace(
        result,
        findings=tuple(replace(each, rule=rules[each.rule.iri]) for each in result.findings),
        items=tuple(replace(each, rule=rules[each.rule.iri]) for each in result.items),
    )


@dataclass(frozen=True, slots=True)
class _Task:
    """What all policies are checked for."""

    profiles: tuple[Profile, ...]
    on: date
    engine: str

    def check(self, policy: str, quads: Iterable[ox.Quad]) -> PolicyResult:
        """What is found in one policy."""
        from privagraph.shapes.validation import check_policy

        return check_policy(policy, quads, self.profiles, on=self.on, engine=self.engine)


def _told(quads: Iterable[ox.Quad]) -> bytes:
    """The quads in a form that another process takes."""
    told = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert told is not None  # it is bytes where no place to write to is given
    return told


_task: _Task | None = None
"""In another process: what it checks policies for. It is told once, for profiles are larger than most policies."""


def _begin(task: _Task) -> None:
    """What another process does first."""
    global _task
    _task = task


def _check(policy: str, quads: bytes) -> PolicyResult:
    """What another process does with each policy."""
    assert _task is not None  # every process of the pool begins with it
    return _task.check(policy, ox.parse(quads, format=ox.RdfFormat.N_QUADS))
