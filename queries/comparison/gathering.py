"""A comparison of policies that stand in graphs, with what contradicts itself in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from privagraph.errors import GraphError
from privagraph.ontology.reading import Span, read_policy
from privagraph.queries.answers import answer_to
from privagraph.queries.choice import policy_named
from privagraph.queries.comparison.comparing import FEWEST, MOST, compare_policies
from privagraph.queries.comparison.matrix import Comparison, State, Words
from privagraph.queries.comparison.sayings import Saying
from privagraph.queries.store import GraphStore
from privagraph.queries.summaries import policy_summaries
from privagraph.queries.versions import current_of, links_of

__all__ = ["compare", "compare_named", "finding", "policies_to_compare"]


def compare(
    members: Sequence[tuple[GraphStore, str]], *, findings: Mapping[str, Iterable[Saying]] | None = None
) -> Comparison:
    """Lay policies of graphs side by side.

    Args:
        members: The policies by their IRIs, each with the graph that holds it.
        findings: What a validation found in each, by its IRI; see :func:`finding`.

    Raises:
        GraphError: There are fewer than two policies, or more than twenty, or one of them twice.
    """
    iris = [policy for _, policy in members]
    if not FEWEST <= len(members) <= MOST or len(set(iris)) < len(iris):
        twice = len(set(iris)) < len(iris)
        raise GraphError(
            "the comparison",
            "one policy is named twice, or two files hold the same text"
            if twice
            else f"{len(members)} policies",
            f"name {FEWEST} to {MOST} different policies to compare",
        )
    views = [read_policy(policy, store.unsorted_quads(policy)) for store, policy in members]
    more = {
        policy: [*_contradictions(store, policy), *(findings or {}).get(policy, ())]
        for store, policy in members
    }
    return compare_policies(views, more=more)


def compare_named(store: GraphStore, names: Sequence[str]) -> Comparison:
    """Lay policies of one graph side by side.

    Args:
        store: The graph.
        names: The policies, by any of their names; all current ones where none is named.

    Raises:
        GraphError: The graph holds no such policy, or these are too few or too many.
    """
    return compare([(store, each) for each in policies_to_compare(store, names)])


def policies_to_compare(store: GraphStore, names: Sequence[str]) -> tuple[str, ...]:
    """IRIs of the policies that go by some names; where none is named, of all current ones, sorted by their files.

    Args:
        store: The graph.
        names: IRIs, titles or names of files.

    Raises:
        GraphError: The graph holds no such policy.
    """
    if names:
        return tuple(policy_named(store, name) for name in names)
    return current_of(links_of(store), [each.iri for each in policy_summaries(store)])


def finding(
    rule: str, label: str, severity: str, message: str, quotes: Sequence[tuple[str, int, int]]
) -> Saying:
    """What a validation found, as something to compare policies by.

    Args:
        rule: The name of the rule, such as ``gdpr:right-access``.
        label: What the rule asks for, in a few words.
        severity: How grave the finding is.
        message: What is wrong.
        quotes: The words that it rests on, each with its offsets.
    """
    words, span = message, None
    if quotes:
        words, span = quotes[0][0], Span(quotes[0][1], quotes[0][2])
    said = Words(words, message, span, State.YES, "", rule)
    return Saying("Findings", rule, label, said, severity)


def _contradictions(store: GraphStore, policy: str) -> Iterator[Saying]:
    """Statements of a policy that contradict each other; not those that only seem to."""
    for row in answer_to(store, "contradictions", policy=policy):
        if row["verdict"] == "contradiction":
            label = str(row["kind"])
            start, words = int(str(row["start"])), str(row["words"])
            pair = f"{words}\n{row['other_words']}"
            said = Words(words, pair, Span(start, start + len(words)), State.YES, "", policy)
            yield Saying("Contradictions", label, label, said)
