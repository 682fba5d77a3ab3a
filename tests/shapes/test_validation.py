from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pyoxigraph as ox
import pytest

from privagraph.errors import GraphError, ProfileError
from privagraph.loaders.facts import MappedPolicy, Role
from privagraph.loaders.quads import policy_quads
from privagraph.ontology.namespaces import expand
from privagraph.ontology.vocabulary import vocabulary_quads
from privagraph.queries.store import GraphStore
from privagraph.shapes import validation
from privagraph.shapes.parallel import default_jobs
from privagraph.shapes.reports import FORMS, write_report
from privagraph.shapes.results import Evidence, PolicyResult, ValidationReport
from privagraph.shapes.rules import Severity, profile, rule_named
from privagraph.shapes.rules import profiles as known_profiles
from privagraph.shapes.validation import iter_validate, prepare, validate

DAY = date(2026, 6, 1)

CaseQuads = Callable[[str], list[ox.Quad]]


def names(report: ValidationReport) -> list[str]:
    return [finding.rule.name for finding in report.findings]


def test_graphs_that_the_writer_makes_are_sound(sample_store: GraphStore) -> None:
    report = validate(sample_store, profiles=["structure"])
    assert names(report) == []
    assert report.conforms
    assert [result.sources for result in report.policies] in (
        [("lantern.html",), ("merle.txt",)],
        [("merle.txt",), ("lantern.html",)],
    )


def test_what_a_policy_lacks_is_found(sample_policy: MappedPolicy) -> None:
    report = validate(policy_quads(sample_policy), profiles=["gdpr"])
    errors = [name for name in names(report) if rule_named(name).severity is not Severity.INFO]
    assert errors == [
        "gdpr:right-rectification",
        "gdpr:right-erasure",
        "gdpr:right-restriction",
        "gdpr:right-objection",
        "gdpr:right-portability",
        "gdpr:right-withdraw-consent",
        "gdpr:right-complaint-authority",
        "gdpr:mandatory-provision",
    ]
    (result,) = report.policies
    assert (result.name, result.label) == ("lantern.html", "Privacy at Lantern Books 📚")


def test_the_usual_profiles_are_checked_where_none_is_named(sample_store: GraphStore) -> None:
    report = validate(sample_store)
    assert [profile.name for profile in report.profiles] == ["structure", "gdpr", "consistency"]
    assert len(report.rules) >= 76
    assert {finding.rule.profile for finding in report.findings} == {"gdpr"}


def test_a_condition_is_shown_by_the_first_words_that_state_it(sample_policy: MappedPolicy) -> None:
    findings = validate(policy_quads(sample_policy), profiles=["gdpr"]).findings
    (withdrawal,) = [found for found in findings if found.rule.name == "gdpr:right-withdraw-consent"]
    (words,) = withdrawal.evidence
    assert words.quote == "you agree"
    assert sample_policy.document.text[words.start : words.end] == words.quote


@pytest.mark.parametrize(
    ("case", "quotes", "message"),
    [
        ("mention-role/fail", ["your name"], "The mention must have exactly one pg:role out of the roles"),
        ("quote-in-text/fail", ["your fame"], "the span https://example.org/span-name are not the words"),
        ("position-start/fail-order", ["your name"], "The selector must have exactly one oa:start"),
        (
            "practice-modality/fail",
            ["If you agree, we collect your name."],
            "The practice must have exactly one",
        ),
        ("denial-no-dpv/fail", ["We never sell your name."], "has the DPV property dpv:hasPersonalData"),
        ("retention-duration/fail", ["six months"], "pg:duration must be one literal of type xsd:duration"),
        ("right-grounded/fail", [], "The policy has eu-gdpr:A15 by dpv:hasRight, but no affirmed mention"),
        ("term-known/fail", [], "loc:Atlantis is not a term of its vocabulary."),
        ("policy-label/fail", [], "The policy has no rdfs:label."),
        ("span-quote/fail", [], "The span must have exactly one oa:hasSelector"),
    ],
)
def test_findings_quote_what_they_rest_on(
    case_quads: CaseQuads, case: str, quotes: list[str], message: str
) -> None:
    (finding,) = validate(case_quads(f"structure/{case}"), profiles=["structure"]).findings
    assert [each.quote for each in finding.evidence] == quotes
    assert message in finding.message
    assert "{?" not in finding.message


