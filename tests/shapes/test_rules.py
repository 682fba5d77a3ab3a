from __future__ import annotations

import re

import pytest

from privagraph.errors import ProfileError
from privagraph.shapes.rules import (
    DEFAULT_PROFILES,
    SHAPES,
    Severity,
    profile,
    profiles,
    read_profile,
    rule_named,
    select_profiles,
    short_source,
)

GOOD = b"""
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <https://w3id.org/privagraph/shapes/house#> .

<https://w3id.org/privagraph/shapes/house> a owl:Ontology ;
    dct:title "House rules" ;
    dct:description "What this house asks for." ;
    owl:versionInfo "0.2.0" .

:door a sh:NodeShape ;
    sh:severity sh:Warning ;
    rdfs:label "A door" ;
    rdfs:comment "People come in." ;
    sh:message "There is no door." ;
    dct:source <https://www.w3.org/TR/shacl/> , <https://www.w3.org/TR/owl2-syntax/> .
"""


def test_profiles_come_in_the_order_in_which_they_are_checked() -> None:
    assert [each.name for each in profiles()][: len(DEFAULT_PROFILES)] == list(DEFAULT_PROFILES)


def test_names_of_rules_are_unique_and_follow_from_their_iris() -> None:
    rules = [rule for each in profiles() for rule in each.rules]
    assert len({rule.name for rule in rules}) == len(rules) >= 76
    for rule in rules:
        name = rule.name.partition(":")[2]
        assert rule.iri == f"{SHAPES}{rule.profile}#{name}"
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name)


def test_what_rules_say_is_whole_sentences() -> None:
    for rule in (rule for each in profiles() for rule in each.rules):
        assert rule.message.endswith((".", "{?note}")), rule.name
        assert rule.reason.endswith((".", ".)")), rule.name
        assert not rule.title.endswith("."), rule.name
        assert all(source.startswith("https://") for source in rule.sources), rule.name
        known = {"?value", "?path", "?words", "?others", "?note"}
        assert set(re.findall(r"\{(.*?)\}", rule.message)) <= known, rule.name


def test_messages_of_the_gdpr_profile_name_their_clause() -> None:
    for rule in profile("gdpr").rules:
        assert short_source(rule.sources[0]).removeprefix("GDPR ") in rule.message, rule.name


def test_severities_of_the_gdpr_profile_follow_its_rule() -> None:
    """Error: always; warning: on a condition that the policy shows; info: on one that it cannot show."""
    by_severity: dict[Severity, set[str]] = {}
    for rule in profile("gdpr").rules:
        by_severity.setdefault(rule.severity, set()).add(rule.name.partition(":")[2])
    assert by_severity[Severity.WARNING] >= {
        "legitimate-interests",
        "recipients",
        "transfer-safeguards",
        "right-withdraw-consent",
    }
    assert by_severity[Severity.INFO] >= {
        "dpo-contact",
        "third-country-transfer",
        "automated-decision-making",
    }
    assert len(by_severity[Severity.ERROR]) == 13


