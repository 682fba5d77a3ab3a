"""Look what people who install privagraph get for known vulnerabilities, with pip-audit.

Audited is what the package needs at run time, with the extras that are installed, in the versions of this
environment; what only develops the project is not. It ends with 1 where a vulnerability is known that nobody waived,
and with 2 where pip-audit fails. Where the advisories cannot be had, because there is no network or the index has none,
that is said plainly, and is no failure: a build without a network is none.

A vulnerability that nothing can be done about yet is waived in ``.ci/waived.toml``, with a reason and a last day:

    [[waived]]
    id = "GHSA-xxxx-xxxx-xxxx"
    package = "example"
    reason = "only in a server that privagraph does not start"
    until = 2027-03-31
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

PROJECT = "privagraph"
FOR_DEVELOPERS = {"lint", "test"}
WAIVED = Path(__file__).with_name("waived.toml")
UNREACHABLE = re.compile(
    r"ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Could not connect|ServiceError|JSONDecodeError"
)
"""What pip-audit says where its service does not answer, or not as one."""


def canonical(name: str) -> str:
    """A name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed(project: str, extras: Iterable[str]) -> dict[str, str]:
    """What a distribution needs, and what that needs, with the versions that are installed."""
    found: dict[str, str] = {}
    waiting = [(project, frozenset(extras))]
    seen = set(waiting)
    while waiting:
        name, wanted = waiting.pop()
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # an extra that was not asked for
        if name != project:
            found[canonical(name)] = distribution.version
        for text in distribution.requires or ():
            needed = Requirement(text)
            if needed.marker is None or any(
                needed.marker.evaluate({"extra": each}) for each in (wanted or {""})
            ):
                following = (canonical(needed.name), frozenset(needed.extras))
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
    return dict(sorted(found.items()))


def judged(
    report: Mapping[str, Any], waived: Sequence[Mapping[str, Any]], today: date
) -> tuple[list[str], int]:
    """What a report of pip-audit comes to: lines to read, and the exit code."""
    lines, bad = [], 0
    used: set[str] = set()
    audited = [each for each in report["dependencies"] if "skip_reason" not in each]
    left_out = [each["name"] for each in report["dependencies"] if "skip_reason" in each]
    for each in audited:
        for found in each["vulns"]:
            names = {found["id"], *found.get("aliases", ())}
            known = f"{each['name']} {each['version']}: {found['id']}"
            fixed = ", ".join(found["fix_versions"]) or "no version yet"
            fitting = [
                one for one in waived if one["id"] in names and canonical(one["package"]) == each["name"]
            ]
            used |= {one["id"] for one in fitting}
            if any(one["until"] >= today for one in fitting):
                lines.append(f"waived until {fitting[0]['until']}: {known} ({fitting[0]['reason']})")
                continue
            bad += 1
            late = f"; it was waived until {fitting[0]['until']}" if fitting else ""
            lines.append(f"vulnerable: {known}, fixed in {fixed}{late}")
    lines += [
        f"no longer needed in waived.toml: {one['id']}" for one in waived if one["id"] not in used and audited
    ]
    if not audited:
        lines.append(f"NOT AUDITED: the service has no advisories for any of {len(left_out)} packages")
    elif left_out:
        lines.append(f"not audited, since the service does not have them: {', '.join(left_out)}")
    if audited:
        lines.append(f"audited {len(audited)} packages: {bad} known vulnerabilities that are not waived")
    return lines, int(bad > 0)


def audit(pins: Mapping[str, str], options: Sequence[str]) -> tuple[dict[str, Any] | None, str]:
    """Have pip-audit look at versions: its report, or None and why there is none."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, answer = Path(folder) / "pins.txt", Path(folder) / "report.json"
        wanted.write_text("".join(f"{name}=={version}\n" for name, version in pins.items()), "utf-8")
        asked = ["--requirement", str(wanted), "--no-deps", "--disable-pip", "--format=json"]
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pip_audit",
                *asked,
                "--progress-spinner=off",
                f"--output={answer}",
                *options,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.is_file() and (text := answer.read_text("utf-8")).strip():
            report: dict[str, Any] = json.loads(text)
            return report, ""
    return None, done.stderr.strip() or "it says nothing"


def main(arguments: Sequence[str] | None = None) -> int:
    """Audit this environment."""
    parser = argparse.ArgumentParser(description="options that are not listed go to pip-audit")
    parser.add_argument("--waived", type=Path, default=WAIVED, help="the file with what is waived")
    known, options = parser.parse_known_args(arguments)
    waived = tomllib.loads(known.waived.read_text("utf-8")).get("waived", [])
    extras = set(importlib.metadata.metadata(PROJECT).get_all("Provides-Extra") or ()) - FOR_DEVELOPERS
    report, why = audit(installed(PROJECT, extras), options)
    if report is None:
        *_, last = why.splitlines()
        if UNREACHABLE.search(why):
            print(f"NOT AUDITED: the advisories cannot be reached ({last})")
            return 0
        print(f"pip-audit fails: {last}")
        return 2
    lines, code = judged(report, waived, date.today())
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
