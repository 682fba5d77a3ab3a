"""A policy's graph, read back as what was found: the way of :mod:`~privagraph.loaders.quads`, backwards.

Where decisions have changed the graph it holds what was found before them, and that is read; where not, the mentions
and practices are read from their nodes. Writing what was read gives the same quads again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Quad

from privagraph.errors import GraphError
from privagraph.loaders.document import Document
from privagraph.loaders.facts import MappedPolicy, Mention, Modality, Polarity, PolicyFacts, Practice, Role
from privagraph.loaders.iris import PolicyIris
from privagraph.loaders.naming import practice_iri
from privagraph.loaders.quads import finding_quads
from privagraph.loaders.reviews.decisions import Decision, Reviewed
from privagraph.loaders.reviews.records import decisions_in, extraction_from
from privagraph.ontology.namespaces import expand
from privagraph.ontology.organisations import organisations

__all__ = ["Reread", "reread"]

_OF_DOCUMENT = frozenset(
    map(
        expand,
        (
            *("dct:title", "dct:language", "pg:text", "pg:contentHash", "pg:effectiveDate", "pg:lastUpdated"),
            *("pg:namesRegulation", "prov:wasDerivedFrom", "prov:wasGeneratedBy"),
        ),
    )
)
"""What is said of a policy that no finding changes."""
_FROM_DOCUMENT = frozenset(
    map(expand, ("prov:wasDerivedFrom", "prov:wasGeneratedBy", "prov:wasAssociatedWith"))
)


@dataclass(frozen=True, slots=True)
class Reread:
    """A policy as its graph holds it.

    Attributes:
        iris: The IRIs of the policy and its nodes.
        found: What the extractor found; its document has the text, but no blocks.
        sources: Names of its source files, sorted.
        decisions: The decisions about it, by their IRIs.
        document: The quads that no finding changes: text, dates, sources, mappings.
    """

    iris: PolicyIris
    found: MappedPolicy
    sources: tuple[str, ...]
    decisions: dict[str, Decision] = field(default_factory=dict)
    document: tuple[Quad, ...] = ()

    def quads(self, review: Reviewed) -> set[Quad]:
        """All quads of the policy's graph after a review."""
        return {*self.document, *finding_quads(review.mapped, self.iris, review=review)}


def reread(policy: str, quads: Iterable[Quad]) -> Reread:
    """Read a policy back from its graph.

    Args:
        policy: The policy's IRI.
        quads: All quads of its graph.

    Raises:
        GraphError: The graph is not as ``privagraph map`` writes it.
    """
    try:
        return _Reader(policy, quads).read()
    except (KeyError, ValueError, IndexError) as error:
        raise GraphError(
            policy,
            f"not as `privagraph map` writes it ({type(error).__name__}: {error})",
            "`privagraph validate --profile structure` tells what is wrong; or map the policy again",
        ) from error


