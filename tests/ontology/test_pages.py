"""What all pages of HTML have in common."""

from __future__ import annotations

import base64
import hashlib

import jinja2
import pytest

from privagraph.ontology.pages import content_security, template_environment


def test_what_a_policy_says_makes_no_markup() -> None:
    made = (
        template_environment({"x": "<p>{{ words }}</p>"}.__getitem__).get_template("x").render(words="<b>&")
    )
    assert made == "<p>&lt;b&gt;&amp;</p>"


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        template_environment({"x": "{{ nothing }}"}.__getitem__).get_template("x").render()


@pytest.mark.parametrize(("pictures", "images"), [(False, []), (True, ["img-src data:"])])
def test_only_what_the_file_came_with_runs(pictures: bool, images: list[str]) -> None:
    style, code = (
        base64.b64encode(hashlib.sha256(text).digest()).decode() for text in (b"p { }", "é".encode())
    )
    assert content_security("p { }", "é", pictures=pictures).split("; ") == [
        *("default-src 'none'", f"style-src 'sha256-{style}'", f"script-src 'sha256-{code}'"),
        *images,
        *("base-uri 'none'", "form-action 'none'"),
    ]
