"""The bill of materials of a wheel; `.ci/try-wheel` checks that of the wheel itself against the schema."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCK = json.loads((ROOT / "privagraph" / "browser" / "package-lock.json").read_text("utf-8"))
METADATA = """Name: privagraph
Version: 9.8.7
Summary: A summary.
License-Expression: Apache-2.0
Requires-Dist: click>=8.1
Requires-Dist: polars>=1.20; extra == "parquet"
Requires-Dist: polars>=1.20; extra == "test"
Requires-Dist: ruff>=0.8; extra == "lint"
Requires-Dist: odd.Name

"""


@pytest.fixture(scope="module")
def bill() -> ModuleType:
    pytest.importorskip("cyclonedx", reason="cyclonedx-python-lib is not installed: pip install -e '.[lint]'")
    spec = importlib.util.spec_from_file_location("bill_of_materials", ROOT / "bill_of_materials.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """What a wheel holds, as far as the bill tells of it."""
    files = {
        "privagraph/browser/vendored/cytoscape.min.js": "draw()",
        "privagraph/browser/vendored/yasqe.min.js": "edit()",
        "privagraph/browser/vendored/Roboto_400Regular.ttf": "letters",
        "privagraph/ontology/dpv.ttl": "# Terms of the Data Privacy Vocabulary (DPV) 2.3: IRIs",
        "privagraph/loaders/tagging/model/model.json": '{"name": "tagger/7"}',
        "privagraph/loaders/tagging/model/tagger.onnx": "weights",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def components(text: str) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in json.loads(text)["components"]}


def test_it_tells_what_the_wheel_carries_and_needs(bill: ModuleType, wheel: Path) -> None:
    found = components(bill.written(wheel, METADATA, LOCK))
    locked = LOCK["packages"]["node_modules/cytoscape"]["version"]
    assert found["cytoscape"]["purl"] == f"pkg:npm/cytoscape@{locked}"
    (drawn,) = found["cytoscape"]["components"]
    assert drawn["name"] == "privagraph/browser/vendored/cytoscape.min.js"
    assert drawn["hashes"][0]["content"] == hashlib.sha256(b"draw()").hexdigest()
    assert "codemirror" in found, "what is bundled is told too"
    assert "axe-core" not in found, "what only tests load is not in the wheel"
    assert (found["Data Privacy Vocabulary"]["version"], found["privagraph tagger"]["version"]) == (
        "2.3",
        "7",
    )
    assert found["privagraph tagger"]["pedigree"]["ancestors"][0]["name"] == "all-MiniLM-L6-v2"
    assert [found[name]["scope"] for name in ("click", "odd.Name", "polars")] == [
        "required",
        "required",
        "optional",
    ]
    told = {each["name"]: each["value"] for each in found["polars"]["properties"]}
    assert told == {"privagraph:versions": ">=1.20", "privagraph:extras": "parquet"}
    assert "ruff" not in found


def test_the_same_wheel_has_the_same_bill(bill: ModuleType, wheel: Path) -> None:
    first = bill.written(wheel, METADATA, LOCK)
    assert bill.written(wheel, METADATA, LOCK) == first
    (wheel / "privagraph/loaders/tagging/model/tagger.onnx").write_text("other weights", "utf-8")
    assert (
        json.loads(bill.written(wheel, METADATA, LOCK))["serialNumber"] != json.loads(first)["serialNumber"]
    )


def test_a_wheel_without_its_javascript_has_no_bill(bill: ModuleType, wheel: Path) -> None:
    (wheel / "privagraph/browser/vendored/yasqe.min.js").unlink()
    with pytest.raises(FileNotFoundError, match="yasqe"):
        bill.written(wheel, METADATA, LOCK)
