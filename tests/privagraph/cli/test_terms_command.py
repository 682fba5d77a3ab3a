"""The command ``terms``."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from privagraph.ontology.vocabulary import Branch


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "privagraph", "terms", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_term_with_all_that_is_known_of_it() -> None:
    done = run("pg:Sell")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "pg:Sell",
        "  label       Sell",
        "  IRI         https://w3id.org/privagraph/ns#Sell",
        "  kind        class",
        "  definition  To hand personal data to someone for money or something else of value.",
        "  example     “We do not sell your personal data.”",
        "  broader     dpv:Processing > dpv:Disclose > pg:Sell",
    ]


@pytest.mark.parametrize(
    "name", ["dpv:PersonalisedAdvertising", "https://w3id.org/dpv#PersonalisedAdvertising"]
)
def test_every_path_and_what_is_below(name: str) -> None:
    lines = run(name).stdout.splitlines()
    assert lines[0] == "dpv:PersonalisedAdvertising"
    assert "  broader   dpv:Purpose > dpv:Personalisation > dpv:PersonalisedAdvertising" in lines
    assert "            dpv:Purpose > dpv:Marketing > dpv:Advertising > dpv:PersonalisedAdvertising" in lines
    assert lines[-1] == "  narrower  dpv:TargetedAdvertising  Targeted Advertising"


def test_words_of_a_label_give_a_list() -> None:
    lines = run("ADVERTIS", "--limit", "3").stdout.splitlines()
    assert len(lines) == 3
    assert lines[0].split()[:2] == ["dpv:Advertising", "Advertising"]


def test_one_exact_label_is_shown_whole() -> None:
    assert run("email   address").stdout.startswith("pd:EmailAddress\n")


def test_json_for_programs() -> None:
    (found,) = json.loads(run("tech:Cookie", "--format", "json").stdout)
    assert found["iri"] == "https://w3id.org/dpv/tech#Cookie"
    assert found["definition"] is None
    assert "tech:LocalStorage" in found["broader"]
    assert "pg:AdvertisingCookie" in found["narrower"]
    assert all(path.endswith(" > tech:Cookie") for path in found["paths"])


def test_without_a_text_the_tops_of_the_hierarchies() -> None:
    lines = run().stdout.splitlines()
    assert [line.split()[0] for line in lines] == [str(branch) for branch in Branch]


def test_an_unknown_term_is_bad_input_with_the_nearest_named() -> None:
    done = run(":".join(("dpv", "Colect")))
    assert (done.returncode, done.stdout) == (2, "")
    assert "dpv:Collect" in done.stderr


def test_words_that_policies_use_for_a_term() -> None:
    done = run("zip  code")
    assert done.stdout.startswith("pd:PostalCode\n")
    assert "policies say so" in done.stderr


def test_words_that_nobody_uses() -> None:
    done = run("colect")
    assert (done.returncode, done.stdout) == (2, "")
    assert "dpv:Collect" in done.stderr


def test_an_unknown_term_near_none_is_told_where_to_begin() -> None:
    done = run("qqqqqqqq")
    assert (done.returncode, done.stdout) == (2, "")
    assert "`privagraph terms` shows where to begin" in done.stderr
