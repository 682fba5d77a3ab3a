"""Documents get names that stay apart, and stand alone where there is one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from privagraph.ontology.jsonld import Json
from privagraph.queries.export import FORMATS
from privagraph.queries.export.documents import write_documents
from privagraph.queries.export.output import Output


def write(policies: list[str], path: Path, *, folder: bool) -> list[Path]:
    output = Output(FORMATS["tilt"], path, folder=folder)
    documents: list[tuple[str, Json]] = [(policy, {"of": policy}) for policy in policies]
    write_documents(documents, output, several=lambda made: {"all": made})
    return output.files


def test_one_document_stands_alone_and_several_stand_together(tmp_path: Path) -> None:
    (one,) = write(["a"], tmp_path / "one", folder=False)
    assert json.loads(one.read_bytes()) == {"of": "a"}
    (several,) = write(["a", "b"], tmp_path / "several", folder=False)
    assert json.loads(several.read_bytes()) == {"all": [{"of": "a"}, {"of": "b"}]}
    (none,) = write([], tmp_path / "none", folder=False)
    assert json.loads(none.read_bytes()) == {"all": []}


@pytest.mark.parametrize(
    ("policy", "name"),
    [
        ("https://example.org/policy/0123", "0123.tilt.json"),
        ("https://example.org/policy/../..", "__.tilt.json"),
        ("urn:a:b c", "urn_a_b_c.tilt.json"),
        ("https://example.org/", "example_org.tilt.json"),
    ],
)
def test_a_file_is_named_by_its_policy_and_stays_in_the_folder(
    policy: str, name: str, tmp_path: Path
) -> None:
    (made,) = write([policy], tmp_path / "made", folder=True)
    assert made == tmp_path / "made" / name


def test_policies_whose_names_end_alike_stay_apart(tmp_path: Path) -> None:
    made = write(["x:/1/a", "y:/2/a", "z:/3/a-2", "z:/4/a"], tmp_path / "made", folder=True)
    assert len({*made}) == 4
    assert [json.loads(path.read_bytes())["of"] for path in made] == [
        "x:/1/a",
        "y:/2/a",
        "z:/3/a-2",
        "z:/4/a",
    ]
