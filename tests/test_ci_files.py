"""What continuous integration elsewhere uses of this repository: the GitHub action and the pre-commit hook.

Their scripts are run here as GitHub and pre-commit would run them, with this environment in place of their own.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
SCRIPT = ROOT / ".ci" / "check-policies"
Parsed = dict[str, Any]  # whatever YAML holds

FAILING = """# Privacy policy of Juniper Maps

Juniper Maps Ltd runs this app. We collect your email address and your location to show you routes.
We keep your location on our servers, and we use your email address to send you news about the app.
"""

CLEAN = """# Privacy policy of Juniper Tea

Last updated: 1 March 2026

## Who we are

Juniper Tea Ltd, 4 Quay Lane, Cork, Ireland is the controller of your personal data. You can reach us at
privacy@juniper-tea.example. Our data protection officer can be reached at dpo@juniper-tea.example.

## What we use, why, and on which basis

We collect your name, your postal address and your email address from you when you order.
We use your name and your postal address to deliver your order. The legal basis is the performance of a contract
(Art. 6(1)(b) GDPR). You must provide your name and your postal address to conclude the contract; without them we cannot
deliver your order.

## Who receives data

We disclose your postal address to our courier, Wren Parcels Ltd, in Ireland.

## How long we keep data

We keep your name and your postal address for ten years after your order.

## Your rights

Ask us, and we show you all that we keep about you (right of access), put right what is wrong (right to
rectification), delete it (right to erasure), stop using it for a while (right to restriction of processing) or hand it
over in a file (right to data portability). You have a right to object to processing.
If we do not put things right, lodge a complaint with a supervisory authority: here the Data Protection Commission.
"""


def action() -> Parsed:
    found: Parsed = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    return found


def hooks() -> list[Parsed]:
    found: list[Parsed] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return found


def steps() -> list[Parsed]:
    found: list[Parsed] = action()["runs"]["steps"]
    return found


def documented(sign: str) -> Parsed:
    """The example of docs/ci.md that holds some words, read as YAML."""
    blocks = re.findall(r"^```yaml\n(.*?)^```$", (ROOT / "docs" / "ci.md").read_text("utf-8"), re.M | re.S)
    (block,) = [each for each in blocks if sign in each]
    found: Parsed = yaml.safe_load(block)
    return found


# -- the action, as it is written


def test_the_action_is_a_composite_one_and_its_scripts_exist() -> None:
    assert action()["runs"]["using"] == "composite"
    scripts = [path for step in steps() for path in re.findall(r"GITHUB_ACTION_PATH/([\w./-]+)", step["run"])]
    assert scripts == [SCRIPT.relative_to(ROOT).as_posix()]
    assert all((ROOT / path).is_file() for path in scripts)
    assert all(step["shell"] == "bash" for step in steps())


def test_no_input_becomes_text_of_a_script() -> None:
    """A file could be named ``$(command)``: expressions belong into the environment alone."""
    assert [step["name"] for step in steps() if "${{" in step["run"]] == []


@pytest.mark.parametrize("name", action()["inputs"])
def test_every_input_reaches_a_script(name: str) -> None:
    assert action()["inputs"][name]["description"]
    using = [
        (variable, step)
        for step in steps()
        for variable, value in step["env"].items()
        if value == f"${{{{ inputs.{name} }}}}"
    ]
    assert len(using) == 1
    variable, step = using[0]
    script = SCRIPT.read_text("utf-8") if SCRIPT.name in step["run"] else step["run"]
    assert re.search(rf"\${{?{variable}\b", script)


def test_the_environment_has_inputs_alone() -> None:
    values = [value for step in steps() for value in step["env"].values()]
    values += [output["value"] for output in action()["outputs"].values()]
    named = {match[1] for value in values if (match := re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", value))}
    assert named == set(action()["inputs"])
    assert len(values) == len(named) + len(action()["outputs"])


def test_the_workflow_of_the_documentation_uses_inputs_that_exist() -> None:
    workflow = documented("upload-sarif")
    (step,) = [each for each in workflow["jobs"]["check"]["steps"] if "privagraph@" in each.get("uses", "")]
    assert set(step["with"]) <= set(action()["inputs"])
    assert {name for name, said in action()["inputs"].items() if said.get("required")} <= set(step["with"])
    table = (ROOT / "docs" / "ci.md").read_text("utf-8")
    assert [name for name in action()["inputs"] if f"| `{name}` |" not in table] == []


# -- the action, run


def check(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the script of the action in a folder, with the program of this environment in the place of its own."""
    temporary = folder / "runner"
    programs = temporary / "privagraph" / "bin"
    programs.mkdir(parents=True, exist_ok=True)
    if not (programs / "privagraph").exists():
        (programs / "privagraph").symlink_to(PROGRAMS / "privagraph")
    defaults = {
        variable: action()["inputs"][match[1]].get("default", "")
        for variable, value in steps()[-1]["env"].items()
        if (match := re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", value))
    }
    assert set(inputs) <= set(defaults)
    summary = {"RUNNER_TEMP": str(temporary), "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    return subprocess.run(
        ["bash", str(SCRIPT)],
        cwd=folder,
        env={**os.environ, **defaults, **inputs, **summary},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=240,
    )


def places(folder: Path) -> set[str]:
    """The files that the report for code scanning points at."""
    report = json.loads((folder / "privagraph.sarif").read_text("utf-8"))
    return {
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for each in report["runs"][0]["results"]
    }


def test_a_clean_policy_passes(tmp_path: Path) -> None:
    (tmp_path / "our privacy policy.md").write_text(CLEAN, "utf-8")
    done = check(tmp_path, POLICIES="our privacy policy.md", PROFILES="structure gdpr", SUMMARY="false")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\n0 errors, " in done.stdout
    assert places(tmp_path) <= {"our%20privacy%20policy.md"}
    assert not (tmp_path / "summary.md").exists()


def test_a_policy_with_errors_fails_after_the_reports_are_written(tmp_path: Path) -> None:
    (tmp_path / "legal").mkdir()
    (tmp_path / "legal" / "privacy.md").write_text(FAILING, "utf-8")
    done = check(tmp_path, POLICIES="\n  legal/*.md\n\n", PROFILES="gdpr\nclarity")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "gdpr:right-access" in done.stdout
    assert places(tmp_path) == {"legal/privacy.md"}
    assert "gdpr:right-access" in (tmp_path / "summary.md").read_text("utf-8")


def test_what_is_known_does_not_fail_and_what_cannot_be_read_does(tmp_path: Path) -> None:
    (tmp_path / "privacy.md").write_text(FAILING, "utf-8")
    written = subprocess.run(
        [PROGRAMS / "privagraph", "validate", "privacy.md", "-p", "gdpr", "--write-baseline", "known.json"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert written.returncode == 0
    known = check(tmp_path, POLICIES="privacy.md", PROFILES="gdpr", BASELINE="known.json", SUMMARY="false")
    assert known.returncode == 0, known.stdout + known.stderr
    assert " known from known.json, 0 new" in known.stdout

    (tmp_path / "list.md").write_text("# Shopping\n\nMilk and bread.\n", "utf-8")
    mixed = check(
        tmp_path, POLICIES="privacy.md\nlist.md", PROFILES="gdpr", BASELINE="known.json", SUMMARY="false"
    )
    assert mixed.returncode == 2, mixed.stdout + mixed.stderr
    assert "list.md" in mixed.stdout + mixed.stderr
    assert places(tmp_path) == {"privacy.md"}


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"POLICIES": " \n"}, "no policies are named"),
        ({"POLICIES": "nowhere.md"}, "nowhere.md: no such file"),
        ({"POLICIES": "--version"}, "--version: no such file"),
        ({"POLICIES": "$(touch made)"}, "$(touch made)"),
    ],
)
def test_what_cannot_be_used_is_told(tmp_path: Path, inputs: dict[str, str], said: str) -> None:
    done = check(tmp_path, **inputs)
    assert done.returncode == 2
    assert said in done.stdout + done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"runner"}