def test_nodes_of_the_policy_are_named_shortly(sample_policy: MappedPolicy) -> None:
    span = ox.NamedNode(expand("oa:exact"))
    quads = [
        ox.Quad(each.subject, each.predicate, ox.Literal("others"), each.graph_name)
        if each.predicate == span and each.object.value == "encrypted"  # type: ignore[union-attr]
        else each
        for each in policy_quads(sample_policy)
    ]
    (finding,) = validate(quads, profiles=["structure"]).findings
    start = sample_policy.document.text.index("encrypted")
    assert finding.message == (
        f"The words at the offsets of the span span/{start}-{start + 9} are not the words that it quotes."
    )
    assert finding.evidence == (Evidence(start, start + 9, "others"),)


@pytest.mark.parametrize("words", [r"\d+ or \1, \g<0> and \x", "😀🇨🇭 é e\u0301", 'a "quote" \\', "{?value}"])
def test_words_of_any_kind_are_compared_and_reported(policy_builder: Callable[..., Any], words: str) -> None:
    """pySHACL puts values into messages by re.sub, and offsets count code points."""
    for broken in (False, True):
        made = policy_builder("odd.txt")
        made.line(f"📚 We keep {words} here. ")
        made.mention(words, Role.DATA_CATEGORY, "pd:Name")
        quads = list(policy_quads(made.build()))
        if broken:
            exact = ox.NamedNode(expand("oa:exact"))
            quads = [
                ox.Quad(each.subject, exact, ox.Literal(f"{words}!"), each.graph_name)
                if each.predicate == exact
                else each
                for each in quads
            ]
        report = validate(quads, profiles=["structure"])
        assert names(report) == (["structure:quote-in-text"] if broken else [])
        assert [each.quote for found in report.findings for each in found.evidence] == (
            [f"{words}!"] * broken
        )


PROMISED = [
    "rdf:type",
    "rdfs:label",
    "dct:language",
    "pg:contentHash",
    "pg:text",
    "prov:wasDerivedFrom",
    "prov:wasGeneratedBy",
    "pg:fileName",
    "pg:inputHash",
    "prov:used",
    "prov:wasAssociatedWith",
    "pg:extractor",
    "pg:hasMention",
    "pg:role",
    "pg:polarity",
    "pg:confidence",
    "oa:motivatedBy",
    "oa:hasBody",
    "pg:concept",
    "oa:hasTarget",
    "oa:hasSource",
    "oa:hasSelector",
    "oa:start",
    "oa:end",
    "oa:exact",
    "pg:agent",
    "dpv:hasProcess",
    "pg:deniesPractice",
    "dpv:hasProcessing",
    "pg:processing",
    "pg:modality",
    "pg:hasArgument",
    "pg:evidence",
    "pg:conditionSpan",
    "pg:mention",
]


@pytest.mark.parametrize("curie", PROMISED)
def test_whatever_is_promised_is_missed_when_it_is_gone(sample_quads: Sequence[ox.Quad], curie: str) -> None:
    predicate = ox.NamedNode(expand(curie))
    kept = [quad for quad in sample_quads if quad.predicate != predicate]
    assert len(kept) < len(sample_quads)
    assert validate(kept, profiles=["structure"]).findings


def test_a_denial_among_the_processes_is_found(sample_quads: Sequence[ox.Quad]) -> None:
    """The worst error that the graph could make: a consumer of DPV would read the denial as a practice."""
    denials = [quad for quad in sample_quads if quad.predicate.value == expand("pg:deniesPractice")]
    assert len(denials) == 2
    process = ox.NamedNode(expand("dpv:hasProcess"))
    wrong = [ox.Quad(quad.subject, process, quad.object, quad.graph_name) for quad in denials]
    report = validate([*sample_quads, *wrong], profiles=["structure"])
    assert names(report) == ["structure:process-not-denied"] * 2
    assert {found.focus for found in report.findings} == {quad.object for quad in denials}
    assert all(found.evidence for found in report.findings)


