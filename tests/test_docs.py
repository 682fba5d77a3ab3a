"""The documentation: links lead somewhere, results shown are real, nothing public is left out."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import re
import shutil
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from privagraph import errors

ROOT = Path(__file__).resolve().parent.parent
TRACKED_MD = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md"))
    if path.is_file()
)
NEEDS = {"java": r"privagraph reason", "dot": r"\bdot -T"}
"""Programs that pages run, and how to see that a page does."""
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATE = load_generator()


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(path: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", path.read_text("utf-8")), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in plain}


def leaf_errors() -> list[type[errors.PrivagraphError]]:
    """The errors that are raised, rather than only caught: those without a more special one."""
    found = [item for item in vars(errors).values() if inspect.isclass(item) and issubclass(item, Exception)]
    return [item for item in found if not item.__subclasses__()]


# -- pages and links


def test_the_pages_of_the_rules_are_as_the_shapes_say() -> None:
    pages = GENERATE.rule_pages()
    there = set((ROOT / "docs" / "rules").rglob("*.md"))
    assert there == set(pages)
    stale = [name_of(path) for path, text in pages.items() if path.read_text("utf-8") != text]
    assert stale == [], "run docs/generate.py"
    assert len(pages) >= 85


def test_the_pages_are_there() -> None:
    names = {name_of(path) for path in TRACKED_MD}
    assert {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/README.md", "docs/graph-model.md"} <= names
    assert len(TRACKED_MD) >= 15


@pytest.mark.parametrize("page", TRACKED_MD, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for pair in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        target, _, anchor = (pair[0] or pair[1]).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = (page.parent / target).resolve() if target else page
        if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors(path)):
            broken.append(pair[0] or pair[1])
    assert broken == []


def test_the_index_leads_to_every_page() -> None:
    index = ROOT / "docs" / "README.md"
    reached, waiting = {index}, [index]
    while waiting:
        page = waiting.pop()
        targets = re.findall(r"\]\(([^)#:\s]+\.md)", page.read_text("utf-8"))
        new = {(page.parent / target).resolve() for target in targets} - reached
        new = {path for path in new if path.is_relative_to(ROOT / "docs") and path.exists()}
        reached |= new
        waiting += new
    assert sorted(name_of(path) for path in {*(ROOT / "docs").rglob("*.md")} - reached) == []


# -- what is shown is real


@pytest.mark.parametrize("page", GENERATE.pages(), ids=name_of)
def test_generated_parts_are_fresh(page: Path) -> None:
    """Help texts and results are what the program prints; ``make docs`` writes them anew."""
    blocks = "".join(GENERATE.executed_blocks(page.read_text("utf-8")))
    for program, sign in NEEDS.items():
        if re.search(sign, blocks) and shutil.which(program) is None:
            pytest.skip(f"{name_of(page)} runs {program}, which is not installed")
    assert GENERATE.render(page) == page.read_text("utf-8")


def test_enough_is_executed() -> None:
    counts = {
        name_of(page): len(GENERATE.executed_blocks(page.read_text("utf-8"))) for page in GENERATE.pages()
    }
    assert counts["README.md"] >= 3
    assert sum(counts.values()) >= 10


@pytest.mark.parametrize("page", GENERATE.notebooks(), ids=name_of)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of Jupyter's own
def test_notebooks_run_and_show_what_they_give(page: Path) -> None:
    pytest.importorskip("nbclient", reason="nbclient is not installed: pip install -e '.[test]'")
    assert GENERATE.render_notebook(page) == page.read_text("utf-8")


def test_there_is_a_notebook() -> None:
    assert [page.name for page in GENERATE.notebooks()] == ["tour.ipynb"]


def test_a_page_with_a_wrong_result_is_stale(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- executed -->\n```console\n$ echo 2\n3\n```\n<!-- executed -->\n```python\n>>> 1 + 1\n3\n```\n"
    )
    assert GENERATE.render(page) == page.read_text().replace("3\n", "2\n")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("```console\n$ exit 7\n```\n", "ended with 7"),
        ("```console\n$ no-such-program | cat\n```\n", "no-such-program"),
        ("```python\n>>> 1 / 0\n```\n", "ZeroDivisionError"),
    ],
)
def test_a_block_that_fails_is_an_error(tmp_path: Path, body: str, said: str) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- executed -->\n" + body)
    with pytest.raises(GENERATE.PageError, match=said):
        GENERATE.render(page)


# -- nothing public is left out


@pytest.mark.parametrize("name", GENERATE.command_names())
def test_every_command_has_a_page_with_an_example(name: str) -> None:
    text = (ROOT / "docs" / "commands" / f"{name}.md").read_text("utf-8")
    assert f"<!-- help: {name} -->" in text
    assert any(f"privagraph {name}" in block for block in GENERATE.executed_blocks(text))


def test_every_page_of_a_command_has_its_command() -> None:
    assert {path.stem for path in (ROOT / "docs" / "commands").glob("*.md")} == set(GENERATE.command_names())
    assert len(GENERATE.command_names()) >= 4


def test_every_profile_is_described() -> None:
    from privagraph.shapes.rules import profiles

    text = (ROOT / "docs" / "validation.md").read_text("utf-8")
    names = {each.name for each in profiles()}
    assert (
        set(re.findall(r"^\[All rules of the profile\]\(rules/(\w+)/README\.md\)$", text, re.MULTILINE))
        == names
    )
    assert set(re.findall(r"^\| \[`(\w+)`\]\(#\w+\) \|", text, re.MULTILINE)) == names


def test_the_statement_that_is_shown_is_one() -> None:
    from privagraph.shapes.derivation.statements import read_kinds

    text = (ROOT / "docs" / "validation.md").read_text("utf-8")
    (block,) = re.findall(r"^ +```yaml\n(.*?)^ +```$", text, re.MULTILINE | re.DOTALL)
    (kind,) = read_kinds(block, name="validation.md")
    said = "in california, use the do not sell my data link."
    assert kind.matches(said, said)
    assert not kind.matches(said, "elsewhere")


def test_what_a_rule_has_is_described() -> None:
    """A rule is read from its shape; whoever writes one finds all properties that are read."""
    text = (ROOT / "docs" / "validation.md").read_text("utf-8")
    read = set(re.findall(r'"((?:rdfs|sh|dct|pg):\w+)"', (ROOT / "shapes" / "rules.py").read_text("utf-8")))
    named = set(re.findall(r"`((?:rdfs|sh|dct|pg):\w+)[` ]", text))
    assert len(read) >= 12
    assert sorted(read - named) == []


def test_every_error_is_described() -> None:
    text = (ROOT / "docs" / "errors.md").read_text("utf-8")
    described = set(re.findall(r"^### `(\w+)`$", text, re.MULTILINE))
    assert described == set(errors.__all__)


def test_every_error_is_raised_in_a_test() -> None:
    raised: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("raises"):
                raised |= {
                    item.id
                    for argument in node.args
                    for item in ast.walk(argument)
                    if isinstance(item, ast.Name)
                }
    assert sorted({error.__name__ for error in leaf_errors()} - raised) == []


def test_the_tree_in_the_docstring_is_the_tree_of_errors() -> None:
    assert errors.__doc__ is not None
    drawn = set(re.findall(r"(\w+Error)\b", errors.__doc__.partition("A message says")[0]))
    assert drawn - {"LookupError"} == set(errors.__all__)


def test_targets_that_the_documentation_names_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        target
        for page in TRACKED_MD
        for target in re.findall(r"(?:^|`|\$ )make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)
    }
    assert {"demo", "test", "check"} <= named
    assert named - targets == set()


# -- versions


def test_the_changelog_starts_with_the_version_of_the_package() -> None:
    from privagraph import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    top = re.search(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert top is not None
    assert top[1] == __version__ == project["version"]


def test_every_version_in_the_changelog_tells_of_the_vocabulary() -> None:
    _, *versions = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)
    assert len(versions) >= 1
    assert [version.splitlines()[0] for version in versions if "### Vocabulary" not in version] == []
