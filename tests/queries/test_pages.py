"""Pages that load nothing: what they allow, and what they show of what somebody wrote."""

from __future__ import annotations

import base64
import hashlib
import re

from privagraph.queries.differences.changes import PolicyDiff, Side
from privagraph.queries.pages import page, part

DIFF = PolicyDiff(Side("o", "<old> & old.md"), Side("n", "new.md"), ())


def test_the_page_allows_its_own_style_alone() -> None:
    made = page("diff", diff=DIFF, texts=(), summary="Nothing.", meanings={})
    (style,) = re.findall(r"<style>(.*?)</style>", made, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src &#39;sha256-{digest}&#39;" in made
    assert "default-src &#39;none&#39;" in made
    assert "http://" not in made
    assert "https://" not in made


def test_what_a_policy_says_is_escaped() -> None:
    for made in (
        page("diff", diff=DIFF, texts=(), summary="a < b", meanings={}),
        part("diff-fragment", diff=DIFF, summary="a < b"),
    ):
        assert "&lt;old&gt; &amp; old.md" in made
        assert "a &lt; b" in made
        assert "<old>" not in made
