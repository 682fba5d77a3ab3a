"""TILT documents are valid against the published schema, and state nothing that the policy does not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pyoxigraph as ox
import pytest

from privagraph.ontology.namespaces import expand
from privagraph.queries.export import export
from privagraph.queries.export.tilt_entries import country_of
from privagraph.queries.networks import Filters
from privagraph.queries.store import GraphStore
from privagraph.queries.versions import link

SCHEMA = json.loads((Path(__file__).parent / "published" / "tilt-schema.json").read_bytes())
OURS = "x-privagraph"
UNKNOWN = {"", "ZZ", "0001-01-01", False}

Document = dict[str, Any]


@pytest.fixture
def documents(written: Callable[..., Path]) -> list[Document]:
    made: list[Document] = json.loads(written("tilt").read_bytes())
    return made


@pytest.fixture
def document(written: Callable[..., Path], hostile: str) -> Document:
    made: Document = json.loads(written("tilt", "one.json", policy=hostile).read_bytes())
    return made


def by_title(documents: list[Document], start: str) -> Document:
    (found,) = (each for each in documents if each["meta"]["name"].startswith(start))
    return found


def errors(document: Document) -> list[str]:
    validator = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    found = validator.iter_errors(document)
    return [each.message for each in found if not (each.validator == "format" and each.instance == "")]


def at(document: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        document = document[int(step) if isinstance(document, list) else step]
    return document


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)
    else:
        yield value


def test_every_document_is_valid(documents: list[Document]) -> None:
    assert len(documents) == 3
    for document in documents:
        assert errors(document) == []


@pytest.mark.parametrize(
    ("pointer", "field"), [("", "sources"), ("/meta", "_hash"), ("/dataDisclosed/0", "category")]
)
def test_the_schema_would_tell(document: Document, pointer: str, field: str) -> None:
    del at(document, pointer)[field]
    assert errors(document)


def test_an_entry_is_an_affirmed_practice(policies: GraphStore, documents: list[Document]) -> None:
    ask = """SELECT ?x ?quote {{ GRAPH ?g {{
        ?x a {} ; pg:evidence/oa:hasSelector/oa:exact ?quote }} }}"""
    for kind, entries in (
        ("pg:AffirmedPractice", [each[OURS] for made in documents for each in made["dataDisclosed"]]),
        ("pg:DeniedPractice", [each for made in documents for each in made[OURS]["deniedPractices"]]),
    ):
        wanted = sorted((row["x"].value, row["quote"].value) for row in policies.query(ask.format(kind)))
        assert sorted((each["practice"], each["sentence"]) for each in entries) == wanted
        assert len(wanted) > 2


def test_what_is_denied_is_never_disclosed(document: Document) -> None:
    (denied,) = document[OURS]["deniedPractices"]
    assert denied["sentence"] == "-We do not sell your e-mail address to anyone."
    assert (denied["processing"], denied["data_category"]) == ("Sell", ["Email Address"])
    rest = json.dumps({**document, OURS: None})
    assert "Sell" not in rest
    shared = next(each for each in document["dataDisclosed"] if each[OURS]["processing"] == "Share")
    assert shared["recipients"] == [{"name": "Acme; Sons", "category": "Third Party"}]
    assert shared[OURS]["except"] == ["recipient: Third Party"]


def test_what_is_not_stated_is_empty_and_listed(documents: list[Document]) -> None:
    for document in documents:
        missing = document[OURS]["notStated"]
        for pointer in missing:
            value = at(document, pointer)
            if pointer != "/meta/url":  # the schema wants a reference; the file's name is one
                assert {*leaves(value)} <= UNKNOWN, pointer
        assert len(missing) == len(set(missing))
        assert "PLACEHOLDER" not in json.dumps(document).upper()


def test_nothing_unknown_is_left_unlisted(documents: list[Document]) -> None:
    for document in documents:
        missing = document[OURS]["notStated"]
        for part in ("meta", "controller", "dataProtectionOfficer"):
            for name, value in document[part].items():
                if value in ("", "ZZ", "0001-01-01"):
                    assert f"/{part}/{name}" in missing


def test_a_policy_of_nobody_has_its_contact(document: Document) -> None:
    assert document["controller"] == {
        "name": "",
        "address": "",
        "country": "ZZ",
        "representative": {"name": "", "email": "who@hostile.example"},  # its telephone number is none
    }
    assert document["meta"]["url"] == ["%3Dcmd%7C%27%20%2FC%20calc%27%21A0.txt"]
    assert document["meta"]["created"] == "0001-01-01"


def test_what_the_policy_states_is_there(documents: list[Document]) -> None:
    shop = by_title(documents, "Lantern")
    assert shop["meta"]["name"] == "Lantern Books Ltd"
    assert (shop["meta"]["created"], shop["meta"]["modified"]) == ("2024-05-05", "2024-05-05")
    assert shop["meta"]["url"] == ["https://lantern.example/privacy"]
    assert shop["dataProtectionOfficer"]["email"] == "dpo@lantern.example"
    assert shop["rightToInformation"] == {"available": True, "description": "ask for a copy of your data"}
    assert shop["rightToDataPortability"] == {}
    (transfer,) = shop["thirdCountryTransfers"]
    assert transfer["country"] == "CH"
    assert transfer["standardDataProtectionClause"]["description"] == "standard contractual clauses"
    assert "adequacyDecision" not in transfer
    printing = next(each for each in shop["dataDisclosed"] if each[OURS]["processing"] == "Disclose")
    assert printing["legalBases"] == [
        {"reference": "GDPR-6-1-b", "description": "Art 6(1-b) contract: the contract with you"}
    ]
    kept = next(each for each in shop["dataDisclosed"] if each["storage"])
    assert kept["storage"] == [
        {
            "temporal": [{"description": "ten years", "ttl": "P10Y"}],
            "purposeConditional": [],
            "aggregationFunction": "max",
        }
    ]
    school = next(each for each in documents if each["sources"])
    (source,) = school["sources"]
    assert source["dataCategory"] == "Name"
    assert source["sources"][0]["description"] == "schools"


def test_articles_duties_and_rights_are_read_as_they_are_said(document: Document) -> None:
    bases = next(each for each in document["dataDisclosed"] if each["legalBases"])
    assert [each["reference"] for each in bases["legalBases"]] == ["", "GDPR-6-1-a"]
    assert bases["legitimateInterests"] == [{"exists": True, "reasoning": "our legitimate interest"}]
    (transfer,) = document["thirdCountryTransfers"]
    assert transfer["adequacyDecision"] == {"available": True, "description": "an adequacy decision"}
    needed = next(each for each in document["dataDisclosed"] if each["nonDisclosure"]["obligationToProvide"])
    assert needed["nonDisclosure"]["consequences"] == "else nothing works"
    assert document["rightToInformation"]["available"] is False
    assert document["rightToComplain"]["supervisoryAuthority"] == {"name": ""}
    assert [each["iri"] for each in document[OURS]["otherRights"]] == [expand("eu-gdpr:A21")]
    assert document["automatedDecisionMaking"]["inUse"] is True
    until = next(each for each in document["dataDisclosed"] if each["storage"])["storage"][0]
    assert until["purposeConditional"] == ["as long as the law asks"]


def test_the_hash_is_that_of_the_rest(documents: list[Document]) -> None:
    for document in documents:
        told = document["meta"]["_hash"]
        document["meta"]["_hash"] = ""
        text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == told


def test_versions_are_numbered_and_the_last_is_active(policies: GraphStore, tmp_path: Path) -> None:
    first, second, _ = policies.policies()
    new, old = ox.NamedNode(second), ox.NamedNode(first)
    with GraphStore.in_memory() as store:
        for policy in (first, second):
            link = (
                [ox.Quad(new, ox.NamedNode(expand("prov:wasRevisionOf")), old, new)]
                if policy == second
                else []
            )
            store.write_policy(policy, [*policies.quads(policy), *link])
        export(store, "tilt", tmp_path / "tilt.json")
    told = {each["meta"]["_id"]: each["meta"] for each in json.loads((tmp_path / "tilt.json").read_bytes())}
    assert (told[first]["version"], told[first]["status"]) == (1, "inactive")
    assert (told[second]["version"], told[second]["status"]) == (2, "active")


@pytest.mark.parametrize("filters", [Filters(polarity="affirmed"), Filters(data=expand("dpv:PersonalData"))])
@pytest.mark.parametrize("to", ["csv", "turtle", "tilt"])
def test_versions_that_were_replaced_keep_their_practices(
    policies: GraphStore, tmp_path: Path, to: str, filters: Filters
) -> None:
    first, second, _ = policies.policies()
    whole = export(policies, to, tmp_path / "before", filters=filters)
    with GraphStore.in_memory() as store:
        for policy in policies.policies():
            store.write_policy(policy, policies.quads(policy))
        link(store, second, first)
        told = export(store, to, tmp_path / "after", filters=filters)
    assert told.practices == whole.practices > 0
    assert told.policies == whole.policies


def test_a_folder_gets_a_file_a_policy(policies: GraphStore, tmp_path: Path) -> None:
    told = export(policies, "tilt", f"{tmp_path}/tilt/")
    assert len(told.files) == 3
    for path, policy in zip(told.files, policies.policies(), strict=True):
        assert path.name == f"{policy.rpartition('/')[2]}.tilt.json"
        assert json.loads(path.read_bytes())["meta"]["_id"] == policy


def test_filters_say_what_is_left_out(policies: GraphStore, tmp_path: Path) -> None:
    assert export(policies, "tilt", tmp_path / "all.json").notes == ()
    told = export(policies, "tilt", tmp_path / "some.json", filters=Filters(polarity="affirmed"))
    assert told.notes == (
        "Rights, contacts and transfers outside the chosen practices are left out, as if they were not stated.",
    )
    for document in json.loads((tmp_path / "some.json").read_bytes()):
        assert errors(document) == []
        assert document[OURS]["deniedPractices"] == []


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("Am Hafen 1, 20457 Hamburg, Germany", "DE"),
        ("1 Main St\nSpringfield\nU.S.A.", "US"),
        ("5 High Street, Leeds, UK.", "GB"),
        ("9 Broad Street, Bristol, United Kingdom", "GB"),
        ("9 Broad Street, Leith, Scotland", "GB"),
        ("Keizersgracht 1, Amsterdam, The Netherlands\n", "NL"),
        ("1 Teheran-ro, Seoul, South Korea", "KR"),
        ("1 Peach Street, Atlanta, Georgia", ""),
        ("Via Roma 1, Milano", ""),
        ("Germany Street 5, Nowhere", ""),
        ("", ""),
    ],
)
def test_the_country_of_an_address(address: str, country: str) -> None:
    assert country_of(address) == country
