"""``privagraph report``: what it takes, what it writes and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from privagraph.cli import cli
from privagraph.mapping import map_policies
from privagraph.report import write_report

TEXTS = {
    "kestrel.md": """# Privacy policy of Kestrel Kites Ltd

Kestrel Kites Ltd runs this shop. We collect your email address when you order. We do not sell your personal data.
""",
    "plover.md": """# Privacy policy of Plover Post Ltd

Plover Post Ltd runs this app. We collect your precise location and share it with Google Analytics.
""",
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("policies")
    for name, text in TEXTS.items():
        (made / name).write_text(text, "utf-8")
    map_policies([made / name for name in TEXTS], made / "graph.trig")
    return made / "graph.trig"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["report", *map(str, arguments)])


def test_a_page_is_written_to_a_file(graph: Path, tmp_path: Path) -> None:
    result = run(graph, "--no-findings", "--title", "Suppliers <1>", "-o", tmp_path / "report.html")
    assert result.exit_code == 0
    assert result.stderr.strip() == f"report: {tmp_path / 'report.html'}, 2 policies"
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "<title>Suppliers &lt;1&gt;</title>" in page
    assert "Kestrel Kites Ltd" in page


def test_markdown_by_the_name_of_the_file_or_when_asked_for(graph: Path, tmp_path: Path) -> None:
    assert run(graph, "--no-findings", "-o", tmp_path / "report.md").exit_code == 0
    asked = run(graph, "--no-findings", "--format", "markdown")
    assert asked.stdout == (tmp_path / "report.md").read_text("utf-8")
    assert asked.stdout.startswith("# 2 privacy policies\n")


def test_the_graph_can_be_named_as_other_commands_take_it(graph: Path) -> None:
    named = run("--graph", graph, "--no-findings", "--format", "markdown")
    assert named.stdout == run(graph, "--no-findings", "--format", "markdown").stdout
    for wrong in (run("--no-findings"), run(graph, "--graph", graph)):
        assert wrong.exit_code == 2
        assert "name one graph" in wrong.stderr


def test_policies_go_by_name_and_profiles_are_checked(graph: Path) -> None:
    result = run(
        graph, "--policy", "plover.md", "--profile", "ccpa", "--date", "2026-06-01", "-f", "markdown"
    )
    assert result.exit_code == 0
    assert "# Privacy policy of Plover Post Ltd" in result.stdout
    assert "Kestrel" not in result.stdout
    assert "(ccpa) for 2026-06-01." in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--policy", "wren.md"], "holds no policy 'wren.md'"),
        (["--profile", "gpdr"], "gdpr"),
        (["--profile", "gdpr", "--no-findings"], "give one of them"),
        (["--format", "pdf"], "pdf"),
    ],
)
def test_what_cannot_be_done_is_said(graph: Path, arguments: list[str], said: str) -> None:
    result = run(graph, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_the_same_from_python(graph: Path, tmp_path: Path) -> None:
    report = write_report(graph, tmp_path / "one.html", policies=["kestrel.md"], profiles=[])
    assert [each.file for each in report.policies] == ["kestrel.md"]
    assert "<h1>Privacy policy of Kestrel Kites Ltd</h1>" in (tmp_path / "one.html").read_text("utf-8")
    with pytest.raises(ValueError, match="no format 'pdf'"):
        write_report(graph, tmp_path / "one.pdf", format_="pdf", profiles=[])  # type: ignore[arg-type]  # on purpose
