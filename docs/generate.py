"""Write the generated parts of the documentation, or tell which are stale.

    python docs/generate.py            write them
    python docs/generate.py --check    change nothing; exit 1 and name the pages that would change

The pages below ``rules`` are generated as a whole, from the shapes. Three parts of the other pages are generated;
everything else of them is written by hand:

* between ``<!-- help: NAME -->`` and ``<!-- /help -->`` stands the help text of a command;
* between ``<!-- queries -->`` and ``<!-- /queries -->`` stands the table of the named queries;
* a fenced ``console`` or ``python`` block after a line ``<!-- executed -->`` is run, and what it printed is put where
  the page shows results. In ``console`` blocks a command starts with ``$ `` and its further lines with ``> ``; in
  ``python`` blocks it is an interpreter session.

The blocks of one page run in order in one empty folder that holds a copy of ``examples``. A command that ends
with an exit code above 1 (findings are no failure) or a Python error is an error of the page. A notebook is run in such
a folder too, as a whole, and its outputs are written anew.
"""

from __future__ import annotations

import argparse
import code
import contextlib
import difflib
import doctest
import functools
import io
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

__all__ = [
    "PageError",
    "command_names",
    "executed_blocks",
    "main",
    "notebooks",
    "pages",
    "render",
    "render_notebook",
]

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 100
HELP = re.compile(r"(<!-- help: ([\w-]+) -->\n).*?(<!-- /help -->)", re.DOTALL)
QUERIES = re.compile(r"(<!-- queries -->\n).*?(<!-- /queries -->)", re.DOTALL)
EXECUTED = re.compile(r"(<!-- executed -->\n```(console|python)\n)(.*?)(```)", re.DOTALL)
_BEGINNINGS = tuple(
    f"$ privagraph map {source} --output graph{quiet}\n"
    for source in ("examples", "examples/pinata-habits.md")
    for quiet in ("", " --quiet")
)
"""Commands that many pages begin with: each is run once, and the pages get copies of what it leaves."""
RULES_HEAD = """# The rules

A page for each rule that `privagraph validate` checks, made from the shapes: what it asks, why, its source, words that
pass and words that fail. In messages `{?words}` and `{?others}` stand for the words of the policy, `{?note}` for a
remark on them. How validation works, and how to write rules of your own: [Validation](../validation.md).
"""
NEW_PAGE = "# privagraph {name}\n\n<!-- help: {name} -->\n<!-- /help -->\n"


class PageError(Exception):
    """A block of a page does not run; the message names the page, the command and what it printed."""


def pages() -> tuple[Path, ...]:
    """All pages of the documentation that are not generated as a whole, the README first."""
    written = (path for path in (ROOT / "docs").rglob("*.md") if ROOT / "docs" / "rules" not in path.parents)
    return (ROOT / "README.md", *sorted(written))


def command_names() -> list[str]:
    """The names of all commands of the command line."""
    import click

    from privagraph.cli import cli

    return cli.list_commands(click.Context(cli))


def executed_blocks(text: str) -> list[str]:
    """The bodies of the executed blocks of a page."""
    return [match[3] for match in EXECUTED.finditer(text)]


def render(page: Path) -> str:
    """The text of the page with its generated parts written anew.

    Raises:
        PageError: A block does not run.
    """
    text = HELP.sub(
        lambda match: f"{match[1]}```text\n{_help(match[2])}\n```\n{match[3]}", page.read_text("utf-8")
    )
    text = QUERIES.sub(lambda match: f"{match[1]}\n{_queries()}\n{match[2]}", text)
    if not executed_blocks(text):
        return text
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        shutil.copytree(ROOT / "examples", Path(folder, "examples"))
        session = code.InteractiveInterpreter({"__name__": "__main__"})

        untouched = itertools.chain([True], itertools.repeat(False))

        def run(match: re.Match[str]) -> str:
            body, begins = match[3], next(untouched)
            console = match[2] == "console"
            lines = _console(page, body, begins=begins) if console else _python(page, body, session)
            return match[1] + "".join(lines) + match[4]

        return EXECUTED.sub(run, text)


def notebooks() -> tuple[Path, ...]:
    """All notebooks of the documentation."""
    return tuple(sorted((ROOT / "docs").glob("*.ipynb")))


