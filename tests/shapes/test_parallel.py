"""Checking several policies at the same time: the same results, in the same order, with bounded memory."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph import errors
from privagraph.errors import GraphError, PrivagraphError, ProfileError
from privagraph.ontology.namespaces import PREFIXES
from privagraph.shapes import parallel
from privagraph.shapes.own import own_profile
from privagraph.shapes.parallel import check_all, default_jobs
from privagraph.shapes.results import PolicyResult
from privagraph.shapes.rules import Profile, profile

DAY = date(2026, 6, 1)
CHOSEN = (profile("caloppa"),)

Policies = Iterator[tuple[str, list[ox.Quad]]]


@pytest.fixture
def no_process_is_left() -> Iterator[None]:
    """Fails a test after which a process runs that did not run before; tests of other modules may have theirs."""
    before = set(multiprocessing.active_children())
    yield
    assert set(multiprocessing.active_children()) - before == set()


class Counted:
    """Invented policies, which say how many of them were taken."""

    def __init__(self, number: int) -> None:
        self.number, self.taken = number, 0

    def __iter__(self) -> Policies:
        for number in range(self.number):
            self.taken += 1
            iri = f"https://example.org/policy/{number:03}"
            turtle = (
                f"PREFIX pg: <{PREFIXES['pg']}> PREFIX rdfs: <{PREFIXES['rdfs']}>\n"
                f"<{iri}> a pg:PrivacyPolicy ; rdfs:label 'Policy {number}' ; pg:text 'We sell 📚 {number}.' ; "
                f"pg:hasMention _:b . _:b pg:confidence 0.{number:03}0 ."
            )
            yield iri, list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))


def checked(policies: Counted, *, jobs: int, of: tuple[Profile, ...] = CHOSEN) -> Iterator[PolicyResult]:
    return check_all(policies, of, on=DAY, jobs=jobs, engine="pyshacl")


@pytest.mark.usefixtures("no_process_is_left")
def test_the_results_are_those_of_one_process_in_their_order_and_few_wait() -> None:
    policies, taken = Counted(24), []
    found = []
    for result in checked(policies, jobs=2):
        found.append(result)
        taken.append(policies.taken)
    assert found == list(checked(Counted(24), jobs=1))
    assert [each.label for each in found] == [f"Policy {number}" for number in range(24)]
    ours = {id(rule) for each in CHOSEN for rule in each.rules}
    rules = [said.rule for each in found for said in each.findings]
    rules += [said.rule for each in found for said in each.items]
    assert rules
    assert {id(rule) for rule in rules} <= ours  # a copy of the rules for each policy would add up
    assert all(each.findings for each in found)
    ahead = [number - done for done, number in enumerate(taken)]
    assert max(ahead) <= max(parallel._WORTH_IT, 2 * parallel._WAITING)


def test_one_process_takes_one_policy_after_the_other() -> None:
    policies = Counted(20)
    results = checked(policies, jobs=1)
    assert policies.taken == 0
    for number in range(1, 4):
        next(results)
        assert policies.taken == number


def test_few_policies_are_checked_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> object:
        raise AssertionError("a pool for few policies")

    monkeypatch.setattr(parallel, "ProcessPoolExecutor", none)
    assert len(list(checked(Counted(parallel._WORTH_IT - 1), jobs=4))) == parallel._WORTH_IT - 1
    with pytest.raises(AssertionError, match="a pool"):
        list(checked(Counted(parallel._WORTH_IT), jobs=4))


@pytest.mark.usefixtures("no_process_is_left")
def test_an_error_in_another_process_comes_out_as_the_error_that_it_is(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> "
        "<urn:s> sh:targetSubjectsOf <https://w3id.org/privagraph/ns#text> ; sh:sparql [ sh:select 'SELECT' ] ."
    )
    with pytest.raises(ProfileError, match=r"^the shapes of broken\.ttl cannot be run on .*policy/000: "):
        list(checked(Counted(12), jobs=2, of=(own_profile(path),)))


@pytest.mark.usefixtures("no_process_is_left")
def test_whoever_stops_reading_leaves_no_process_behind() -> None:
    results = checked(Counted(12), jobs=2)
    assert next(results).label == "Policy 0"
    results.close()  # type: ignore[attr-defined]  # it is a generator


def test_a_process_that_dies_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_begin", os._exit)  # what a lack of memory looks like
    with pytest.raises(
        GraphError, match="came to an end, perhaps for lack of memory; check with --jobs 1"
    ) as caught:
        list(checked(Counted(12), jobs=2))
    assert isinstance(caught.value.__cause__, BrokenProcessPool)


def test_a_processor_that_may_be_used_is_a_job() -> None:
    assert 1 <= default_jobs() <= (os.cpu_count() or 1)


MADE = {
    "InputError": ("a.md", "is bad", "mend it"),
    "UnreadableSourceError": ("a.md", "is bad", "mend it"),
    "UnsupportedFormatError": ("a.md", "is bad", "mend it"),
    "RejectedDocumentError": ("a.md", "empty", "is empty", "mend it"),
    "AddressNotAllowedError": ("http://10.0.0.1", "is private", "name another"),
    "GraphError": ("graph", "is bad", "mend it"),
    "UnknownQueryError": ("nme", ["name"]),
    "QueryLimitError": ("time", "stopped", "ask for less"),
    "QueryMetadataError": ("a.rq", 3, "is bad"),
    "QuerySyntaxError": ("a.rq", "is bad"),
    "MissingDependencyError": ("shifty", "the engine", "install it"),
    "ServiceError": ("host:80", "is away", "start it"),
}
"""What the errors with fields are made from."""


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_can_be_handed_from_one_process_to_another(name: str) -> None:
    kind = getattr(errors, name)
    if name == "UnknownTermError":
        error: PrivagraphError = errors.UnknownTermError("Colect", scheme="dpv", near=["dpv:Collect"])
    else:
        error = kind(*MADE.get(name, ("what is wrong",)))
    again = pickle.loads(pickle.dumps(error))  # its own
    assert type(again) is kind
    assert str(again) == str(error)
    assert vars(again) == vars(error)
