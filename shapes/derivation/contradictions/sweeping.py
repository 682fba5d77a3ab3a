"""Sweeping promises that are read from the text alone, since no single verb and object says them.

"Your data never leave your phone", "no third party has access to your data", "the only data that we collect is your
score": a graph has no practice for these, yet they are the promises that policies break most plainly.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from privagraph.ontology.layout import Layout
from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import PolicyView, PracticeView, Span

__all__ = ["Sweeping", "sweeping"]

_DATA = (
    r"(?:(?:personal(?:ly)?|private|user|users['’]|identifiable|your|such|any|all|of|the)\s+){0,5}"
    r"(?:data|information|details)"
)

_ANCHOR = re.compile(
    r"""
    (?=n)
    (?:
        \b(?:not|never)\s+(?:being\s+)?(?:collected|gathered|recorded)\b
      | (?:not|n['’]t|never)\s+(?:collect|gather|record)\s+anything\b
      | \bno\s+(?:other|third)\b
      | \b(?:not|never)\s+(?:\w+\s+)?(?:accessible|available|visible|disclosed)\s+to\b
      | (?:not|n['’]t|never)\s+(?:currently\s+)?(?:use|work\s+with|employ|engage|rely\s+on|include|contain
        |integrate)\s+(?:any\s+)?
        (?:the\s+services\s+of\s+)?(?:any\s+)?third\b
    )
  | \b
    (?:
        (?:collects?|gathers?|records?)\s+nothing\b
      | leaves?\s+(?:your|the)\b
      | (?:only|solely|exclusively)\s+(?:locally\s+)?on\s+(?:your|the)\b
      | the\s+only\s+(?:\w+\s+)?(?:data|information)\b
      | (?:have|has|get|receive|gain)\s+no\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A few words of each promise, to find the sentences that are worth reading; grouped by how they begin, since each
letter of a policy is looked at."""

_PROMISES = {
    "dpv:Collect": re.compile(
        rf"""
        \b(?:your|the|all|any|no|this)\s+{_DATA}(?:\s+(?:that|which)?\s*(?:i|we|you)\s+\w+)?\s+[^.;]{{0,80}}?
          \b(?:is|are|was|will\s+be|being)\s+(?:not|never)\s+(?:being\s+)?(?:collected|gathered|recorded)\b
      | (?:not|n['’]t|never)\s+(?:collect|gather|record)\s+anything\b(?!\s+(?:else|other|more|beyond|apart|that|which))
      | \b(?:collects?|gathers?|records?)\s+nothing\b(?!\s+(?:else|other|more|beyond|apart|but|except))
      | \b{_DATA}\s+(?:never|do(?:es)?\s+not|will\s+(?:never|not))\s+leaves?\s+(?:your|the|the\s+user['’]s)\s+
          (?:own\s+)?(?:devices?|phones?|computers?|browsers?|tablets?)
      | \bno\s+{_DATA}\s+(?:ever\s+)?leaves?\s+(?:your|the)\s+(?:devices?|phones?|computers?|browsers?)
      | \b{_DATA}\s+(?:is|are|stays?|remains?)\s+(?:stored\s+|kept\s+)?(?:only|solely
        |exclusively)\s+(?:locally\s+)?on\s+
          (?:your|the)\s+(?:own\s+)?(?:devices?|phones?|computers?)
      | \bthe\s+only\s+(?:personal\s+|user\s+)?(?:data|information)\s+(?:that\s+|which\s+)?(?:we|i|the\s+app
        |this\s+app)\s+
          (?:ever\s+)?(?:collects?|gathers?|stores?|keeps?)\s+(?:is|are)\b
        """,
        re.IGNORECASE | re.VERBOSE,
    ),
    "dpv:Share": re.compile(
        rf"""
        \b(?:third\s+part(?:y|ies)|nobody\s+else|no\s+one\s+else|others)\s+(?:will\s+)?(?:have|has|get|receive|gain)\s+no\s+
          (?:access|{_DATA})
      | \bno\s+(?:other\s+|third\s+)(?:part(?:y|ies)|compan\w+|persons?|people)\s+(?:will\s+)?(?:ever\s+)?
          (?:have|has|get|gets|receive|receives|gain|gains|see|sees|access|obtains?)\b[^.;]{{0,40}}?\b(?:data|information|details|it)\b
      | \b{_DATA}\s+(?:is|are)\s+(?:not|never)\s+(?:\w+\s+)?(?:accessible|available|visible|disclosed)\s+to\s+
          (?:any\s+)?(?:third\s+part(?:y|ies)|anyone\s+else|others|outsiders)
      | \b(?:we|i|the\s+app|this\s+app(?:lication)?)\s+(?:do(?:es)?\s+not|don['’]t|doesn['’]t|never)\s+(?:currently\s+)?
          (?:use|work\s+with|employ|engage|rely\s+on|include|contain|integrate)\s+(?:any\s+|the\s+services\s+of\s+)*third[\s-]
          part(?:y|ies)(?:\s+(?:service\s+)?(?:services?|compan\w+|providers?|sdks?|librar\w+|analytics|tools?|software))?
          (?=\s*(?:[.,;!]|$|\band\b|\bor\b|\bat\s+all\b|\bwhatsoever\b|\bin\s+(?:our|this|the)\b))
        """,
        re.IGNORECASE | re.VERBOSE,
    ),
}

_ONLY = re.compile(r"\bthe\s+only\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sweeping:
    """A promise read from a sentence.

    Attributes:
        practice: The promise as a denial; it has no IRI, for the graph has none.
        leaves: Concepts of the data that it leaves out ("the only data is your score").
    """

    practice: PracticeView
    leaves: frozenset[str]


def sweeping(policy: PolicyView, layout: Layout) -> Iterator[Sweeping]:
    """The sweeping promises of a policy, where the graph has no denial for them."""
    known = {(each.processing, each.evidence) for each in policy.practices if each.denied}
    data = policy.mentions_of("data_category")
    read: Span | None = None
    for anchor in _ANCHOR.finditer(policy.text):
        sentence = layout.sentence(Span(anchor.start(), anchor.end()))
        if sentence == read:
            continue
        read = sentence
        quote = policy.text[sentence.start : sentence.end]
        for curie, pattern in _PROMISES.items():
            processing = expand(curie)
            match = None if (processing, sentence) in known else pattern.search(quote)
            if match is None:
                continue
            known.add((processing, sentence))
            leaves: frozenset[str] = frozenset()
            if _ONLY.search(match.group()):
                first = bisect_left(data, sentence.start + match.end(), key=lambda each: each.span.start)
                last = bisect_left(data, sentence.end, key=lambda each: each.span.start)
                leaves = frozenset(each.concept or "" for each in data[first:last])
            practice = PracticeView(
                iri="",
                processing=processing,
                denied=True,
                modality="asserted",
                condition="",
                condition_span=None,
                evidence=sentence,
                quote=quote,
                confidence=0.7,
                controller=None,
                arguments=(),
            )
            yield Sweeping(practice, leaves)