def render_notebook(page: Path) -> str:
    """The text of the notebook with its outputs written anew.

    Raises:
        PageError: A cell does not run.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(page, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder, "examples"))
        resources = {"metadata": {"path": folder}}
        try:
            NotebookClient(notebook, timeout=300, resources=resources, coalesce_streams=True).execute()
        except CellExecutionError as error:
            raise PageError(f"{page.name}: {error}") from error
    for cell in notebook.cells:
        cell.metadata.clear()  # when it ran, which is another time on each run
    notebook.metadata["language_info"] = {"name": "python"}  # the version is another one elsewhere
    return str(nbformat.writes(notebook)) + "\n"


def _help(name: str) -> str:
    import click

    from privagraph.cli import cli

    group = click.Context(cli, info_name="privagraph", **cli.context_settings)
    command = cli.get_command(group, name)
    if command is None:
        raise PageError(f"no command {name!r}; the commands are {', '.join(command_names())}")
    context = click.Context(
        command, parent=group, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH
    )
    return command.get_help(context).rstrip()


def rule_pages() -> dict[Path, str]:
    """The pages of the rules and the one that leads to them, which are generated as a whole, by their places."""
    from privagraph.shapes.rule_pages import profile_page, rule_page, rules_index
    from privagraph.shapes.rules import profiles

    folder = ROOT / "docs" / "rules"
    found = {folder / "README.md": f"{RULES_HEAD}\n{rules_index()}"}
    for profile in profiles():
        found[folder / profile.name / "README.md"] = profile_page(profile)
        for rule in profile.rules:
            name = rule.name.partition(":")[2]
            case = ROOT / "tests" / "shapes" / "cases" / profile.name / name
            found[folder / profile.name / f"{name}.md"] = rule_page(rule, _difference(case))
    return found


def _difference(case: Path) -> str:
    """How the failing example of a rule differs from the passing one; nothing where it has none."""
    if not case.is_dir():
        return ""
    passing, failing = (
        [line for line in (case / name).read_text("utf-8").splitlines() if not line.startswith("# ")]
        for name in ("pass.ttl", "fail.ttl")
    )
    lines = list(difflib.unified_diff(passing, failing, lineterm="", n=2))
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def _queries() -> str:
    from privagraph.queries.catalogue import queries_table

    return queries_table()


def _console(page: Path, body: str, *, begins: bool) -> Iterator[str]:
    for number, command in enumerate(re.findall(r"^\$ .*\n(?:> .*\n)*", body, re.MULTILINE)):
        if begins and number == 0 and command in _BEGINNINGS:
            done, folder = _begun(command)
            shutil.copytree(folder.name, ".", dirs_exist_ok=True)
        else:
            done = _ran(command, Path())
        if done.returncode not in (0, 1, 141):
            raise PageError(f"{page.name}: {command.strip()} ended with {done.returncode}:\n{done.stdout}")
        yield command + _lines(done.stdout)


@functools.cache
def _begun(command: str) -> tuple[subprocess.CompletedProcess[str], tempfile.TemporaryDirectory[str]]:
    """What a command prints and leaves in a folder with the examples; many pages begin with the same one."""
    folder = tempfile.TemporaryDirectory()
    shutil.copytree(ROOT / "examples", Path(folder.name, "examples"))
    return _ran(command, Path(folder.name)), folder


def _ran(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": str(WIDTH),
        "LC_ALL": "C.UTF-8",
    }
    return subprocess.run(
        ["bash", "-c", "set -o pipefail; " + re.sub("^[$>] ", "", command, flags=re.MULTILINE)],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=folder,
    )


def _python(page: Path, body: str, session: code.InteractiveInterpreter) -> Iterator[str]:
    for example in doctest.DocTestParser().get_examples(body):
        out, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            session.runcode(compile(example.source, page.name, "single"))
        if errors.getvalue():
            raise PageError(f"{page.name}: {example.source.strip()} failed:\n{errors.getvalue()}")
        first, *more = example.source.splitlines(keepends=True)
        yield f">>> {first}" + "".join(f"... {line}" for line in more) + _lines(out.getvalue())


def _lines(output: str) -> str:
    """The output as whole lines without trailing blanks, as a page shows it."""
    return "".join(f"{line.rstrip()}\n" for line in output.splitlines())


def _write_rule_pages(*, check: bool) -> Iterator[Path]:
    """Write the pages of the rules, or only tell which are stale; a page without a rule is removed."""
    wanted = rule_pages()
    for page in sorted({*wanted, *(ROOT / "docs" / "rules").rglob("*.md")}):
        text = wanted.get(page)
        if text == (page.read_text("utf-8") if page.exists() else None):
            continue
        yield page.relative_to(ROOT)
        if check:
            continue
        if text is None:
            page.unlink()
        else:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Write or check the pages; returns the exit code."""
    parser = argparse.ArgumentParser(description="Write the generated parts of the documentation.")
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 when a page is stale")
    parser.add_argument("pages", nargs="*", type=Path, help="only these pages")
    options = parser.parse_args(arguments)
    stale = []
    if not options.check and not options.pages:
        for name in command_names():
            page = ROOT / "docs" / "commands" / f"{name}.md"
            if not page.exists():
                page.write_text(NEW_PAGE.format(name=name), encoding="utf-8")
    if not options.pages:
        stale.extend(_write_rule_pages(check=options.check))
    for page in [path.resolve() for path in options.pages] or (*pages(), *notebooks()):
        text = render_notebook(page) if page.suffix == ".ipynb" else render(page)
        if text != page.read_text("utf-8"):
            stale.append(page.relative_to(ROOT))
            if not options.check:
                page.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{'stale' if options.check else 'written'}: {name}")
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
