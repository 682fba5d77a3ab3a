"""Rules that hold for every file of the project."""

from __future__ import annotations

import ast
import functools
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("privagraph", "ontology", "loaders", "queries", "shapes")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
BROAD = {"Exception", "BaseException"}
MAY_CATCH_ALL = {
    "privagraph/cli/__init__.py",  # where a bug becomes an exit code
    "loaders/pipeline.py",  # where a fault in one policy must not stop the others, and is reported
    "privagraph/web/worker_process.py",  # where a fault in one request must not end the process; it becomes a page
    "privagraph/web/upload_process.py",  # where it becomes what the page says of the upload
    "privagraph/corpus/objects.py",  # where packages behind fsspec raise errors with nothing in common
    "privagraph/corpus/worker.py",  # where a fault outside of any policy reaches the run, which raises it
}
MADE = {"__pycache__", "vendored"}
"""Folders that are made anew; setup.py puts what is in the latter into the wheel."""
NO_DATA = {".py", ".pyc", ".md"}
"""The endings of files that are code, or are read by people in the repository alone."""
CHECKING_CALLS = re.compile(r"^(assert_|check_|expect_|expect$|fail$|raises$|warns$)")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def has_code(path: Path) -> bool:
    """Whether the module is there to be imported from: no entry point, no package of data."""
    return path.name != "__main__.py" and len(tree_of(path).body) > 1


def exported(path: Path) -> list[str] | None:
    """The names in ``__all__``, or None where the module has none."""
    for node in tree_of(path).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            value = getattr(node, "value", None)
            if isinstance(value, ast.List | ast.Tuple):
                return [ast.literal_eval(item) for item in value.elts]
    return None


def documented(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, bool]]:
    """Public definitions of a body, methods included, each with whether it has a docstring."""
    for node in body:
        if not isinstance(node, DEFINITIONS) or node.name.startswith("_"):
            continue
        overload = any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list)
        yield prefix + node.name, overload or ast.get_docstring(node) is not None
        if isinstance(node, ast.ClassDef):
            yield from documented(node.body, f"{prefix}{node.name}.")


def assertions(function: ast.AST, helpers: frozenset[str] = frozenset()) -> list[ast.AST]:
    """What in a test can fail on purpose: asserts, and calls of what is named, or known, to check."""
    found: list[ast.AST] = []
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            found.append(node)
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if CHECKING_CALLS.match(called) or called in helpers:
                found.append(node)
    return found


@functools.cache
def checking_helpers(path: Path) -> frozenset[str]:
    """The functions of a test module, tests apart, that assert something themselves."""
    functions = [node for node in tree_of(path).body if isinstance(node, ast.FunctionDef)]
    return frozenset(
        node.name for node in functions if not node.name.startswith("test_") and assertions(node)
    )


def cases_in(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        node
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]


def build_settings() -> dict[str, Any]:
    """What pyproject.toml tells the build about packages."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    assert isinstance(settings, dict)
    return settings


def folder_of(package: str) -> Path:
    """Where a package is in the tree: the longest of its beginnings that package-dir names, and what follows."""
    places: dict[str, str] = build_settings()["package-dir"]
    parts = package.split(".")
    for length in range(len(parts), 0, -1):
        if place := places.get(".".join(parts[:length])):
            return ROOT.joinpath(place, *parts[length:])
    raise AssertionError(f"{package} has no place in package-dir")


def data_files() -> list[Path]:
    """The files below the packages that are no code, which an installed package reads all the same."""
    return sorted(
        path
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in NO_DATA and not MADE & set(path.parts)
    )


def packed_files() -> set[Path]:
    """The files that the patterns of package-data take into the wheel."""
    settings = build_settings()
    data = settings["package-data"]
    return {
        path
        for package in settings["packages"]
        for pattern in (*data["*"], *data.get(package, ()))
        for path in folder_of(package).glob(pattern)
    }


def test_every_package_is_in_the_wheel() -> None:
    """One that is not listed works in an editable install, and is missing in every other."""
    there = {path.parent for package in PACKAGES for path in (ROOT / package).rglob("__init__.py")}
    listed = [folder_of(package) for package in build_settings()["packages"]]
    assert sorted(listed) == sorted(there)


def test_every_module_is_in_a_package() -> None:
    assert [name_of(path) for path in MODULES if not (path.parent / "__init__.py").is_file()] == []


def test_every_data_file_is_in_the_wheel() -> None:
    missing = [name_of(path) for path in sorted({*data_files()} - packed_files())]
    assert missing == [], "add a pattern to package-data in pyproject.toml"


def test_a_file_of_another_kind_would_not_be_in_the_wheel(tmp_path: Path) -> None:
    packed = packed_files()
    assert len(data_files()) >= 80
    assert ROOT / "privagraph" / "py.typed" in packed
    assert ROOT / "shapes" / "parallel.py" not in packed
    assert tmp_path / "new.ttl" not in packed


def test_the_walk_finds_the_project() -> None:
    assert len(MODULES) >= 40
    assert len(TESTS) >= 25
    assert sum(len(cases_in(path)) for path in TESTS) >= 200


def test_modules_say_what_they_are_for() -> None:
    said = {name_of(path): ast.get_docstring(tree_of(path)) or "" for path in MODULES}
    short = {name: docstring for name, docstring in said.items() if len(docstring.split()) < 4}
    assert short == {}, "no module docstring, or one that says nothing"


def test_modules_name_their_public_names() -> None:
    names = {name_of(path): exported(path) for path in MODULES if has_code(path)}
    assert [name for name, listed in names.items() if listed is None] == [], "no __all__ as a list of strings"
    twice = [name for name, listed in names.items() if listed and len(listed) != len(set(listed))]
    assert twice == [], "a name twice in __all__"


def test_public_names_are_documented() -> None:
    bare = [
        f"{name_of(path)}: {name}"
        for path in MODULES
        for name, has_docstring in documented(tree_of(path).body)
        if not has_docstring
    ]
    assert bare == []


def test_modules_stay_small() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    large = {name: length for name, length in lengths.items() if length > 600}
    assert large == {}, "a second topic belongs into a second file"


def test_every_test_asserts_something() -> None:
    empty = [
        f"{name_of(path)}: {test.name}"
        for path in TESTS
        for test in cases_in(path)
        if not assertions(test, checking_helpers(path))
    ]
    assert empty == []


def test_the_assertion_check_sees_an_empty_test() -> None:
    empty, full = ast.parse("def test_a():\n    print(1)\n\ndef test_b():\n    assert 1").body
    assert isinstance(empty, ast.FunctionDef)
    assert isinstance(full, ast.FunctionDef)
    assert assertions(empty) == []
    assert len(assertions(full)) == 1


def test_no_test_hides_another() -> None:
    hidden = [
        f"{name_of(path)}: {name}"
        for path in TESTS
        for name, number in Counter(
            node.name for node in tree_of(path).body if isinstance(node, ast.FunctionDef)
        ).items()
        if number > 1
    ]
    assert hidden == []


def test_no_fault_is_swallowed() -> None:
    swallowed = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        if name_of(path) not in MAY_CATCH_ALL
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in BROAD)
        and ast.unparse(node.body[-1]) != "raise"
    ]
    assert swallowed == []
