"""A company that calls itself controller and processor of the same data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.ontology.layout import Layout
from privagraph.ontology.reading import PolicyView, Span
from privagraph.shapes.derivation.contradictions.qualifiers import SCOPED
from privagraph.shapes.derivation.observations import Observation

__all__ = ["controller_and_processor"]

_CLAIM = re.compile(
    r"""
    \b(?P<actor>we|i|(?-i:[A-Z])[\w.&’'-]{0,40}(?:\s+(?-i:[A-Z])[\w.&’'-]{0,40}){0,4})
    \s*(?:,\s*)?(?P<verb>is|are|am|acts?(?:\s+as)?|act\s+only\s+as|serves?\s+as)\s+
    (?:(?:only|solely|also|always|merely|considered|the|a|an|as|joint|sole)\s+){0,4}
    (?:data\s+|personal\s+data\s+)?(?P<role>controllers?|processors?)\b
    (?P<of>\s+(?:of|for|with\s+(?:respect|regard)\s+to|in\s+relation\s+to|regarding)\s+(?P<what>[^.;,]{2,80}))?
    """,
    re.IGNORECASE | re.VERBOSE,
)

_ALL = re.compile(
    r"\W*(?:(?:all|any|your|the|of|that|this|personal|data|information|about|you|we|collect|process|under|policy|privacy"
    r"|notice|described|in|purposes?|law|laws|GDPR|applicable|protection|by|us|relating|to|processing|and)\b\W*)*",
    re.IGNORECASE,
)
"""Words for data that are all of them."""

_IN_A_CASE = re.compile(
    r"\b(?:when|where|if|in\s+(?:this|that|such|these|some|certain|other)|unless|except|on\s+behalf|customers?|schools?|clients?"
    r"|employers?|depending|either|or\s+(?:a\s+)?(?:data\s+)?processor|not)\b",
    re.IGNORECASE,
)
"""Words that bind a role to a case or to a customer."""


def controller_and_processor(policy: PolicyView, layout: Layout) -> Iterator[Observation]:
    """At most one pair of claims to be controller and to be processor of the same data."""
    claims: dict[str, dict[str, tuple[Span, bool]]] = {"controller": {}, "processor": {}}
    for match in _CLAIM.finditer(policy.text):
        place = Span(match.start(), match.end())
        sentence = layout.sentence(place)
        actor = match["actor"].lower()
        if actor not in {"we", "i"} and not _is_controller(policy, match["actor"]):
            continue
        words = policy.text[sentence.start : sentence.end]
        bound = bool(SCOPED.match(words) or _IN_A_CASE.search(words))
        what = " ".join((match["what"] or "").lower().split())
        general = not bound and bool(_ALL.fullmatch(what))
        role = match["role"].lower().rstrip("s")
        claims[role].setdefault("" if general else what or words, (sentence, bound))
    for what, (sentence, bound) in claims["controller"].items():
        other = claims["processor"].get(what)
        if other is not None and other[0] != sentence and not (bound or other[1]):
            yield Observation(
                kind="pg:RoleContradiction", spans=(sentence, other[0]), confidence=0.7 if not what else 0.8
            )
            return


def _is_controller(policy: PolicyView, name: str) -> bool:
    """Whether a name is that of an organisation which the policy calls its controller."""
    return any(
        name.lower() in each.quote.lower() or each.quote.lower() in name.lower()
        for each in policy.mentions_of("controller")
    )
