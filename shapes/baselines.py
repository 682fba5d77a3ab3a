"""Baselines: the findings that are known and do not fail a build.

A policy that is older than its checks has findings that nobody can correct today. A baseline holds their
fingerprints, so that a build fails on new ones alone. It is a JSON file that people can read and keep under
version control; see docs/reports.md.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from privagraph._version import __version__
from privagraph.errors import InputError, UnreadableSourceError
from privagraph.shapes.fingerprints import fingerprints, source_of, words_of
from privagraph.shapes.results import Finding, ValidationReport

__all__ = ["Baseline", "BaselineEntry", "write_baseline"]

_FORM = "privagraph baseline 1"
"""What the file says that it is; the number grows when fingerprints are made in another way."""

_AGAIN = "write it again with --write-baseline"


@dataclass(frozen=True, slots=True)
class BaselineEntry:
    """One known finding.

    Attributes:
        fingerprint: Its name, see :mod:`privagraph.shapes.fingerprints`.
        rule: Name of the rule.
        source: Name of the policy's file.
        words: The words that it rests on, squeezed; for people who read the file.
    """

    fingerprint: str
    rule: str
    source: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Findings that are known.

    Attributes:
        location: The file, for messages.
        entries: The known findings, by their fingerprints.
    """

    location: str
    entries: Mapping[str, BaselineEntry]

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Baseline:
        """The baseline that a file holds.

        Raises:
            UnreadableSourceError: The file cannot be opened.
            InputError: It is no baseline, or one of another version; the error says what to do.
        """
        name = os.fspath(path)
        try:
            content = json.loads(Path(path).read_text("utf-8-sig"))
        except OSError as error:
            advice = "check the spelling, or make one with --write-baseline"
            raise UnreadableSourceError(name, f"cannot be read ({error.strerror})", advice) from error
        except (ValueError, RecursionError) as error:
            raise InputError(name, f"is not JSON ({error})", _AGAIN) from error
        form = content.get("baseline") if isinstance(content, dict) else None
        if form != _FORM:
            said = (
                f"says {form!r} of itself" if isinstance(form, str) else "does not say that it is a baseline"
            )
            raise InputError(name, f"{said}, where {_FORM!r} is expected", _AGAIN)
        stated = content.get("findings")
        if not isinstance(stated, list):
            raise InputError(name, "has no list of findings", _AGAIN)
        entries = (_entry(name, number, each) for number, each in enumerate(stated, start=1))
        return cls(name, MappingProxyType({each.fingerprint: each for each in entries}))

    def known(self, report: ValidationReport) -> frozenset[str]:
        """The fingerprints of the report's findings that are known."""
        return frozenset(mark for marks in fingerprints(report) for mark in marks if mark in self.entries)

    def new(self, report: ValidationReport) -> tuple[Finding, ...]:
        """The findings of a report that are not known."""
        return tuple(
            finding
            for result, marks in zip(report.policies, fingerprints(report), strict=True)
            for finding, mark in zip(result.findings, marks, strict=True)
            if mark not in self.entries
        )

    def gone(self, report: ValidationReport) -> tuple[BaselineEntry, ...]:
        """What is known and was looked for, but not found any more.

        An entry on a file or a rule that the report did not check is not gone: nobody looked.
        """
        marks = {mark for marks in fingerprints(report) for mark in marks}
        sources = {source_of(result) for result in report.policies}
        rules = {rule.name for rule in report.rules}
        return tuple(
            entry
            for entry in self.entries.values()
            if entry.fingerprint not in marks and entry.source in sources and entry.rule in rules
        )


def write_baseline(report: ValidationReport, path: str | os.PathLike[str]) -> int:
    """Write a file by which all findings of a report are known.

    The entries are sorted, one a line, so that the differences of two versions can be read.

    Returns:
        How many findings it holds.

    Raises:
        InputError: The file cannot be written.
    """
    entries = sorted(
        (source_of(result), finding.rule.name, words_of(finding), mark)
        for result, marks in zip(report.policies, fingerprints(report), strict=True)
        for finding, mark in zip(result.findings, marks, strict=True)
    )
    lines = [
        json.dumps({"fingerprint": mark, "rule": rule, "source": source, "words": words}, ensure_ascii=False)
        for source, rule, words, mark in entries
    ]
    head = f'{{\n  "baseline": "{_FORM}",\n  "program": "privagraph {__version__}",\n  "findings": ['
    text = head + ",".join(f"\n    {line}" for line in lines) + ("\n  " if lines else "") + "]\n}\n"
    try:
        Path(path).write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        reason = f"cannot be written ({error.strerror})"
        raise InputError(os.fspath(path), reason, "choose another place") from error
    return len(entries)


def _entry(name: str, number: int, stated: object) -> BaselineEntry:
    if isinstance(stated, dict):
        parts = [stated.get(key, "") for key in ("fingerprint", "rule", "source", "words")]
        if all(isinstance(part, str) for part in parts) and all(parts[:3]):
            return BaselineEntry(*parts)
    reason = f"finding {number} lacks its fingerprint, rule or source"
    raise InputError(name, reason, f"correct it, or {_AGAIN}")
