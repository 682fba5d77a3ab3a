"""Versions of a policy made by edits, and how what was found compares with what a reader would name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from privagraph import KnowledgeGraph
from privagraph.ontology.reading import PolicyView, read_policy
from privagraph.queries.differences import Change

HERE = Path(__file__).parent


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
    with KnowledgeGraph.map(file) as graph:
        (policy,) = graph.store.policies()
        return read_policy(policy, graph.store.unsorted_quads(policy))


def compared(found: Sequence[Change], expect: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[Change]]:
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
    words = " ".join(place.words + " " + place.passage for place in (change.old, change.new) if place is not None)
    return (
        change.kind in _several(entry["kind"])
        and change.aspect in _several(entry["what"])
        and change.effect in _several(entry["people"])
        and change.direction == entry.get("direction", change.direction)
        and entry["words"].casefold() in " ".join(words.casefold().split())
    )


def _several(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]
