"""What a policy says of one of its own nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from privagraph.ontology.evidence import shortened
from privagraph.ontology.namespaces import compact, expand
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView, Span, read_policy
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.explaining.naming import broader, defined, few, local, named
from privagraph.queries.explaining.values import Explanation, Fact, Words
from privagraph.queries.store import GraphStore
from privagraph.queries.values import value_of
from privagraph.queries.versions import links_of

__all__ = ["PolicyNode"]

_AROUND = 90
"""How many characters before and after words are shown at most."""
_MODALITIES = {
    ("asserted", False): "it is so",
    ("possible", False): "it may be so",
    ("required", False): "it must be so",
    ("asserted", True): "it is not so",
    ("possible", True): "it may not be so",
    ("required", True): "it must not be so",
}
"""What a modality says of a practice, and of one that is denied."""
_KINDS = (
    ("pg:Observation", "observation"),
    ("pg:RetentionPeriod", "retention period"),
    ("pg:ReviewDecision", "decision"),
    ("pg:SourceFile", "source file"),
    ("oa:SpecificResource", "span"),
    ("prov:Activity", "mapping"),
)
_SHOWN_ELSEWHERE = frozenset(
    (
        "rdf:type",
        "rdfs:label",
        "pg:confidence",
        "pg:evidence",
        "pg:otherEvidence",
        "pg:mention",
        "oa:hasTarget",
    )
)


class PolicyNode:
    """A node that one policy alone speaks of.

    Args:
        store: The graph.
        policy: IRI of the policy.
        iri: The node.
    """

    def __init__(self, store: GraphStore, policy: str, iri: str) -> None:
        self._store, self._iri = store, iri
        self._quads = list(store.unsorted_quads(policy))
        self._view: PolicyView = read_policy(policy, self._quads)
        self._said: dict[tuple[str, str], list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]] = {}
        for subject, predicate, value, _ in self._quads:
            self._said.setdefault((getattr(subject, "value", ""), predicate.value), []).append(value)

    def explained(self) -> Explanation:
        """What is known of it."""
        view = self._view
        for practice in view.practices:
            if practice.iri == self._iri:
                return self._practice(practice)
        known = {
            each.iri: each for each in (*view.mentions, *(m for p in view.practices for m in p.arguments))
        }
        if self._iri in known:
            return self._mention(known[self._iri])
        if self._iri == view.iri:
            return self._whole()
        return self._other(known)

    def _practice(self, practice: PracticeView) -> Explanation:
        words = [self._words("denied here" if practice.denied else "stated here", practice.evidence)]
        if practice.condition_span is not None:
            words.append(self._words("condition", practice.condition_span))
        words += (self._mention_words(each) for each in practice.arguments)
        facts = [
            Fact("operation", named(practice.processing), practice.processing),
            Fact("polarity", "denied" if practice.denied else "affirmed"),
            Fact("modality", _MODALITIES.get((practice.modality, practice.denied), practice.modality)),
        ]
        if practice.controller:
            facts.append(Fact("by", self._view.label_of(practice.controller), practice.controller))
        if practice.denied:
            reads = Fact(
                "in plain DPV",
                "nothing: no dpv: property leads to a denial, so nobody reads it as a practice",
            )
        else:
            reads = Fact("in plain DPV", "a dpv:Process that the policy dpv:hasProcess", practice.iri)
        concepts = [
            each.concept for each in practice.arguments if each.concept and each.denied == practice.denied
        ]
        return self._made(
            "denial" if practice.denied else "practice",
            words,
            facts,
            (reads, *broader(dict.fromkeys(concepts)), *self._observed()),
        )

    def _mention(self, mention: MentionView) -> Explanation:
        facts = [Fact("about", mention.role.replace("_", " ")), Fact("polarity", _polarity(mention))]
        if mention.concept:
            facts.append(Fact("means", named(mention.concept), mention.concept))
            if definition := defined(mention.concept):
                facts.append(Fact("defined as", definition))
        elif not mention.agent:
            facts.append(Fact("means", "no concept of the vocabulary fits these words"))
        if mention.agent:
            facts.append(Fact("names", self._view.label_of(mention.agent), mention.agent))
        if mention.value:
            facts.append(Fact("value", mention.value))
        used = [
            Fact(
                "denied with it" if each.denied else "stated with it", self._view.label_of(each.iri), each.iri
            )
            for each in self._view.practices
            if any(argument.iri == mention.iri for argument in each.arguments)
        ]
        concepts = [mention.concept] if mention.concept else []
        words = [self._words("these words", mention.span)]
        kind = "reference" if mention.is_reference else "mention"
        return self._made(kind, words, facts, (*broader(concepts), *used, *self._observed()))

    def _whole(self) -> Explanation:
        view = self._view
        dates = (("in force since", view.effective), ("last changed", view.updated))
        facts = [Fact(name, day.isoformat()) for name, day in dates if day is not None]
        controllers = self._values(view.iri, "dpv:hasDataController")
        facts += (Fact("controller", view.label_of(_text(each)), _text(each)) for each in controllers)
        denied = sum(each.denied for each in view.practices)
        stated, mentions = len(view.practices) - denied, len(view.mentions)
        facts += [
            Fact("practices", f"{stated:,} stated, {denied:,} denied"),
            Fact("mentions", f"{mentions:,}"),
            *(
                Fact("revision of", _text(each), _text(each))
                for each in self._values(view.iri, "prov:wasRevisionOf")
            ),
            *(
                Fact("replaced by", newer, newer)
                for newer, older in links_of(self._store).items()
                if older == view.iri
            ),
        ]
        practices = [
            Fact("denies" if each.denied else "states", view.label_of(each.iri), each.iri)
            for each in view.practices
        ]
        return self._made("policy", [], facts, few(practices))

    def _other(self, known: dict[str, MentionView]) -> Explanation:
        """An observation, a retention period, a span, a source or whatever else is the policy's."""
        types = {compact(_text(each)) for each in self._values(self._iri, "rdf:type")}
        kind = next((name for type_, name in _KINDS if type_ in types), "node")
        words = [self._words("these words", span) for span in self._spans(self._iri, "pg:evidence")]
        words += [self._words("against", span) for span in self._spans(self._iri, "pg:otherEvidence")]
        words += [
            self._mention_words(known[_text(each)])
            for each in self._values(self._iri, "pg:mention")
            if _text(each) in known
        ]
        words += [self._words("these words", span) for span in self._spans(self._iri, "oa:hasTarget")]
        facts: list[Fact] = []
        for (subject, predicate), values in sorted(self._said.items()):
            if subject != self._iri or compact(predicate) in _SHOWN_ELSEWHERE:
                continue
            for value in sorted(values, key=str):
                iri = value.value if isinstance(value, ox.NamedNode) else None
                facts.append(Fact(local(predicate), self._label(iri) if iri else str(value_of(value)), iri))
        return self._made(kind, words, facts, self._observed())

    def _made(
        self, kind: str, words: Sequence[Words], facts: Sequence[Fact], follows: Sequence[Fact]
    ) -> Explanation:
        view = self._view
        return Explanation(
            iri=self._iri,
            kind=kind,
            label=view.label if self._iri == view.iri else view.label_of(self._iri),
            policy=view.iri,
            source=", ".join(view.sources),
            words=tuple(words),
            facts=tuple(facts),
            found=tuple(self._found()),
            follows=tuple(follows),
        )

    def _found(self) -> Iterator[Fact]:
        """Who or what found it, and how sure that is."""
        for value in self._values(self._iri, "pg:confidence"):
            yield Fact("confidence", _text(value))
        for decision in self._values(self._iri, "prov:wasDerivedFrom"):
            iri = _text(decision)
            if "/decision/" in iri:
                yield Fact("decided in a review", self._view.label_of(iri), iri)
        for person in self._values(self._iri, "prov:wasAttributedTo"):
            yield Fact("decided by", self._view.label_of(_text(person)), _text(person))
        for activity in self._values(self._view.iri, "prov:wasGeneratedBy"):
            iri = _text(activity)
            for software in self._values(iri, "prov:wasAssociatedWith"):
                yield Fact("found by", self._view.label_of(_text(software)), _text(software))
            for extractor in self._values(iri, "pg:extractor"):
                yield Fact("extractor", _text(extractor), iri)

    def _observed(self) -> tuple[Fact, ...]:
        """What was observed of it, such as a contradiction."""
        observes = expand("pg:observes")
        about = sorted(
            subject
            for (subject, predicate), values in self._said.items()
            if predicate == observes and any(_text(each) == self._iri for each in values)
        )
        return tuple(Fact("observed", self._view.label_of(each), each) for each in about)

    def _words(self, what: str, span: Span, says: str = "") -> Words:
        text = self._view.text
        before = text[max(0, span.start - _AROUND) : span.start].rpartition("\n")[2]
        after = text[span.end : span.end + _AROUND].partition("\n")[0]
        return Words(what, before, text[span.start : span.end], after, span.start, span.end, says)

    def _mention_words(self, mention: MentionView) -> Words:
        says = named(mention.concept) if mention.concept else ""
        if mention.agent:
            says = self._view.label_of(mention.agent)
        return self._words(mention.role.replace("_", " "), mention.span, says or "no concept fits")

    def _spans(self, node: str, step: str) -> list[Span]:
        """The spans that a property leads to, in the order of the text."""
        found = []
        for span in self._values(node, step):
            start, _, end = _text(span).rpartition("/")[2].partition("-")
            if start.isdecimal() and end.isdecimal():
                found.append(Span(int(start), int(end)))
        return sorted(found)

    def _values(self, subject: str, step: str) -> list[object]:
        return sorted(self._said.get((subject, expand(step)), []), key=str)

    def _label(self, iri: str) -> str:
        return named(iri) if iri in vocabulary() else shortened(self._view.label_of(iri))


def _polarity(mention: MentionView) -> str:
    return "denied" if mention.denied else "affirmed"


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
