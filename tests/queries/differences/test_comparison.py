"""Versions of policies, made by edits from text to changes: every real change is found, and no other.

Each ``.yml`` file holds edits of one policy, with the changes that a reader would name. ``kayaks.yml`` was written
before the code, the others after it had first run.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml

from privagraph.loaders.extraction import Extractor
from privagraph.loaders.extractors import DEFAULT_EXTRACTOR, make_extractor
from privagraph.loaders.inputs import Source
from privagraph.loaders.pipeline import Mapped, map_source
from privagraph.ontology.namespaces import BASE
from privagraph.ontology.reading import PolicyView, read_policy
from privagraph.queries.differences import Change, PolicyDiff, diff_policies

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[2] / "examples"
POLICIES = {
    "kayaks": HERE / "kayaks.md",
    "quillfeather": HERE / "quillfeather.md",
    "pinata-habits": EXAMPLES / "pinata-habits.md",
    "woerterwald": EXAMPLES / "woerterwald.html",
}
FALSE = {("quillfeather", "bullets to commas"): 2}
"""How many changes are reported that are none, since the extractor reads a list in a sentence in another way."""
REWORDED = 2
"""How many are reported of a policy that was written anew with the same practices."""

Reading = Callable[[str, str], PolicyView]


@dataclass(frozen=True)
class Version:
    """One edited version."""

    name: str
    old: str
    new: str
    expect: tuple[dict[str, Any], ...]


def versions(edits: Path, text: str) -> list[Version]:
    """The versions that a file of edits makes of a text."""
    return [_version(each, text) for each in yaml.safe_load(edits.read_text("utf-8"))]


def _version(entry: dict[str, Any], text: str) -> Version:
    old = _replaced(text, entry.get("prepare", []))
    new = _replaced(old, entry.get("replace", []))
    if "move" in entry:
        heading, before = entry["move"]
        start = new.index(heading)
        end = new.index("\n## ", start) + 1
        section, rest = new[start:end], new[:start] + new[end:]
        at = rest.index(before)
        new = rest[:at] + section + rest[at:]
    assert new != old, entry["name"]
    return Version(entry["name"], old, new, tuple(entry["expect"]))


def _replaced(text: str, pairs: Sequence[Sequence[str]]) -> str:
    for old, new in pairs:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return text


def read(text: str, folder: Path, name: str) -> PolicyView:
    """A policy as values, found by the usual extractor."""
    file = folder / name
    file.write_text(text, "utf-8")
    made = map_source(Source(name, file), extractor(), base=BASE)
    assert isinstance(made, Mapped), made
    return read_policy(made.account.policy, ox.parse(made.nquads, format=ox.RdfFormat.N_QUADS))


@functools.cache
def extractor() -> Extractor:
    """The usual extractor, made once."""
    return make_extractor(DEFAULT_EXTRACTOR)


def compared(
    found: Sequence[Change], expect: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[Change]]:
    """What was expected and not found, and what was found and not expected; each change answers one expectation."""
    rest, missed = list(found), []
    for entry in expect:
        hit = next((each for each in rest if _fits(each, entry)), None)
        if hit is None:
            missed.append(entry)
        else:
            rest.remove(hit)
    return missed, rest


def _fits(change: Change, entry: dict[str, Any]) -> bool:
    words = " ".join(
        place.words + " " + place.passage for place in (change.old, change.new) if place is not None
    )
    return (
        change.kind in _several(entry["kind"])
        and change.aspect in _several(entry["what"])
        and change.effect in _several(entry["people"])
        and change.direction == entry.get("direction", change.direction)
        and entry["words"].casefold() in " ".join(words.casefold().split())
    )


def _several(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


ALL = [
    (name, version)
    for name, path in POLICIES.items()
    for version in versions(HERE / f"{name}.yml", path.read_text("utf-8"))
]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """Reads a text as a policy; each text once."""
    folder = tmp_path_factory.mktemp("policies")
    known: dict[tuple[str, str], PolicyView] = {}

    def read_once(text: str, name: str) -> PolicyView:
        if (text, name) not in known:
            known[text, name] = read(text, folder, name)
        return known[text, name]

    return read_once


def test_there_are_many_versions() -> None:
    assert len(ALL) >= 92
    assert sum(len(version.expect) for _, version in ALL) >= 80


@pytest.mark.parametrize(("policy", "version"), ALL, ids=[f"{policy}: {each.name}" for policy, each in ALL])
def test_every_real_change_is_found_and_no_other(reading: Reading, policy: str, version: Version) -> None:
    end = POLICIES[policy].suffix
    diff = diff_policies(reading(version.old, f"old{end}"), reading(version.new, f"new{end}"))
    missed, false = compared(diff.changes, version.expect)
    assert len(false) == FALSE.get((policy, version.name), 0), [each.sentence for each in false]
    assert missed == []
    check_places(diff, reading(version.old, f"old{end}"), reading(version.new, f"new{end}"))


def check_places(diff: PolicyDiff, old: PolicyView, new: PolicyView) -> None:
    """That all words stand where the changes say."""
    for change in diff:
        assert change.sentence
        for place, policy in ((change.old, old), (change.new, new)):
            if place is not None:
                assert policy.text[place.span.start : place.span.end] == place.words
                assert policy.text[place.passage_span.start : place.passage_span.end] == place.passage
                assert place.before + place.words + place.after == place.passage


def test_a_policy_written_anew_with_the_same_practices_has_not_changed(reading: Reading) -> None:
    old, new = (
        reading((HERE / name).read_text("utf-8"), name) for name in ("kayaks.md", "kayaks-reworded.md")
    )
    diff = diff_policies(old, new)
    assert len([*diff]) == REWORDED, [each.sentence for each in diff]
    assert len(diff.text_changes) > 25


def test_two_edits_of_a_policy_written_anew_are_found(reading: Reading) -> None:
    text = (HERE / "kayaks-reworded.md").read_text("utf-8")
    for before, after in (
        ("Your personal data is never sold.", "Your personal data may be sold to data brokers."),
        ("- have your data erased;\n", ""),
    ):
        assert before in text
        text = text.replace(before, after)
    old = reading((HERE / "kayaks.md").read_text("utf-8"), "kayaks.md")
    found = {(each.aspect, each.effect) for each in diff_policies(old, reading(text, "reworded.md"))}
    assert ("polarity", "weaker") in found
    assert ("right", "weaker") in found


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_does_not_differ_from_itself(reading: Reading, policy: str) -> None:
    path = POLICIES[policy]
    view = reading(path.read_text("utf-8"), path.name)
    diff = diff_policies(view, view)
    assert (len(diff), diff.text_changes) == (0, ())


@pytest.mark.parametrize("policy", POLICIES)
def test_the_same_text_in_another_format_and_order_has_not_changed(reading: Reading, policy: str) -> None:
    path = POLICIES[policy]
    view = reading(path.read_text("utf-8"), path.name)
    plain = reading(view.text, "plain.txt")
    blocks = view.text.split("\n\n")
    middle = next(
        number for number in range(len(blocks) // 2, len(blocks)) if blocks[number - 1].endswith(".")
    )
    turned = reading("\n\n".join([*blocks[:3], *blocks[middle:], *blocks[3:middle]]), "turned.txt")
    assert [each.sentence for each in diff_policies(view, plain)] == []
    assert [each.sentence for each in diff_policies(plain, turned)] == []


BAKERY = """# Privacy policy of Crumb and Daughters

