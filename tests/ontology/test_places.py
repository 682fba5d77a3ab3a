"""Which places lie outside the European Economic Area."""

from __future__ import annotations

import pytest

from privagraph.errors import UnknownTermError
from privagraph.ontology.places import OVERSEAS, is_third_country
from privagraph.ontology.vocabulary import vocabulary

MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()


@pytest.mark.parametrize("code", MEMBERS)
def test_members_of_the_area_are_inside(code: str) -> None:
    assert not is_third_country(f"loc:{code}")


@pytest.mark.parametrize(
    "code", ["US", "US-CA", "CH", "CH-ZH", "GB", "GB-ENG", "CA-QC", "UA", "IN", "non-EEA", "non-EU"]
)
def test_places_outside(code: str) -> None:
    assert is_third_country(f"loc:{code}")


@pytest.mark.parametrize("code", ["AW", "NC", "GL", "SJ"])
def test_overseas_territories_outside_the_union(code: str) -> None:
    assert is_third_country(f"loc:{code}")


@pytest.mark.parametrize("code", ["GF", "RE", "AX"])
def test_overseas_territories_inside_the_union(code: str) -> None:
    assert not is_third_country(f"loc:{code}")


@pytest.mark.parametrize(
    "name", ["loc:EU", "loc:EEA", "loc:DE-BY", "loc:non-US", "dpv:Country", "dpv:CloudLocation"]
)
def test_what_is_not_known_to_be_outside(name: str) -> None:
    assert not is_third_country(name)


def test_the_concept_of_a_third_country_is_one() -> None:
    assert is_third_country("dpv:ThirdCountry")


def test_most_countries_are_outside() -> None:
    words = vocabulary()
    countries = [term.iri for term in words if words.is_a(term.iri, "dpv:Country") and "-" not in term.curie]
    outside = {iri for iri in countries if is_third_country(iri)}
    assert len(outside) >= 200
    assert outside >= OVERSEAS


def test_an_unknown_place_is_an_error() -> None:
    with pytest.raises(UnknownTermError):
        is_third_country(":".join(("loc", "XX")))
