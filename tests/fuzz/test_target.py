"""What fuzzing begins with, and what it once found, goes through; a target that finds nothing would not be noticed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from privagraph.errors import InputError
from privagraph.loaders.facts import MappedPolicy

CRASHES = sorted((Path(__file__).parent / "crashes").glob("*.bin"))


@pytest.mark.parametrize("path", CRASHES, ids=lambda path: path.stem)
def test_what_once_was_wrong_is_right(path: Path, invariants: ModuleType, inputs: ModuleType) -> None:
    name, content = inputs.input_of(path.read_bytes())
    assert isinstance(invariants.map_whole(content, name), MappedPolicy | InputError)


def test_the_seeds_of_every_kind_go_through(invariants: ModuleType, inputs: ModuleType) -> None:
    kinds = set()
    practices = 0
    for kind, data in inputs.seeds():
        name, make = inputs.KINDS[kind]
        found = invariants.map_whole(make(data), name)
        assert isinstance(found, MappedPolicy), (kind, found)
        kinds.add(kind)
        practices += len(found.practices)
    assert kinds == set(inputs.KINDS)
    assert practices >= 60


def test_seeds_choose_their_kinds(inputs: ModuleType, tmp_path: Path) -> None:
    assert (
        inputs.write_seeds(tmp_path)
        == len(list(tmp_path.iterdir()))
        == len(list(inputs.seeds())) + len(CRASHES)
    )
    for path, (kind, data) in zip(sorted(tmp_path.iterdir()), inputs.seeds(), strict=False):
        name, make = inputs.KINDS[kind]
        assert inputs.input_of(path.read_bytes()) == (name, make(data))


def test_a_broken_promise_is_noticed(invariants: ModuleType) -> None:
    policy = invariants.map_whole(b"We share your name and your photos with partners.", "a.txt")
    assert isinstance(policy, MappedPolicy)
    assert len(policy.mentions) >= 2
    quads = invariants.graph_of(policy)
    torn = replace(policy.mentions[0], end=policy.mentions[0].end + 1)
    with pytest.raises(AssertionError):
        invariants.check_quotes("x" + policy.document.text, quads)
    with pytest.raises(AssertionError):
        invariants.check_policy(replace(policy, mentions=(torn, *policy.mentions[1:])))
    with pytest.raises(AssertionError):
        invariants.check_policy(replace(policy, mentions=policy.mentions[::-1]))
