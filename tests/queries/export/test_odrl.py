"""ODRL documents are policies of the information model, one rule a practice, as a JSON-LD processor expands them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from pyld import jsonld

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import PREFIXES, expand
from privagraph.queries.export import export
from privagraph.queries.export.odrl import PROFILES
from privagraph.queries.networks import Filters
from privagraph.queries.store import GraphStore

HERE = Path(__file__).parent
CONTEXT = json.loads((HERE / "published" / "odrl.jsonld").read_bytes())
SHAPES = HERE / "odrl-shapes.ttl"
ODRL = "http://www.w3.org/ns/odrl/2/"
DPV_ODRL = "https://w3id.org/dpv/mappings/odrl#"
# pySHACL's and rdflib's own code use what rdflib deprecates.
quiet_rdflib = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")

Quads = list[ox.Quad]


def load(url: str, options: object) -> dict[str, object]:
    """A document loader that knows W3C's context and nothing else."""
    assert url == "http://www.w3.org/ns/odrl.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT, "contentType": "application/ld+json"}


def nquads(document: Any) -> str:
    text: str = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": load})
    return text


def conforms(document: Any) -> tuple[bool, str]:
    data = rdflib.Graph().parse(data=nquads(document), format="nt")
    shapes = rdflib.Graph().parse(SHAPES, format="turtle")
    told, _, text = pyshacl.validate(data, shacl_graph=shapes, meta_shacl=False)
    return bool(told), str(text)


