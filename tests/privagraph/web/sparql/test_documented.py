"""What the page on the endpoint shows is run as it stands there, against a real server."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "endpoint.md").read_text("utf-8")
SHOWN = "http://127.0.0.1:8000"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_commands(server: str) -> None:
    """All in one shell, as a reader would type them."""
    script = "".join(blocks("bash")).replace("curl -s", "curl -s --fail").replace(SHOWN, server)
    assert script.count("curl") >= 9
    done = subprocess.run(["bash", "-euc", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "Wörterwald privacy notice" in done.stdout
    assert "<boolean>true</boolean>" in done.stdout
    assert "denials\n" in done.stdout.replace("\r", "")
    assert "sd:Service" in done.stdout
    assert "void:Dataset" in done.stdout
    assert f"# {SHOWN}" not in done.stdout


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "Location "), (1, "https://w3id.org/privagraph/id/policy/"), (2, "quote")]
)
def test_the_programs(server: str, number: int, expected: str) -> None:
    for name in ("SPARQLWrapper", "pandas"):
        pytest.importorskip(name)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # in rdflib's own code
        exec(compile(blocks("python")[number].replace(SHOWN, server), "endpoint.md", "exec"), {})
    assert expected in printed.getvalue()


def test_nothing_is_left_out() -> None:
    assert len(blocks("python")) == 3
    assert PAGE.count("\n```") == 2 * (len(blocks("python")) + len(blocks("bash")))
