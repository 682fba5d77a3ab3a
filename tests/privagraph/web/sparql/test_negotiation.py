from __future__ import annotations

import pytest

from privagraph.web.sparql.negotiation import preferred

ROWS = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, ROWS[0]),
        ("", ROWS[0]),
        ("*/*", ROWS[0]),
        ("*", ROWS[0]),
        ("text/*", ROWS[2]),
        ("text/csv;q=0.1, */*;q=0.2", ROWS[0]),
        ("text/csv, */*", ROWS[0]),
        ("text/csv, */*;q=0.9", ROWS[2]),
        ("application/sparql-results+xml;q=0.5, application/sparql-results+json;q=0.4", ROWS[1]),
        ("TEXT/CSV", ROWS[2]),
        ("text/csv;charset=utf-8;q=0.7, application/*;q=0.6", ROWS[2]),
        ("*/*, application/*;q=0", ROWS[2]),
        ("application/sparql-results+json;q=0, */*;q=0.1", ROWS[1]),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("text/csv;q=many", None),
        ("text/csv;q=2", None),
        ("nonsense", None),
        ("nonsense, text/csv", ROWS[2]),
    ],
)
def test_the_type_that_the_client_wants_most(accept: str | None, expected: str | None) -> None:
    assert preferred(accept, ROWS) == expected
