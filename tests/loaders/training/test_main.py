"""The command that trains, up to where training begins."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from privagraph.loaders.training.__main__ import main
from privagraph.loaders.training.corpus import fold_of
from privagraph.loaders.training.recipe import Recipe


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Twenty policies of a sentence."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(20):
        passage = {"type": "text", "context": [], "passage": "We keep names.", "annotations": []}
        (folder / f"policy{number}.json").write_text(json.dumps([passage]), encoding="utf-8")
    return folder


def test_help_needs_no_extra(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "folder of GDPR-Transparency-200" in capsys.readouterr().out


def test_a_folder_without_policies_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path), "--output", str(tmp_path / "out")])
    assert ended.value.code == 2
    assert "no policies here; give the folder that holds the corpus's JSON files" in capsys.readouterr().err


def test_without_the_extra_the_command_says_what_to_install(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Those that are needed only at the end, for the model's file and its calibration, are looked for at once too.
    for name in ("torch", "onnxscript", "sklearn"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(SystemExit) as ended:
        main([str(corpus), "--output", str(tmp_path / "out")])
    assert ended.value.code == 2
    said = " ".join(capsys.readouterr().err.split())
    needed = said.partition("training needs ")[2].partition(", which are not installed; ")[0].split(", ")
    assert {"torch", "onnxscript", "sklearn"} <= set(needed)
    assert said.endswith("pip install 'privagraph[training]'")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "recipe"),
    [((), Recipe()), (("--epochs", "3", "--seed", "8"), Recipe(epochs=3, seed=8))],
)
def test_what_is_kept_out_is_never_learnt_from(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], recipe: Recipe
) -> None:
    asked: list[dict[str, Any]] = []
    stub = ModuleType("privagraph.loaders.training.model")
    stub.make_model = lambda learnt, tuning, folder, **how: asked.append(  # type: ignore[attr-defined]  # a stub
        {"learnt": learnt, "tuning": tuning, "folder": folder, **how}
    )
    monkeypatch.setitem(sys.modules, stub.__name__, stub)
    monkeypatch.setattr("privagraph.loaders.training.__main__._NEEDED", ())
    assert main([str(corpus), "--output", str(tmp_path / "out"), *options]) == 0
    (made,) = asked
    names = {each.name for each in made["learnt"]}
    assert names > {f"policy{number}" for number in range(20) if fold_of(f"policy{number}") > 1}
    assert {fold_of(name) for name in names} == set(range(2, 10))
    assert {fold_of(each.name) for each in made["tuning"]} == {1}
    assert (made["folder"], made["recipe"]) == (tmp_path / "out", recipe)
