"""What is derived from a policy before its shapes are run, and which profiles ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from types import MappingProxyType

import pyoxigraph as ox
import pytest

from privagraph.errors import ProfileError
from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import PolicyView, Span
from privagraph.ontology.vocabulary import vocabulary
from privagraph.shapes import derivation
from privagraph.shapes.derivation import DERIVATIONS, derived_quads
from privagraph.shapes.derivation.observations import Observation
from privagraph.shapes.graphs import without_observations
from privagraph.shapes.rules import Profile, profile, profiles

POLICY = PolicyView(
    "https://example.org/p",
    "We may share data with trusted partners from time to time.\n"
    "Use the link “Do Not Sell My Personal Information” to opt out.\n"
    "Parents can review what we hold of their child.",
    language="en",
)


def kinds(*names: str) -> set[str]:
    """The kinds of what some profiles need, without that of all observations."""
    return {
        quad.object.value.rpartition("#")[2]
        for quad in derived_quads(POLICY, [profile(name) for name in names])
        if quad.predicate.value == expand("rdf:type")
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value in vocabulary()
        and vocabulary().is_a(quad.object.value, "pg:Observation")
    } - {"Observation"}


def test_every_derivation_is_needed_by_a_profile_and_every_profile_has_those_that_it_needs() -> None:
    needed = {name for each in profiles() for name in each.derivations}
    assert needed == set(DERIVATIONS) == {"contradictions", "statements", "wording"}


def test_a_profile_gets_what_it_asks_for_alone() -> None:
    assert kinds("structure") == set()
    assert "VagueTerm" in kinds("clarity")
    assert "OptOutLink" in kinds("ccpa") - kinds("clarity")
    assert not kinds("ccpa") & kinds("clarity")
    assert kinds("ccpa", "clarity") == kinds("ccpa") | kinds("clarity")


def test_only_the_statements_that_a_profile_looks_at_are_looked_for() -> None:
    for name in ("gdpr", "ccpa", "coppa"):
        text = profile(name).turtle.decode()
        assert all(f"pg:{kind}" in text for kind in kinds(name))


def test_a_derivation_is_made_once_for_all_profiles_that_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def observe(_: PolicyView, of: tuple[Profile, ...]) -> Iterable[Observation]:
        asked.append(tuple(each.name for each in of))
        yield Observation("pg:VagueTerm", (Span(0, 2),))

    monkeypatch.setattr(derivation, "DERIVATIONS", MappingProxyType({"statements": observe}))
    chosen = [profile("ccpa"), profile("structure"), profile("caloppa")]
    quads = list(derived_quads(POLICY, chosen))
    assert asked == [("ccpa", "caloppa")]
    assert sum(quad.predicate.value == expand("pg:hasObservation") for quad in quads) == 1


def test_a_derivation_that_does_not_exist_is_an_error() -> None:
    asking = replace(profile("structure"), derivations=("guesses",))
    with pytest.raises(
        ProfileError, match="no derivation 'guesses'; choose from contradictions, statements, wording"
    ):
        list(derived_quads(POLICY, [asking]))


@pytest.mark.parametrize("name", sorted(DERIVATIONS))
@pytest.mark.parametrize("text", ["", " \n ", "😀", "We", "." * 5000, "\u2028\u0085\x0b We share it."])
def test_any_text_can_be_looked_at(name: str, text: str) -> None:
    asking = tuple(each for each in profiles() if name in each.derivations)
    for observation in DERIVATIONS[name](PolicyView("https://example.org/p", text), asking):
        assert all(0 <= span.start < span.end <= len(text) for span in observation.spans)


def test_what_was_derived_before_gives_way(case_quads: Callable[[str], list[ox.Quad]]) -> None:
    stated = case_quads("structure/policy-text/pass")
    policy = "https://example.org/policy"
    derived = list(derived_quads(replace(POLICY, iri=policy), [profile("ccpa")]))
    left = without_observations(policy, [*stated, *derived])
    assert set(stated) <= set(left)
    assert not [quad for quad in left if "/observation/" in str(quad.subject)]