def test_results_do_not_depend_on_the_order_of_the_quads(sample_quads: Sequence[ox.Quad]) -> None:
    role = ox.NamedNode(expand("pg:role"))
    quads = [quad for quad in sample_quads if quad.predicate != role]
    first = validate(quads)
    shuffled = list(quads)
    random.Random(7).shuffle(shuffled)
    second = validate(shuffled)
    assert len(first.findings) > 20
    assert sorted(first.policies, key=lambda each: each.policy) == sorted(
        second.policies, key=lambda each: each.policy
    )


def test_one_policy_does_not_answer_for_another(sample_store: GraphStore) -> None:
    """Merle has no legal basis of consent and no right of access; Lantern has."""
    found = {
        result.name: {finding.rule.name for finding in result.findings}
        for result in validate(sample_store, profiles=["gdpr"]).policies
    }
    assert "gdpr:right-access" in found["merle.txt"] - found["lantern.html"]
    assert "gdpr:right-objection" in found["lantern.html"] - found["merle.txt"]


def test_the_vocabulary_in_a_graph_is_no_policy(sample_quads: Sequence[ox.Quad]) -> None:
    words = list(vocabulary_quads())
    assert len(words) > 1000
    assert validate([*words, *sample_quads]) == validate(sample_quads)


def test_chosen_policies(sample_store: GraphStore) -> None:
    chosen = sample_store.policies()[0]
    assert [result.policy for result in validate(sample_store, policies={chosen}).policies] == [chosen]


def test_a_report_on_nothing_is_an_error(sample_store: GraphStore) -> None:
    with pytest.raises(GraphError, match=r"the quads: holds no policy to check") as caught:
        validate([])
    assert caught.value.location == "the quads"
    with GraphStore.in_memory() as empty, pytest.raises(GraphError, match="memory: holds no policy to check"):
        validate(empty)
    with pytest.raises(GraphError, match="holds no policy"):
        validate(sample_store, policies=set())


def test_an_unknown_profile_is_an_error_before_anything_is_read() -> None:
    def unread() -> object:
        raise AssertionError("read")
        yield

    with pytest.raises(ProfileError, match="did you mean structure"):
        validate(unread(), profiles=["strukture"])  # type: ignore[arg-type]


def test_results_come_one_by_one(sample_store: GraphStore) -> None:
    results = iter_validate(sample_store)
    assert next(results).policy == sample_store.policies()[0]
    assert len(list(results)) == 1


def test_shapes_that_do_not_run_are_an_error(
    sample_quads: Sequence[ox.Quad], monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyshacl
    from pyshacl.errors import ValidationFailure

    def fail(*_: object, **__: object) -> object:
        error = ValidationFailure("no such thing")  # type: ignore[no-untyped-call]  # pySHACL has no types
        return False, error, "Validation Failure - no such thing"

    monkeypatch.setattr(pyshacl, "validate", fail)
    with pytest.raises(ProfileError, match=r"cannot be run on .*: Validation Failure - no such thing"):
        validate(sample_quads)


HOSTILE = {
    "gone": None,
    "empty": ox.Literal(""),
    "negative": ox.Literal("-5"),
    "too-many-digits": ox.Literal("9" * 5000),
    "huge": ox.Literal("x" * 100_000),
    "blank": ox.BlankNode("b"),
    "iri": ox.NamedNode("urn:x"),
    "not-a-number": ox.Literal("NaN", datatype=ox.NamedNode(expand("xsd:double"))),
    "of-another-type": ox.Literal("abc", datatype=ox.NamedNode(expand("xsd:integer"))),
    "control": ox.Literal("\x00\ud7ff\U0001f600"),
}
"""What a graph that somebody else wrote may hold in the place of any value."""


@pytest.mark.parametrize("number", range(len(PROMISED)), ids=PROMISED)
def test_whatever_a_graph_holds_is_checked_by_every_profile(
    sample_quads: Sequence[ox.Quad], number: int
) -> None:
    """Each property with a value that it should not have, in the place of the right one or beside it."""
    predicate = ox.NamedNode(expand(PROMISED[number]))
    value = list(HOSTILE.values())[number % len(HOSTILE)]
    wrong = [
        ox.Quad(each.subject, predicate, value, each.graph_name)
        for each in sample_quads
        if each.predicate == predicate and value is not None
    ]
    kept = [each for each in sample_quads if each.predicate != predicate or number % 2]
    report = validate(
        [*kept, *wrong], profiles=[each.name for each in known_profiles()], engine="shifty", on=DAY
    )
    assert 1 <= len(report.policies) <= 2
    for form in FORMS:
        stream = io.StringIO(newline="")
        write_report(report, form, stream)
        assert stream.getvalue()


@pytest.mark.parametrize("predicate", ["pg:text", "oa:start", "oa:exact", "pg:confidence", "rdf:type"])
@pytest.mark.parametrize("value", ["too-many-digits", "blank", "iri"])
def test_the_reference_engine_withstands_the_same(
    sample_quads: Sequence[ox.Quad], predicate: str, value: str
) -> None:
    name, other = ox.NamedNode(expand(predicate)), HOSTILE[value]
    wrong = [each for each in sample_quads if each.predicate == name]
    assert other is not None
    quads = [each for each in sample_quads if each.predicate != name]
    quads += [ox.Quad(each.subject, name, other, each.graph_name) for each in wrong]
    report = validate(quads, profiles=["structure"])
    assert not report.conforms
    assert all(found.message and "{?" not in found.message for found in report.findings)


def test_policies_that_are_blank_nodes_are_no_policies() -> None:
    """They have no name that a report could tell them by."""
    quads = [
        ox.Quad(ox.BlankNode("p"), ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("pg:PrivacyPolicy")))
    ]
    with pytest.raises(GraphError, match="holds no policy"):
        validate(quads)