@pytest.fixture
def document(written: Callable[..., Path]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(written("odrl").read_bytes())
    return made


@pytest.fixture
def rules(written: Callable[..., Path], hostile: str) -> Callable[[str], dict[str, Any]]:
    """The rule of the hostile policy whose sentence begins so."""
    made = json.loads(written("odrl", "one.jsonld", policy=hostile).read_bytes())

    def find(sentence: str) -> dict[str, Any]:
        every = [each for kind in ("permission", "obligation", "prohibition") for each in made[kind]]
        (found,) = (each for each in every if each["dct:description"]["@value"].startswith(sentence))
        return dict(found)

    return find


def constraints(rule: dict[str, Any]) -> dict[str, tuple[str, Any]]:
    """Operator and right operand by left operand."""
    return {each["leftOperand"]: (each["operator"], each["rightOperand"]) for each in rule["constraint"]}


@quiet_rdflib
def test_it_is_a_policy_of_the_information_model(document: dict[str, Any]) -> None:
    told, text = conforms(document)
    assert told, text


@quiet_rdflib
@pytest.mark.parametrize(
    "spoil",
    [
        lambda made: made["permission"][0].pop("action"),
        lambda made: made["permission"][0].pop("target"),
        lambda made: made["permission"][0]["constraint"][0].pop("leftOperand"),
        lambda made: made["permission"][0]["constraint"][0].update(operator="eq"),
        lambda made: made["prohibition"][0].update(type="Permission"),
        lambda made: [made.pop(kind) for kind in ("permission", "prohibition", "obligation")],
    ],
)
def test_the_shapes_would_tell(
    written: Callable[..., Path], hostile: str, spoil: Callable[[dict[str, Any]], object]
) -> None:
    made = json.loads(written("odrl", policy=hostile).read_bytes())
    assert conforms(made)[0]
    spoil(made)
    assert not conforms(made)[0]


def test_a_rule_is_a_practice_and_a_denial_is_a_prohibition(
    policies: GraphStore, document: dict[str, Any]
) -> None:
    quads = list(ox.parse(nquads(document), format=ox.RdfFormat.N_QUADS))
    sources = {
        quad.subject: quad.object.value for quad in quads if quad.predicate.value == expand("dct:source")
    }
    words = {
        quad.subject: quad.object.value for quad in quads if quad.predicate.value == expand("dct:description")
    }
    ask = """SELECT ?x ?quote {{ GRAPH ?g {{
        ?x a {} ; pg:modality ?how ; pg:evidence/oa:hasSelector/oa:exact ?quote . FILTER ({}) }} }}"""
    for kind, pattern in (
        ("permission", ("pg:AffirmedPractice", "?how != pg:required")),
        ("obligation", ("pg:AffirmedPractice", "?how = pg:required")),
        ("prohibition", ("pg:DeniedPractice", "true")),
    ):
        found = [quad.object for quad in quads if quad.predicate.value == ODRL + kind]
        wanted = sorted((row["x"].value, row["quote"].value) for row in policies.query(ask.format(*pattern)))
        assert sorted((sources[each], words[each]) for each in found) == wanted
        assert len(wanted) >= 2


def test_every_node_has_an_iri_and_no_triple_is_lost(document: dict[str, Any]) -> None:
    quads = list(ox.parse(nquads(document), format=ox.RdfFormat.N_QUADS))
    lists = {PREFIXES["rdf"] + "first", PREFIXES["rdf"] + "rest"}
    assert not [
        quad for quad in quads if isinstance(quad.subject, ox.BlankNode) and quad.predicate.value not in lists
    ]
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    assert all(iri.startswith("https://w3id.org/privagraph/id/") for iri in subjects)


def test_terms_are_those_of_odrl_and_of_the_profiles(document: dict[str, Any]) -> None:
    quads = list(ox.parse(nquads(document), format=ox.RdfFormat.N_QUADS))
    left = {quad.object.value for quad in quads if quad.predicate.value == ODRL + "leftOperand"}
    assert left >= {ODRL + "purpose", ODRL + "recipient", DPV_ODRL + "PersonalData", DPV_ODRL + "Duration"}
    assert all(iri.startswith((ODRL, DPV_ODRL)) or iri == expand("pg:condition") for iri in left)
    operators = {
        quad.object.value.removeprefix(ODRL) for quad in quads if quad.predicate.value == ODRL + "operator"
    }
    assert operators == {"eq", "neq", "isA", "isAnyOf"}
    profiles = {quad.object.value for quad in quads if quad.predicate.value == ODRL + "profile"}
    assert profiles == {*PROFILES} == {"https://w3id.org/dpv/mappings/odrl", "https://w3id.org/privagraph/ns"}


def test_a_practice_with_all_its_parts(rules: Callable[[str], dict[str, Any]]) -> None:
    rule = rules("+We may share")
    assert (rule["type"], rule["action"]) == ("Permission", "dpv:Share")
    assert rule["assignee"]["rdfs:label"] == "Acme; Sons"
    assert rule["pg:modality"] == {"@id": "pg:possible"}
    (refined,) = rule["target"]["refinement"]
    assert (refined["operator"], refined["rightOperand"]) == ("isA", {"@id": "pd:Name"})
    operands = [(each["leftOperand"], each["operator"]) for each in rule["constraint"]]
    assert operands == [("recipient", "eq"), ("recipient", "odrl:neq"), ("pg:condition", "eq")]
    assert rule["constraint"][0]["rightOperand"]["rdfs:label"] == "Acme; Sons"
    assert rule["constraint"][2]["rightOperand"]["@value"] == "if you \"agree\"; 'twice'"


def test_words_without_a_concept_keep_a_rule_as_narrow_as_it_is(
    rules: Callable[[str], dict[str, Any]],
) -> None:
    rule = rules("=SUM(A1)")
    assert constraints(rule)["purpose"] == (
        "isAnyOf",
        {"@list": [{"@id": "dpv:DeliveryOfGoods"}, {"@value": "& more", "@language": "en"}]},
    )
    (refined,) = rule["target"]["refinement"]
    assert refined["rightOperand"]["@list"][1]["@value"] == "بريد\\إلكتروني 📧"
    assert "assignee" not in rule  # nobody knows whose policy it is


def test_a_duty_has_its_length(rules: Callable[[str], dict[str, Any]]) -> None:
    rule = rules("We must keep")
    assert rule["type"] == "Duty"
    assert [each["rightOperand"] for each in rule["constraint"]] == [
        {"@value": "P10Y", "@type": "xsd:duration"},
        {"@value": "as long as the law asks", "@language": "en"},
    ]


def test_one_of_several_legal_bases_is_enough(rules: Callable[[str], dict[str, Any]]) -> None:
    rule = rules("Data go to Japan")
    (logical,) = (each for each in rule["constraint"] if each["type"] == "LogicalConstraint")
    bases = [each["rightOperand"]["@id"] for each in logical["or"]["@list"]]
    assert bases == ["dpv:LegitimateInterestOfController", "dpv:Consent"]
    rest = {each["leftOperand"]: each for each in rule["constraint"] if each["type"] == "Constraint"}
    assert rest["spatial"]["rightOperand"] == {"@id": "loc:JP"}
    assert rest["dpv-odrl:TechnicalOrganisationalMeasure"]["operator"] == "isA"
    assert rule["target"] == {"uid": rule["target"]["uid"], "type": "AssetCollection"}  # all data


def test_a_denial_is_no_permission(rules: Callable[[str], dict[str, Any]]) -> None:
    rule = rules("-We do not sell")
    assert (rule["type"], rule["action"]) == ("Prohibition", "pg:Sell")
    (refined,) = rule["target"]["refinement"]
    assert (refined["operator"], refined["rightOperand"]) == ("isA", {"@id": "pd:EmailAddress"})


def test_one_policy_stands_alone_and_a_folder_has_one_each(
    policies: GraphStore, tmp_path: Path, hostile: str
) -> None:
    export(policies, "odrl", tmp_path / "one.jsonld", policy=hostile)
    assert json.loads((tmp_path / "one.jsonld").read_bytes())["uid"] == f"{hostile}/odrl"
    told = export(policies, "odrl", f"{tmp_path}/odrl/")
    uids = [json.loads(path.read_bytes())["uid"] for path in told.files]
    assert uids == [f"{policy}/odrl" for policy in policies.policies()]


def test_a_policy_without_practices_has_no_rules(policies: GraphStore, tmp_path: Path) -> None:
    bare = ox.NamedNode("https://example.org/id/policy/0")
    quads = [ox.Quad(bare, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("pg:PrivacyPolicy")), bare)]
    with GraphStore.in_memory() as store:
        store.write_policy(bare.value, quads)
        with pytest.raises(GraphError, match="an ODRL policy has at least one rule; choose another policy"):
            export(store, "odrl", tmp_path / "none.jsonld")
        first = policies.policies()[0]
        store.write_policy(first, list(policies.quads(first)))
        told = export(store, "odrl", tmp_path / "one.jsonld")
    assert told.notes == ("Left out, since ODRL has no policies without rules: 1.",)
    assert json.loads((tmp_path / "one.jsonld").read_bytes())["uid"] == f"{first}/odrl"


def test_filters_choose_rules(policies: GraphStore, tmp_path: Path) -> None:
    export(policies, "odrl", tmp_path / "denied.jsonld", filters=Filters(polarity="denied"))
    for each in json.loads((tmp_path / "denied.jsonld").read_bytes())["@graph"]:
        assert "permission" not in each
        assert each["prohibition"]
