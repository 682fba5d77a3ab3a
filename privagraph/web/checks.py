"""What validation has found so far, policy by policy, and the work on the rest.

Checking a policy takes about half a second, so policies are checked one after the other in the processes that read the
graph, and each result is kept. An upload changes the graph of one policy alone, so the results of the others stay.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from privagraph.errors import PrivagraphError, ServiceError
from privagraph.web.jobs import Job
from privagraph.web.workers import TaskError

if TYPE_CHECKING:
    from privagraph.queries.store import GraphStore
    from privagraph.shapes.results import PolicyResult, ValidationReport
    from privagraph.shapes.rules import Profile
    from privagraph.web.site import Site

__all__ = ["AT_ONCE", "Checks", "Run"]

AT_ONCE = 10
"""Up to how many policies are checked as soon as a page shows them, ahead of longer runs."""
_USUAL = 0.6
"""How many seconds a policy takes, before any was checked."""


@dataclass(slots=True, eq=False)
class Run:
    """Policies that are being checked.

    Attributes:
        job: How far that is.
        profiles: The profiles that are checked.
        waiting: IRIs of the policies that are not done.
    """

    job: Job
    profiles: tuple[Profile, ...]
    waiting: set[str] = field(default_factory=set)


class Checks:
    """The results of validation, by policy and profile.

    Args:
        site: The pages, whose processes read the graph.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._found: dict[tuple[str, str], PolicyResult] = {}
        self._problems: dict[tuple[str, str], str] = {}
        self._runs: list[Run] = []
        self._held: set[tuple[str, str]] = set()
        self._day = date.min
        self._seconds = _USUAL

    def missing(self, policies: Iterable[str], profiles: Sequence[Profile]) -> list[str]:
        """Those of some policies that were not checked for some profile, and may be."""
        self._begin_day()
        known = self._found.keys() | self._problems.keys()
        return [iri for iri in policies if any((iri, each.name) not in known for each in profiles)]

    def held(self, policies: Iterable[str], profiles: Sequence[Profile]) -> bool:
        """Whether somebody stopped the check of some policies, so that it does not begin by itself."""
        self._end_runs()
        return any((iri, each.name) in self._held for iri in policies for each in profiles)

    def report(self, policies: Iterable[str], profiles: Sequence[Profile]) -> ValidationReport:
        """What was found so far in some policies; those that were not checked are not in it."""
        from privagraph.shapes.results import ValidationReport

        found = (self._result(iri, profiles) for iri in policies)
        return ValidationReport(tuple(profiles), tuple(each for each in found if each is not None), self._day)

    def problems(self, policies: Iterable[str], profiles: Sequence[Profile]) -> dict[str, str]:
        """Why some policies cannot be checked, by their IRIs."""
        return {
            iri: self._problems[iri, each.name]
            for iri in policies
            for each in profiles
            if (iri, each.name) in self._problems
        }

    def seconds(self, number: int) -> float:
        """How long checking some number of policies takes, about."""
        return number * self._seconds

    def under_way(self, policies: Collection[str], profiles: Sequence[Profile]) -> Run | None:
        """The run that checks some of these policies now, or will."""
        self._end_runs()
        names = {each.name for each in profiles}
        for run in self._runs:
            if names.intersection(each.name for each in run.profiles) and not run.waiting.isdisjoint(
                policies
            ):
                return run
        return None

    def run(self, policies: Sequence[str], profiles: Sequence[Profile], *, address: str) -> Run:
        """Begin to check policies; those that were checked already are passed over.

        Args:
            policies: Their IRIs.
            profiles: What they are checked for.
            address: The page that shows what was found.
        """
        wanted = self.missing(policies, profiles)
        self._held.difference_update((iri, each.name) for iri in wanted for each in profiles)
        run = Run(Job("", "", ""), tuple(profiles), set(wanted))

        async def work(job: Job) -> None:
            await self._check_all(job, run, wanted)

        kind = "check" if len(wanted) <= AT_ONCE else "validation"  # few need not wait for many
        run.job = self._site.jobs.start(kind, "Validation", work)
        run.job.address, run.job.total = address, len(wanted)
        self._runs.append(run)
        return run

    def forget(self, policy: str) -> None:
        """Forget what was found in a policy, for its graph has changed."""
        for kept in (self._found, self._problems):
            for key in [key for key in kept if key[0] == policy]:
                del kept[key]

    async def _check_all(self, job: Job, run: Run, policies: Sequence[str]) -> None:
        cards = self._site.policies.by_iri
        for done, iri in enumerate(policies):
            left = _spoken(self.seconds(len(policies) - done))
            name = cards[iri].name if iri in cards else iri
            job.done, job.doing = done, f"{name}; {left} to go" if len(policies) - done > AT_ONCE else name
            await self._check(iri, run.profiles)
            run.waiting.discard(iri)
        job.done = job.total

    async def _check(self, iri: str, profiles: Sequence[Profile]) -> None:
        """Check one policy for what it was not checked for; what goes wrong with it is noted, and others go on."""
        from privagraph.shapes.parallel import with_own_rules

        names = tuple(each.name for each in profiles if self.missing([iri], [each]))
        if not names:
            return
        place, day, begun = self._site.place, self._day, time.monotonic()
        try:
            result = with_own_rules(await self._asked(iri, names, day), profiles)
        except (PrivagraphError, TaskError) as error:
            self._problems.update({(iri, name): str(error) for name in names})
            return
        self._seconds += (time.monotonic() - begun - self._seconds) / 5  # the last few count most
        if place != self._site.place or day != self._day:
            await self._check(iri, profiles)  # the graph has changed meanwhile
            return
        for name in names:
            self._found[iri, name] = replace(
                result,
                findings=tuple(each for each in result.findings if each.rule.profile == name),
                items=tuple(each for each in result.items if each.rule.profile == name),
            )

    async def _asked(self, iri: str, names: tuple[str, ...], day: date) -> PolicyResult:
        while True:
            try:
                return await self._site.run_long(check, iri, names, day)
            except ServiceError:  # too many wait: pages go first
                await asyncio.sleep(1)

    def _result(self, iri: str, profiles: Sequence[Profile]) -> PolicyResult | None:
        parts = [self._found.get((iri, each.name)) for each in profiles]
        found = [each for each in parts if each is not None]
        if not found or len(found) < len(parts):
            return None
        return replace(
            found[0],
            findings=tuple(finding for each in found for finding in each.findings),
            items=tuple(item for each in found for item in each.items),
        )

    def _end_runs(self) -> None:
        """Let go of the runs that are over; what one left undone does not begin again unasked."""
        for run in [run for run in self._runs if run.job.is_over]:
            self._runs.remove(run)
            self._held.update((iri, each.name) for iri in run.waiting for each in run.profiles)

    def _begin_day(self) -> None:
        """Results hold for a day, since some rules ask how old a policy is."""
        today = date.today()
        if today != self._day:
            self._day = today
            self._found.clear()
            self._problems.clear()


def check(store: GraphStore, policy: str, profiles: tuple[str, ...], on: date) -> PolicyResult:
    """What profiles find in one policy.

    Args:
        store: The graph.
        policy: IRI of the policy.
        profiles: Names of the profiles.
        on: The day for which it is checked.
    """
    from privagraph.shapes.rules import select_profiles
    from privagraph.shapes.validation import check_policy

    return check_policy(policy, store.unsorted_quads(policy), select_profiles(profiles), on=on)


def _spoken(seconds: float) -> str:
    """A length of time in a few words."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute"
    return "about a minute" if minutes == 1 else f"about {minutes} minutes"
