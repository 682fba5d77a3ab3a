"""Rules of the form "words like these state that": the smallest kind of finder.

A rule is a regular expression for the words, the role and concept that they state, and what must or must not stand
around them. Finders that need more than that have modules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from privagraph.loaders.extraction.passages import Passage, Topic
from privagraph.loaders.extraction.phrases import trim
from privagraph.loaders.extraction.sieves import Sieve
from privagraph.loaders.facts import Mention, Role
from privagraph.ontology.letters import lowered

__all__ = ["Rule", "apply_rules"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that state something.

    Attributes:
        role: What they state.
        pattern: Matched in the sentence; the group ``m``, where there is one, is the mention, else the whole match.
        concept: IRI of the concept, or None.
        needs: Must match somewhere in the sentence or in the line that introduces it, unless one of ``topics`` holds.
        unless: Must not match in the sentence.
        topics: Section topics in which the rule holds without ``needs``; empty means that topics make no difference.
        whole: Whether the mention is the whole sentence.
        confidence: How sure a match is.
        sieve: Keeps the pattern from sentences that it cannot match.
    """

    role: Role
    pattern: re.Pattern[str]
    concept: str | None = None
    needs: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    topics: frozenset[Topic] = field(default=frozenset())
    whole: bool = False
    confidence: float = 0.8
    sieve: Sieve = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Give the pattern its sieve."""
        object.__setattr__(self, "sieve", Sieve(self.pattern))


def apply_rules(rules: Iterable[Rule], passage: Passage) -> Iterator[Mention]:
    """Mentions of all rules that match a passage; of overlapping matches of one role and concept the first."""
    text = passage.text
    taken: set[tuple[Role, str | None, int]] = set()
    small = lowered(text)
    met: dict[int, bool] = {}  # many rules share what they need
    for rule in rules:
        if not rule.sieve.lets_through(small):
            continue
        at_home = not rule.topics.isdisjoint(passage.topics)
        if rule.needs is None:
            if rule.topics and not at_home:
                continue
        elif not at_home:
            needed = id(rule.needs)
            if needed not in met:
                met[needed] = bool(rule.needs.search(text) or rule.needs.search(passage.intro))
            if not met[needed]:
                continue
        for number, match in enumerate(rule.pattern.finditer(text)):
            if number == 0 and rule.unless is not None and rule.unless.search(text):
                break
            group = "m" if "m" in rule.pattern.groupindex and match.group("m") is not None else 0
            start, end = (0, len(text)) if rule.whole else trim(text, match.start(group), match.end(group))
            if start >= end:
                continue
            key = (rule.role, rule.concept, start if not rule.whole else 0)
            if key in taken:
                continue
            taken.add(key)
            yield passage.mention(
                start,
                end,
                rule.role,
                rule.concept,
                confidence=rule.confidence,
            )
            if rule.whole:
                break
