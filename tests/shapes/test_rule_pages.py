from __future__ import annotations

import pytest

from privagraph.shapes.rule_pages import profile_page, rule_page, rules_index
from privagraph.shapes.rules import Rule, profile, profiles, rule_named

RULES = [rule for each in profiles() for rule in each.rules]


def test_the_page_of_a_profile_has_a_row_for_each_rule() -> None:
    lines = [line for line in profile_page(profile("gdpr")).splitlines() if line.startswith("|")]
    assert len(lines) == 2 + len(profile("gdpr").rules)
    link = "[`gdpr:controller-identity`](controller-identity.md)"
    assert lines[2].startswith(f"| {link} | error | **Who the controller is.** ")
    assert all(line.count("|") == 5 for line in lines)


def test_the_index_leads_to_every_profile() -> None:
    index = rules_index()
    assert [
        each.name for each in profiles() if f"]({each.name}/README.md) | {len(each.rules)} |" not in index
    ] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_page_says_all_that_the_shape_says(rule: Rule) -> None:
    page = rule_page(rule, "+e:a a e:B .")
    for text in (rule.title, rule.reason, rule.message, rule.remedy, *rule.sources, str(rule.severity)):
        assert text
        assert text in page
    assert ("## Words that pass" in page) is bool(rule.passes)
    shape = page.partition("```turtle\n")[2]
    assert shape.startswith(f"{rule.name} a sh:")
    assert shape.endswith(" .\n```\n")
    assert "+e:a a e:B ." in page


def test_a_rule_says_when_it_applies() -> None:
    assert "only where the policy itself shows that it applies" not in rule_page(
        rule_named("gdpr:right-access")
    )
