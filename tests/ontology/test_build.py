"""Building dpv.ttl from a release: a small invented one, and the real one where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph.errors import InputError, UnreadableSourceError
from privagraph.ontology.build import build, main
from privagraph.ontology.namespaces import DPV_PREFIXES, PREFIXES, expand

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("PRIVAGRAPH_SHARED", ROOT.parent / "shared"))
PACKAGED = ROOT / "ontology" / "dpv.ttl"

RELEASE = {
    "dpv": """
dpv:Data a rdfs:Class, skos:Concept ; skos:prefLabel "Data"@en ; skos:definition "Not to be copied"@en .
dpv:PersonalData a rdfs:Class, skos:Concept ; skos:broader dpv:Data ; skos:prefLabel "Personal Data"@en ;
    dct:created "2019-04-05"^^xsd:date ; dct:contributor _:someone .
dpv:hasPersonalData a rdf:Property, skos:Concept ; skos:prefLabel "has personal data"@en ;
    dcam:rangeIncludes dpv:PersonalData .
PREFIX:NoConcept a rdfs:Class ; skos:prefLabel "No concept"@en .
dct:title a rdf:Property, skos:Concept ; skos:prefLabel "of others"@en .
_:someone foaf:name "Someone" .
""",
    "pd": """
pd:Name a rdfs:Class, skos:Concept, dpv:PersonalData, PREFIX:Odd ; skos:broader dpv:PersonalData ;
    skos:prefLabel "Name \\"quoted\\""@en .
""",
    "eu-gdpr": """
eu-gdpr:A6-1-a a rdfs:Class, skos:Concept ; skos:prefLabel "Consent"@en ;
    skos:broader <https://w3id.org/dpv/risk#Elsewhere> .
""",
    "legal-us": "",
    "loc": """
loc:US a rdfs:Class, skos:Concept, dpv:Country ; skos:prefLabel "United States"@en .
loc:US-CA a rdfs:Class, skos:Concept, dpv:Region ; skos:broader loc:US ; skos:prefLabel "California"@en .
PLACE:FR-75 a rdfs:Class, skos:Concept, dpv:Region ; skos:prefLabel "Paris"@en .
loc:GB-ENG a rdfs:Class, skos:Concept, dpv:Region ; skos:prefLabel "England"@en .
PLACE:GB-KEN a rdfs:Class, skos:Concept, dpv:Region ; skos:prefLabel "Kent"@en .
loc:non-EEA a rdfs:Class, skos:Concept, dpv:InverseJurisdiction ; skos:prefLabel "non-EEA" .
PLACE:non-FR a rdfs:Class, skos:Concept, dpv:InverseJurisdiction ; skos:prefLabel "non-FR" .
""",
    "tech": "",
}


def write_release(folder: Path, *, version: str = "2.3") -> Path:
    spaces = {**PREFIXES, "dcam": "http://purl.org/dc/dcam/"}
    head = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in spaces.items())
    for name, text in RELEASE.items():
        about = f'<{PREFIXES[name][:-1]}> a owl:Ontology ; owl:versionInfo "{version}" .\n'
        body = text.replace("PREFIX", "dpv").replace(
            "PLACE", "loc"
        )  # so that no unknown term is written here
        (folder / f"{name}.ttl").write_text(head + about + body, encoding="utf-8")
    return folder


def test_what_is_kept_and_what_is_left_out(tmp_path: Path) -> None:
    text = build(write_release(tmp_path))
    body = text[text.index("\ndpv:Data") :]
    assert (
        body
        == """
dpv:Data a rdfs:Class, skos:Concept ;
    skos:prefLabel "Data"@en .

dpv:PersonalData a rdfs:Class, skos:Concept ;
    skos:broader dpv:Data ;
    skos:prefLabel "Personal Data"@en .

dpv:hasPersonalData a rdf:Property, skos:Concept ;
    dcam:rangeIncludes dpv:PersonalData ;
    skos:prefLabel "has personal data"@en .