class _Reader:
    """Reads one graph."""

    def __init__(self, policy: str, quads: Iterable[Quad]) -> None:
        self._quads = list(quads)
        self._about: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value, _ in self._quads:
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
                self._about[subject.value][predicate.value].append(value.value)
        self._iris = PolicyIris(policy.removesuffix(f"policy/{policy.rpartition('/')[2]}"), policy)

    def read(self) -> Reread:
        policy = self._iris.policy
        sources = self._values(policy, "prov:wasDerivedFrom")
        names = sorted(name for each in sources for name in self._values(each, "pg:fileName"))
        document = Document(
            text=self._value(policy, "pg:text"),
            blocks=(),
            source=names[0],
            media_type="",
            input_hash="",
            title=self._optional(policy, "dct:title"),
            language=self._value(policy, "dct:language"),
        )
        effective, updated = (
            self._optional(policy, f"pg:{name}") for name in ("effectiveDate", "lastUpdated")
        )
        facts = PolicyFacts(
            effective=date.fromisoformat(effective) if effective else None,
            updated=date.fromisoformat(updated) if updated else None,
            regulations=tuple(sorted(self._values(policy, "pg:namesRegulation"))),
        )
        mappings = self._values(policy, "prov:wasGeneratedBy")
        extractors = sorted(name for each in mappings for name in self._values(each, "pg:extractor"))
        frame = MappedPolicy(document, facts, (), (), extractors[0])
        told = self._optional(policy, "pg:extraction")
        found = self._found(frame) if told is None else extraction_from(told, frame)
        return Reread(self._iris, found, tuple(names), decisions_in(self._quads), tuple(self._of_document()))

    # The values of a node

    def _values(self, subject: str, predicate: str) -> list[str]:
        return self._about[subject][expand(predicate)] if subject in self._about else []

    def _value(self, subject: str, predicate: str) -> str:
        found = self._values(subject, predicate)
        if len(found) != 1:
            raise ValueError(f"{subject} has {len(found)} values of {predicate}")
        return found[0]

    def _optional(self, subject: str, predicate: str) -> str | None:
        return self._value(subject, predicate) if self._values(subject, predicate) else None

    def _local(self, subject: str, predicate: str) -> str:
        return self._value(subject, predicate).removeprefix(expand("pg:"))

    def _key(self, agent: str | None) -> str | None:
        return None if agent is None else unquote(agent.removeprefix(self._iris.agent("")))

    def _place(self, span: str) -> tuple[int, int]:
        said: dict[str, str] = {}
        for selector in self._values(span, "oa:hasSelector"):
            for name in ("oa:start", "oa:end"):
                said.update((name, value) for value in self._values(selector, name))
        return int(said["oa:start"]), int(said["oa:end"])

    # What was found

    def _found(self, frame: MappedPolicy) -> MappedPolicy:
        policy = self._iris.policy
        listed = {iri: self._mention(iri) for iri in self._values(policy, "pg:hasMention")}
        mentions = {**listed, **{iri: self._mention(iri) for iri in self._values(policy, "pg:hasReference")}}
        ordered = sorted(listed.values(), key=lambda each: (each.start, each.end, str(each.role)))
        frame = MappedPolicy(
            frame.document, self._named(frame.facts, ordered), tuple(ordered), (), frame.extractor
        )
        actors = [self._key(iri) for iri in self._about if iri.startswith(self._iris.agent(""))]
        practices = [
            self._practice(iri, mentions, actors)
            for name in ("dpv:hasProcess", "pg:deniesPractice")
            for iri in self._values(policy, name)
        ]
        practices.sort(key=lambda each: (each.start, each.end, each.processing, str(each.polarity)))
        return MappedPolicy(frame.document, frame.facts, frame.mentions, tuple(practices), frame.extractor)

    def _mention(self, iri: str) -> Mention:
        start, end = self._place(self._value(iri, "oa:hasTarget"))
        return Mention(
            start,
            end,
            Role(self._local(iri, "pg:role")),
            self._optional(iri, "pg:concept"),
            Polarity(self._local(iri, "pg:polarity")),
            float(self._value(iri, "pg:confidence")),
            self._optional(iri, "pg:value"),
            self._key(self._optional(iri, "pg:agent")),
        )

    def _practice(self, iri: str, mentions: dict[str, Mention], actors: Collection[str | None]) -> Practice:
        start, end = self._place(self._value(iri, "pg:evidence"))
        condition = self._optional(iri, "pg:conditionSpan")
        arguments = [mentions[each] for each in self._values(iri, "pg:hasArgument")]
        arguments.sort(key=lambda each: (each.start, each.end, str(each.role)))
        named = [self._key(each) for each in self._values(iri, "dpv:hasDataController")]
        acting = named[0] if named else None

        def made(controller: str | None, *, foreign: bool) -> Practice:
            return Practice(
                self._value(iri, "pg:processing"),
                start,
                end,
                Polarity(self._local(iri, "pg:polarity")),
                Modality(self._local(iri, "pg:modality")),
                self._place(condition) if condition else None,
                controller,
                tuple(arguments),
                float(self._value(iri, "pg:confidence")),
                foreign,
            )

        # Who acts is not said of a denial, and the policy's controller may be named or meant: the IRI tells.
        names = {mention: name for name, mention in mentions.items()}
        for controller, foreign in [
            (None, False),
            (None, True),
            (acting, False),
            *((key, False) for key in actors),
        ]:
            practice = made(controller, foreign=foreign)
            if practice_iri(practice, self._iris, names) == iri:
                return practice
        meant = acting == self._key(self._optional(self._iris.policy, "dpv:hasDataController"))
        return made(None if meant else acting, foreign=False)

    def _named(self, facts: PolicyFacts, mentions: Collection[Mention]) -> PolicyFacts:
        """The facts with the controller as the text names it."""
        controller = self._optional(self._iris.policy, "dpv:hasDataController")
        if controller is None:
            return facts
        key = self._key(controller)
        said = [
            each.value
            for each in mentions
            if each.role is Role.CONTROLLER and each.agent == key and each.value
        ]
        label, head = "rdfs:label", "Privacy policy of "
        titles = [
            title.removeprefix(head)
            for title in (self._optional(self._iris.policy, label) or "",)
            if title.startswith(head) and not self._values(self._iris.policy, "dct:title")
        ]
        known = organisations()
        officer = self._optional(self._iris.officer(key), label) or ""
        asked = (
            [officer.removeprefix("Data protection officer of ")] if officer.startswith("Data pro") else []
        )
        shown = [name for name in (*asked, *titles) if known.key(name) == key]
        name = next(iter([*shown, *said, *self._values(controller, label)]))
        return PolicyFacts(name, facts.effective, facts.updated, facts.regulations)

    def _of_document(self) -> Iterable[Quad]:
        """What no finding changes: of the policy itself, and of the nodes that tell where it came from."""
        nodes, waiting = set(), [self._iris.policy]
        while waiting:
            node = waiting.pop()
            nodes.add(node)
            following = (value for name in _FROM_DOCUMENT for value in self._about[node][name])
            waiting += [each for each in following if each in self._about and each not in nodes]
        for quad in self._quads:
            subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
            if subject == self._iris.policy:
                if quad.predicate.value in _OF_DOCUMENT:
                    yield quad
            elif subject in nodes:
                yield quad
