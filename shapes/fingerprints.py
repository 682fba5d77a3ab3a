"""A name for each finding that stays the same while the policy around it is edited.

A baseline and a code-scanning page have to tell a finding that they know from a new one, although lines were
added above it and the policy has another hash since. So a fingerprint is made of what the finding is about and of
nothing that moves: the rule, the file, and the words that it rests on, without their case, blanks and
punctuation. It changes when these words are changed, which is when somebody should look again.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter

import pyoxigraph as ox

from privagraph.shapes.results import Finding, PolicyResult, ValidationReport

__all__ = ["fingerprints", "source_of", "words_of"]

_WORD = re.compile(r"[^\W_]+")
_LENGTH = 32
"""Hexadecimal digits of a fingerprint: 128 bits."""


def fingerprints(report: ValidationReport) -> tuple[tuple[str, ...], ...]:
    """The fingerprints of all findings of a report.

    Two findings of one rule in one file that rest on the same words are told apart by their order. Where a rule
    asks for an item, the item is what is missing, whatever words show that it is due.

    Returns:
        For each policy of the report, in its order, the fingerprint of each finding, in its order.
    """
    seen: Counter[str] = Counter()
    found = []
    for result in report.policies:
        marks = []
        for finding in result.findings:
            stated = json.dumps([finding.rule.name, source_of(result), words_of(finding)], ensure_ascii=False)
            marks.append(_digest(f"{stated}#{seen[stated]}"))
            seen[stated] += 1
        found.append(tuple(marks))
    return tuple(found)


def source_of(result: PolicyResult) -> str:
    """The file that a policy is known by: the first of its names; else its label, else its IRI."""
    return min(result.sources) if result.sources else result.label or result.policy


def words_of(finding: Finding) -> str:
    """What a finding is about: the words that it rests on, squeezed; else the kind of its node; else nothing."""
    if finding.rule.is_item:
        return ""
    if finding.evidence:
        return " | ".join(_squeezed(each.quote) for each in finding.evidence)
    return _kind(finding)


def _squeezed(quote: str) -> str:
    """The words alone, so that a comma or a line break more changes nothing."""
    folded = unicodedata.normalize("NFKC", quote).casefold()
    return " ".join(_WORD.findall(folded)) or " ".join(folded.split())


def _kind(finding: Finding) -> str:
    """The kind of the node, such as ``mention``, for the rest of its IRI holds offsets; other nodes in full."""
    node = finding.focus if finding.value is None else finding.value
    if isinstance(node, ox.NamedNode):
        local = node.value.removeprefix(finding.policy)
        return node.value if local == node.value else local.strip("/").partition("/")[0]
    return node.value if isinstance(node, ox.Literal) else ""


def _digest(stated: str) -> str:
    return hashlib.sha256(stated.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