def test_a_profile_is_read_from_turtle() -> None:
    house = read_profile(GOOD, name="house")
    assert (house.title, house.since, len(house.rules)) == ("House rules", "0.2.0", 1)
    door = house.rule("door")
    assert (door.name, door.title, door.severity) == ("house:door", "A door", Severity.WARNING)
    assert door.sources == ("https://www.w3.org/TR/shacl/", "https://www.w3.org/TR/owl2-syntax/")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'rdfs:label "A door" ;', b"", "0 values of rdfs:label"),
        (b'rdfs:comment "People come in." ;', b"", "0 values of rdfs:comment"),
        (b'sh:message "There is no door." ;', b"", "0 values of sh:message"),
        (b'"There is no door."', b'"There is no door." , "No door."', "2 values of sh:message"),
        (b"sh:severity sh:Warning ;", b"", "0 values of sh:severity"),
        (b"sh:Warning", b"sh:Waring", "use sh:Violation, sh:Warning or sh:Info"),
        (
            b"dct:source <https://www.w3.org/TR/shacl/> , <https://www.w3.org/TR/owl2-syntax/> .",
            b".",
            "dct:source",
        ),
        (b'dct:title "House rules" ;', b"", "0 values of dct:title"),
        (b'owl:versionInfo "0.2.0" .', b"rdfs:comment 1 .", "0 values of owl:versionInfo"),
        (b"sh:NodeShape", b"sh:Shape", "holds no shape"),
        (b"shapes/house#>", b"shapes/horse#>", "holds no shape"),
        (b"a sh:NodeShape ;", b"a sh:NodeShape ", "not Turtle"),
    ],
)
def test_a_profile_with_a_fault_is_an_error_that_names_it(old: bytes, new: bytes, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(ProfileError, match=re.escape(reason)) as caught:
        read_profile(GOOD.replace(old, new), name="house")
    assert "house.ttl" in str(caught.value)


def test_an_unknown_profile_or_rule_is_an_error_with_the_nearest_names() -> None:
    with pytest.raises(ProfileError, match="no profile 'gdrp'; did you mean gdpr"):
        profile("gdrp")
    with pytest.raises(ProfileError, match="no profile 'xyz'; choose from structure, gdpr"):
        profile("xyz")
    with pytest.raises(
        ProfileError, match="no rule 'right-acess' in profile 'gdpr'; did you mean right-access"
    ):
        profile("gdpr").rule("right-acess")


def test_profiles_are_selected_once_each_in_the_order_named() -> None:
    assert [each.name for each in select_profiles(["gdpr", "structure", "GDPR"])] == ["gdpr", "structure"]
    with pytest.raises(ProfileError, match="no profile is named; choose from structure, gdpr"):
        select_profiles([])


def test_severities_are_ordered() -> None:
    reached = {one: [str(other) for other in Severity if one.reaches(other)] for one in Severity}
    assert reached == {
        Severity.ERROR: ["error", "warning", "info"],
        Severity.WARNING: ["warning", "info"],
        Severity.INFO: ["info"],
    }
    assert Severity.ERROR.iri == "http://www.w3.org/ns/shacl#Violation"


@pytest.mark.parametrize(
    ("iri", "cited"),
    [
        ("https://eur-lex.europa.eu/eli/reg/2016/679/art_13/par_1/pnt_a/oj", "GDPR Art. 13(1)(a)"),
        ("https://eur-lex.europa.eu/eli/reg/2016/679/art_7/par_3/oj", "GDPR Art. 7(3)"),
        ("https://eur-lex.europa.eu/eli/reg/2016/679/art_46/oj", "GDPR Art. 46"),
        ("https://w3id.org/privagraph/docs/graph-model", "graph-model"),
        ("https://w3id.org/dpv#hasProcess", "dpv#hasProcess"),
        ("https://www.w3.org/TR/annotation-model/#annotations", "annotation-model#annotations"),
    ],
)
def test_sources_are_cited_as_people_do(iri: str, cited: str) -> None:
    assert short_source(iri) == cited


@pytest.mark.parametrize("name", ["gdpr:right-access", "right-access"])
def test_a_rule_is_found_by_its_name(name: str) -> None:
    assert rule_named(name).iri == f"{SHAPES}gdpr#right-access"


def test_a_rule_that_there_is_not_is_an_error_with_the_nearest() -> None:
    with pytest.raises(ProfileError, match=r"no rule 'gdpr:right-acess'; did you mean gdpr:right-access"):
        rule_named("gdpr:right-acess")
    for name in ("gdpr:right-acess", "right-acess"):
        with pytest.raises(ProfileError) as caught:
            rule_named(name)
        assert str(caught.value).count("gdpr:right-access") == 1
    with pytest.raises(ProfileError, match=r"no rule 'xxxxxxxx'; .*--list-profiles"):
        rule_named("xxxxxxxx")


def test_rules_of_this_package_have_a_page() -> None:
    assert rule_named("gdpr:right-access").page == "https://w3id.org/privagraph/docs/rules/gdpr/right-access"
