from __future__ import annotations

import re
from importlib.resources import files

from privagraph.loaders.facts import Role
from privagraph.ontology.roles import GROUNDED_ROLES
from privagraph.queries.catalogue import load
from privagraph.queries.drawing.looks import COLUMNS
from privagraph.web.roles import group_of, groups_of, role_label, role_note

MARKS = (files("privagraph.web") / "static" / "policy-marks.css").read_text("utf-8")


def test_the_roles_that_stand_for_concepts_are_those_of_the_named_query() -> None:
    asked = load("ungrounded").text
    named = re.findall(r"pg:(\w+)", asked[asked.index("IN (") : asked.index("))")])
    assert set(named) == GROUNDED_ROLES


def test_every_role_has_a_name_a_note_and_a_look() -> None:
    for role in Role:
        assert role_label(role)
        assert role_note(role).endswith(".")
        assert f".g-{group_of(role)} {{" in MARKS


def test_groups_have_the_colours_of_pictures() -> None:
    colours = dict(re.findall(r"\.g-(\w+) \{ --g: light-dark\((#\w+),", MARKS))
    assert colours == {name: COLUMNS[name].line for name in colours}
    assert dict(re.findall(r"\.o-(\w+) \{ --o: light-dark\((#\w+),", MARKS)) == colours


def test_roles_are_grouped_in_the_order_of_the_legend() -> None:
    found = groups_of([("right", 1), ("opt_out", 2), ("data_category", 3)])
    assert [(group.name, group.roles, group.mentions) for group in found] == [
        ("data", (("data_category", 3),), 3),
        ("right", (("right", 1), ("opt_out", 2)), 3),
    ]


def test_a_role_of_another_program_is_shown_by_its_name() -> None:
    assert role_label("odd_role") == "odd role"
    assert role_note("odd_role") == ""
    assert group_of("odd_role") == "other"
