"""The last step that every extractor shares: from the mentions that it found to a mapped policy.

How mentions are found differs from one extractor to another. What is made of them does not: doubles go, practices are
tied, and the facts about the policy itself are read by rules, for names, dates and laws have forms that rules know.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from operator import itemgetter

from privagraph.loaders.document import Document
from privagraph.loaders.extraction.dates import policy_dates
from privagraph.loaders.extraction.polarity import DONE
from privagraph.loaders.extraction.practices import tie
from privagraph.loaders.extraction.sentences import Sentence
from privagraph.loaders.facts import MappedPolicy, Mention, Polarity, PolicyFacts, Practice, Role
from privagraph.ontology.lexicon import lexicon

__all__ = ["assemble"]


def assemble(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Iterable[Mention],
    *,
    controller: str | None,
    extractor: str,
    references: Iterable[Mention] = (),
) -> MappedPolicy:
    """A mapped policy from the mentions of a document.

    Args:
        document: The policy as it was read.
        sentences: Its sentences, in order.
        mentions: What was found, in any order; the same place and role may come more than once.
        controller: Name of the organisation whose policy it is, or None when the text does not say.
        extractor: Name and version of the extractor.
        references: Words that refer to data without saying which. Practices are tied to them as to mentions, but the
            policy does not list them.

    Returns:
        The policy: its facts, each mention once, the practices that tie them.
    """
    kept = _unique(_without_doubles(list(mentions)))
    tied = _unique([*kept, *_unmentioned(references, kept)])
    effective, updated = policy_dates(document)
    return MappedPolicy(
        document=document,
        facts=PolicyFacts(controller, effective, updated, _regulations(document)),
        mentions=kept,
        practices=tuple(map(_without_exceptions, tie(document, sentences, tied))),
        extractor=extractor,
    )


def _unmentioned(references: Iterable[Mention], kept: Sequence[Mention]) -> Iterator[Mention]:
    """The references without those whose words are, in part, a mention of data."""
    data = [mention for mention in kept if mention.role is Role.DATA_CATEGORY]
    ends = list(accumulate((mention.end for mention in data), max))
    for reference in references:
        before = bisect_left(data, reference.end, key=lambda mention: mention.start)
        if before == 0 or ends[before - 1] <= reference.start:
            yield reference


def _without_exceptions(practice: Practice) -> Practice:
    """An affirmed practice without the arguments that its own sentence excepts."""
    if practice.polarity is Polarity.DENIED:
        return practice
    kept = tuple(
        argument
        for argument in practice.arguments
        if argument.polarity is Polarity.AFFIRMED or argument.role not in DONE
    )
    return practice if kept == practice.arguments or not kept else replace(practice, arguments=kept)


def _without_doubles(found: list[Mention]) -> list[Mention]:
    """Mentions without recipients that are, by the same words, a source: one signs in with Google, that is all."""
    sources = sorted({(m.start, m.end) for m in found if m.role is Role.SOURCE})
    ends = list(accumulate((end for _, end in sources), max))

    def is_source(mention: Mention) -> bool:
        before = bisect_right(sources, mention.start, key=itemgetter(0))
        return before > 0 and ends[before - 1] >= mention.end

    return [m for m in found if m.role is not Role.RECIPIENT or m.agent is None or not is_source(m)]


def _unique(found: list[Mention]) -> tuple[Mention, ...]:
    """One mention for each place and role, the surest; in the order of the text."""
    best: dict[tuple[int, int, str], Mention] = {}
    for mention in found:
        key = (mention.start, mention.end, mention.role.value)
        if key not in best or mention.confidence > best[key].confidence:
            best[key] = mention
    return tuple(best[key] for key in sorted(best))


def _regulations(document: Document) -> tuple[str, ...]:
    """IRIs of the laws that the document names, sorted."""
    return tuple(
        sorted({match.concept for match in lexicon().find(document.text, 0, len(document.text), {"law"})})
    )
