"""Names in letters, digits and underscores, no two alike."""

from __future__ import annotations

import pytest

from privagraph.queries.export.naming import camel, constant, distinct, snake


@pytest.mark.parametrize(
    ("name", "one", "two", "three"),
    [
        ("dct:title@en", "dctTitleEn", "dct_title_en", "TITLE_EN"),
        ("dpv:hasPersonalData", "dpvHasPersonalData", "dpv_hasPersonalData", "HAS_PERSONAL_DATA"),
        (
            "pg:right_mechanism denied",
            "pgRightMechanismDenied",
            "pg_right_mechanism_denied",
            "RIGHT_MECHANISM_DENIED",
        ),
        ("eu-gdpr:A6-1-a", "euGdprA61A", "eu_gdpr_A6_1_a", "A6_1_A"),
        ("1st", "x1st", "x_1st", "X_1ST"),
        ("ß:؟", "x", "x", "X"),
    ],
)
def test_names(name: str, one: str, two: str, three: str) -> None:
    assert (camel(name), snake(name), constant(name)) == (one, two, three)


def test_no_two_names_are_alike_whatever_their_order() -> None:
    names = ["a:b", "a.b", "A-B", "id"]
    found = distinct(names, snake, taken=["id"])
    assert found == {"A-B": "A_B", "a.b": "a_b2", "a:b": "a_b3", "id": "id2"}
    assert found == distinct(reversed(names), snake, taken=["id"])
