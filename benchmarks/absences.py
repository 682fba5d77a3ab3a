"""How often nothing is there where the program finds nothing, for the rules of the profile gdpr.

python benchmarks/absences.py [--corpus FOLDER] [--write] [--show]

The corpus is GDPR-Transparency-200 (Cory et al., arXiv 2503.10727), one JSON file a policy, which is not part of this
project. Of its policies those are taken that the tagger has not learnt from: the tenths 0 and 1, dealt out by their
names. Each is mapped and validated. Where a rule finds that an item is not stated, it is right if people marked no
words for that item anywhere in the policy, gaps in their quotations or not.

``--write`` writes the counts to ``shapes/absences.tsv``, which reports read; ``--show`` prints where program and people
differ, to be read by somebody. Without the corpus it says so and does nothing.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any  # passages are JSON of the corpus

from privagraph import KnowledgeGraph
from privagraph.loaders.training.corpus import fold_of
from privagraph.shapes.results import ItemStatus, PolicyResult

ROOT = Path(__file__).resolve().parent.parent
COUNTS = ROOT / "shapes" / "absences.tsv"
CORPUS = Path(os.environ.get("PRIVAGRAPH_SHARED", ROOT.parent / "shared")) / "corpora" / "gdpr200-dev"
NOT_LEARNT = (0, 1)

ITEMS = {
    "controller-identity": "Controller Name",
    "controller-contact": "Controller Contact",
    "dpo-contact": "DPO Contact",
    "purposes": "Processing Purpose",
    "legal-basis": "Legal Basis for Processing",
    "legitimate-interests": "Legitimate Interests for Processing",
    "recipients": "Data Recipients",
    "third-country-transfer": "Third-country Transfers",
    "retention-period": "Data Retention Period",
    "right-access": "Right to Access",
    "right-rectification": "Right to Rectification",
    "right-erasure": "Right to Erasure",
    "right-restriction": "Right to Restrict",
    "right-objection": "Right to Object",
    "right-portability": "Right to Portability",
    "right-withdraw-consent": "Right to Withdraw Consent",
    "right-complaint-authority": "Right to Lodge Complaint",
    "mandatory-provision": "Mandatory Data Disclosure",
    "automated-decision-making": "Automated Decision-Making",
}
"""The rules that ask for what the corpus annotates, and the name that the corpus gives it."""

HEADER = """\
# How often nothing is there where the program finds nothing, for the rules of the profile gdpr.
#
# right: of the policies in which the rule finds that the item is not stated, those in which people marked none either
# of: all policies in which the rule finds that
# stated_right, stated_of: the same where the program says that the item is stated, and people marked it too
#
# Measured with {extractor} on {policies} policies of GDPR-Transparency-200 (Cory et al., arXiv 2503.10727, GPL-3.0)
# that the tagger has not learnt from (tenths 0 and 1 by the hash of their names). These are counts; no text of the
# corpus is here. Made by benchmarks/absences.py; docs/figures.md says what they mean.
"""


@dataclass
class Row:
    """The counts of one rule, and the policies in which program and people differ."""

    counts: Counter[tuple[bool, bool]] = field(default_factory=Counter)  # the program's view, the people's
    differing: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, policy: str, *, stated: bool, marked: bool) -> None:
        """Counts one policy."""
        self.counts[stated, marked] += 1
        if stated is not marked:
            self.differing.append((policy, stated))

    def cells(self) -> tuple[int, int, int, int]:
        """Right and of, for what is not stated and for what is."""
        absent, stated = self.counts[False, False], self.counts[True, True]
        return absent, absent + self.counts[False, True], stated, stated + self.counts[True, False]


def page_of(passages: list[dict[str, Any]]) -> str:
    """A policy of the corpus as an HTML page: headings at their depth, lists, cells."""
    lines: list[str] = []
    for kind, group in groupby(passages, key=lambda passage: str(passage["type"])):
        inside = [_element(kind, passage) for passage in group]
        lines += ["<ul>", *inside, "</ul>"] if kind == "list_item" else inside
    head = "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Privacy Policy</title></head>"
    return "\n".join((head, "<body><main>", *lines, "</main></body></html>\n"))


def _element(kind: str, passage: dict[str, Any]) -> str:
    text = html.escape(passage["passage"])
    if kind == "headline":
        depth = min(6, 1 + sum(part["type"].startswith("h") for part in passage["context"]))
        return f"<h{depth}>{text}</h{depth}>"
    if kind.startswith("table"):
        cell = "th" if kind == "table_header" else "td"
        return f"<table><tr><{cell}>{text}</{cell}></tr></table>"
    return f"<li>{text}</li>" if kind == "list_item" else f"<p>{text}</p>"


def marked_in(passages: list[dict[str, Any]]) -> dict[str, list[str]]:
    """What people marked in a policy: quotations by item."""
    found: dict[str, list[str]] = {}
    for passage in passages:
        for annotation in passage["annotations"]:
            found.setdefault(annotation["requirement"], []).append(annotation["value"])
    return found


def stated_in(result: PolicyResult) -> Iterator[tuple[str, bool]]:
    """The rules that apply to a policy, and whether it states what they ask for."""
    for item in result.items:
        name = item.rule.name.partition(":")[2]
        if name in ITEMS and item.status is not ItemStatus.NOT_APPLICABLE:
            yield name, item.status is ItemStatus.MET


def measured(corpus: Path) -> tuple[Mapping[str, Row], Mapping[str, dict[str, list[str]]]]:
    """The rows by rule, and what people marked by policy."""
    policies = {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in sorted(corpus.glob("*.json"))
        if fold_of(path.stem) in NOT_LEARNT
    }
    marked = {name: marked_in(passages) for name, passages in policies.items()}
    rows = {rule: Row() for rule in ITEMS}
    with tempfile.TemporaryDirectory() as folder:
        for name, passages in policies.items():
            Path(folder, f"{name}.html").write_text(page_of(passages), encoding="utf-8")
        with KnowledgeGraph.map(folder) as graph:
            for result in graph.validate(["gdpr"]).policies:
                name = Path(result.sources[0]).stem
                for rule, stated in stated_in(result):
                    rows[rule].add(name, stated=stated, marked=ITEMS[rule] in marked[name])
    return rows, marked


def main() -> None:
    """Measure, print the table, and write or show what was asked for."""
    parser = argparse.ArgumentParser(description="Count how often an absence that the program finds holds.")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--write", action="store_true", help="write the counts to shapes/absences.tsv")
    parser.add_argument("--show", action="store_true", help="print where program and people differ")
    chosen = parser.parse_args()
    if not any(chosen.corpus.glob("*.json")):
        print(f"the corpus is not at hand: no JSON file in {chosen.corpus}; name its folder with --corpus")
        return
    rows, marked = measured(chosen.corpus)
    table: list[tuple[str, ...]] = [("rule", "right", "of", "stated_right", "stated_of")]
    table += [(f"gdpr:{rule}", *map(str, row.cells())) for rule, row in rows.items()]
    text = "".join("\t".join(line) + "\n" for line in table)
    print(text, end="")
    if chosen.show:
        for rule, row in rows.items():
            for name, stated in row.differing:
                words = "; ".join(marked[name].get(ITEMS[rule], ()))
                print(
                    f"\n{rule}, {name}: "
                    + ("stated, and not marked" if stated else f"not stated, but: {words}")
                )
    if chosen.write:
        head = HEADER.format(extractor="hybrid/1 tagger/2", policies=len(marked))
        COUNTS.write_text(head + text, encoding="utf-8")
        print(f"written: {COUNTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
