from __future__ import annotations

import pytest

from privagraph.ontology.layout import Layout
from privagraph.ontology.reading import Span
from privagraph.shapes.derivation.contradictions.following import limit_after


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("We may share it. We keep it.", "We may share it."),
        ("We may share it. These firms print. We keep it.", "We may share it. These firms print."),
        (
            "We may share it:\n- with printers\n- with banks\n\nWe keep it.",
            "We may share it:\n- with printers\n- with banks",
        ),
        ("However, we share it. We keep it.", "However, we share it. We keep it."),
    ],
)
def test_what_belongs_to_a_limit(text: str, limit: str) -> None:
    layout = Layout(text)
    found = limit_after(layout.sentence(Span(0, 1)), layout)
    assert text[found.start : found.end] == limit