# -- the hook


def test_the_hooks_run_commands_that_exist() -> None:
    from privagraph.cli import cli

    programs = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert [hook["id"] for hook in hooks()] == ["privagraph-validate"]
    for hook in hooks():
        program, command, *_ = shlex.split(hook["entry"])
        assert program in programs
        assert command in cli.list_commands(click.Context(cli))
        assert hook["language"] == "python"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("legal/privacy.md", True),
        ("site/Privacy-Policy.HTML", True),
        ("data_protection_notice.docx", True),
        ("docs/data protection.pdf", True),
        ("README.md", False),
        ("privacy/README.md", False),
        ("src/privacy.py", False),
    ],
)
def test_the_hook_looks_at_policies(name: str, wanted: bool) -> None:
    assert bool(re.search(hooks()[0]["files"], name)) is wanted


def test_the_configuration_of_the_documentation_fits_the_hook() -> None:
    from privagraph.cli.validate_command import command

    (repository,) = documented("repos:")["repos"]
    (hook,) = repository["hooks"]
    assert hook["id"] in {each["id"] for each in hooks()}
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in hook["args"] if word.startswith("-")} <= options
    assert re.search(hook["files"], "legal/privacy.md")


@pytest.mark.parametrize(("words", "code"), [(CLEAN, 0), (FAILING, 1)], ids=["clean", "failing"])
def test_the_hook_checks_a_policy(tmp_path: Path, words: str, code: int) -> None:
    """As pre-commit does: the entry, the arguments, the changed files, in the root of the repository."""
    (tmp_path / "legal").mkdir()
    (tmp_path / "legal" / "privacy.md").write_text(words, "utf-8")
    command = [*shlex.split(hooks()[0]["entry"]), "--profile", "gdpr", "legal/privacy.md"]
    done = subprocess.run(
        [PROGRAMS / command[0], *command[1:]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert ("gdpr:right-access  " in done.stdout.partition("\n\nprivacy.md")[0]) is bool(code)
