"""Questions that fit a node."""

from __future__ import annotations

import pytest

from privagraph.ontology.namespaces import expand
from privagraph.queries.catalogue import catalogue
from privagraph.web.exploring.questions import questions_of


@pytest.mark.parametrize(
    ("iri", "kind", "first"),
    [
        (expand("pd:EmailAddress"), "concept", "recipients-of"),
        (expand("dpv:Marketing"), "concept", "data-for-purpose"),
        (expand("dpv:ThirdParty"), "concept", "data-of-recipient-kind"),
        (expand("dpv:Consent"), "concept", "policies-with"),
        ("https://example.org/agent/acme", "agent", "data-of-recipient"),
        ("https://example.org/policy/1", "policy", "recipients-by-data"),
        ("https://example.org/policy/1/practice/2", "practice", "practice-words"),
    ],
)
def test_questions_are_asked_with_all_that_they_need(iri: str, kind: str, first: str) -> None:
    found = questions_of(iri, kind, "Acme")
    assert found[0][0] == first
    known = {query.id: query for query in catalogue()}
    for name, title, values in found:
        assert title == known[name].title
        assert {param.name for param in known[name].params if param.required} <= values.keys()
        assert values.keys() <= {param.name for param in known[name].params}


def test_nothing_is_asked_of_a_file() -> None:
    assert questions_of("https://example.org/policy/1/source/2", "source", "a.txt") == ()