We collect your name and your address to bring you bread. We delete both after a year.

{}
"""


def test_decisions_by_machines_that_were_ruled_out_and_now_happen(reading: Reading) -> None:
    none = (
        "No decision about a delivery on credit is based solely on automated processing, including profiling."
    )
    some = "A decision about a delivery on credit may be based solely on automated processing, including profiling."
    old, new = (reading(BAKERY.format(each), "bakery.md") for each in (none, some))
    assert [(each.aspect, each.direction, each.effect) for each in diff_policies(old, new)] == [
        ("automated decisions", "now done", "weaker")
    ]
    assert [each.effect for each in diff_policies(new, old)] == ["stronger"]
    assert next(iter(diff_policies(old, new))).sentence.startswith("Automated decisions are possible now: ")


def test_two_versions_with_one_name_are_told_apart(reading: Reading) -> None:
    old, new = (reading(BAKERY.format(each), "bakery.md") for each in ("We sell nothing.", "We sell pies."))
    diff = diff_policies(old, new)
    assert (diff.old.name, diff.new.name) == ("bakery.md (old)", "bakery.md (new)")


def test_the_same_two_versions_give_the_same_changes(reading: Reading) -> None:
    version = next(each for policy, each in ALL if each.name == "two edits at once")
    old, new = reading(version.old, "old.md"), reading(version.new, "new.md")
    assert diff_policies(old, new) == diff_policies(old, new)
    back = diff_policies(new, old)
    assert {(each.kind, each.aspect, each.effect) for each in back} == {
        ("changed", "polarity", "stronger"),
        ("added", "right", "stronger"),
    }


def test_two_policies_of_different_companies_can_be_compared_at_all(reading: Reading) -> None:
    one, other = (
        reading(POLICIES[name].read_text("utf-8"), POLICIES[name].name) for name in ("kayaks", "woerterwald")
    )
    diff = diff_policies(one, other)
    assert len(diff) > 40
    check_places(diff, one, other)
    assert "controller" in {each.aspect for each in diff}