def test_the_day_of_the_check_is_that_of_this_check(sample_quads: Sequence[ox.Quad]) -> None:
    """A graph that says when it was checked before does not change what is found now."""
    day = ox.NamedNode(expand("pg:checkedOn"))
    policy = sample_quads[0].graph_name
    assert isinstance(policy, ox.NamedNode)
    old = ox.Quad(policy, day, ox.Literal("1999-01-01", datatype=ox.NamedNode(expand("xsd:date"))), policy)
    assert validate([*sample_quads, old], profiles=["ccpa"], on=DAY) == validate(
        sample_quads, profiles=["ccpa"], on=DAY
    )
    prepared = prepare(policy.value, [*sample_quads, old], [profile("ccpa")], on=DAY)
    assert [each.value for each in prepared.values(policy, "pg:checkedOn")] == ["2026-06-01"]


def test_the_engine_and_the_processes_are_those_that_were_asked_for(
    sample_quads: Sequence[ox.Quad], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}

    def check(*_: object, **options: object) -> list[PolicyResult]:
        asked.update(options)
        return [PolicyResult("urn:p", (), "", ())]

    monkeypatch.setattr(validation, "check_all", check)
    report = validate(sample_quads, profiles=["ccpa"], on=DAY, jobs=3, engine="shifty")
    assert asked == {"on": DAY, "jobs": 3, "engine": "shifty"}
    assert report.checked_on == DAY
    validate(sample_quads, jobs=None)
    assert asked["jobs"] == default_jobs()
    assert asked["engine"] == "pyshacl"


def test_an_unknown_engine_is_an_error(sample_quads: Sequence[ox.Quad]) -> None:
    with pytest.raises(ProfileError, match="no engine 'pishacl'; choose from pyshacl, shifty"):
        validate(sample_quads, engine="pishacl")


def large_policy(builder: Callable[..., Any], mentions: int) -> list[ox.Quad]:
    made = builder("large.txt")
    for number in range(mentions // 4):
        line = f"{number}. We collect your name {number} and e-mail {number} to send news {number} by shop {number}."
        made.line(line)
        arguments = [
            made.mention(f"{words} {number} ", role, concept)
            for words, role, concept in (
                ("name", Role.DATA_CATEGORY, "pd:Name"),
                ("e-mail", Role.DATA_CATEGORY, "pd:EmailAddress"),
                ("news", Role.PURPOSE, "dpv:Marketing"),
            )
        ]
        shop = made.mention(f"shop {number}.", Role.RECIPIENT, "dpv:ThirdParty")
        made.practice(line, "dpv:Collect", *arguments, shop)
    return list(policy_quads(made.build()))


@pytest.mark.slow
def test_a_large_policy_conforms(policy_builder: Callable[..., Any]) -> None:
    quads = large_policy(policy_builder, 200)
    assert len(quads) > 6000
    assert names(validate(quads, profiles=["structure"])) == []