eu-gdpr:A6-1-a a rdfs:Class, skos:Concept ;
    skos:prefLabel "Consent"@en .

loc:GB-ENG a rdfs:Class, skos:Concept ;
    skos:prefLabel "England"@en .

loc:US a rdfs:Class, skos:Concept ;
    skos:prefLabel "United States"@en .

loc:US-CA a rdfs:Class, skos:Concept ;
    skos:broader loc:US ;
    skos:prefLabel "California"@en .

loc:non-EEA a rdfs:Class, skos:Concept ;
    skos:prefLabel "non-EEA" .

pd:Name a rdfs:Class, skos:Concept ;
    skos:broader dpv:PersonalData ;
    skos:prefLabel "Name \\"quoted\\""@en .
"""
    )


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    write_release(tmp_path)
    assert main([str(tmp_path), "--output", str(tmp_path / "one.ttl")]) == 0
    assert main([str(tmp_path), "--output", str(tmp_path / "two.ttl")]) == 0
    assert (tmp_path / "one.ttl").read_bytes() == (tmp_path / "two.ttl").read_bytes()


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_release(tmp_path)
    (tmp_path / "loc.ttl").unlink()
    with pytest.raises(UnreadableSourceError, match=r"loc\.ttl"):
        build(tmp_path)
    assert main([str(tmp_path), "--output", str(tmp_path / "out.ttl")]) == 2
    assert "loc.ttl" in capsys.readouterr().err
    assert not (tmp_path / "out.ttl").exists()


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (write_release(tmp_path) / "pd.ttl").write_text("pd:Name a .", encoding="utf-8")
    with pytest.raises(UnreadableSourceError, match=r"pd\.ttl"):
        build(tmp_path)


def test_another_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"release 2\.2") as caught:
        build(write_release(tmp_path, version="2.2"))
    assert "2.3" in caught.value.advice


def test_the_packaged_file_is_sorted_and_says_where_it_is_from() -> None:
    text = PACKAGED.read_text("utf-8")
    subjects = [line.split(" ")[0] for line in text.splitlines() if line[:1].isalpha()]
    assert subjects == sorted(subjects)
    assert len(subjects) == len(set(subjects)) > 2000
    head = text[: text.index("@prefix")]
    assert all(word in head for word in ("2.3", "https://w3id.org/dpv", "W3C Software and Document License"))


def test_the_packaged_file_has_no_blank_nodes_and_no_definitions() -> None:
    predicates = set()
    for quad in ox.parse(PACKAGED.read_bytes(), format=ox.RdfFormat.TURTLE):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        predicates.add(quad.predicate.value)
    assert expand("skos:broader") in predicates
    assert predicates.isdisjoint(map(expand, ("skos:definition", "skos:scopeNote", "dct:created")))


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "dpv").is_dir(), reason="no release of DPV beside the project")
def test_the_packaged_file_is_what_the_release_gives() -> None:
    assert build(SHARED / "dpv") == PACKAGED.read_text("utf-8")


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "dpv").is_dir(), reason="no release of DPV beside the project")
def test_every_term_outside_loc_is_kept() -> None:
    text = PACKAGED.read_text("utf-8")
    kept = {line.split(" ")[0] for line in text.splitlines() if line[:1].isalpha()}
    missing, count = [], 0
    for prefix in set(DPV_PREFIXES) - {"loc"}:
        for quad in ox.parse(path=str(SHARED / "dpv" / f"{prefix}.ttl"), format=ox.RdfFormat.TURTLE):
            space = PREFIXES[prefix]
            if quad.object == ox.NamedNode(expand("skos:Concept")) and quad.subject.value.startswith(space):
                count += 1
                if f"{prefix}:{quad.subject.value.removeprefix(space)}" not in kept:
                    missing.append(quad.subject.value)
    assert missing == []
    assert count == 1776
