"""What a graph says of its practices, as far as classes of practices depend on it.

Two things that a reader of a policy takes for granted cannot be said in OWL, which never concludes from
silence. They are settled here:

* a recipient or source is a ``pg:SeparateOrganisation`` when the graph names it, it is no controller of the
  practice or of its policy, and neither do the words call it a processor or service provider nor does the
  graph know it as one;
* a place is a ``dpv:ThirdCountry`` when it lies outside the European Economic Area (GDPR Art. 44).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from privagraph.ontology.namespaces import expand
from privagraph.ontology.places import is_third_country
from privagraph.ontology.vocabulary import TermKind, vocabulary

__all__ = ["Classes", "PracticeGraph", "Signature"]

Classes = frozenset[str]
"""IRIs of the classes that something belongs to."""

Signature = tuple[Classes, frozenset[tuple[str, Classes]]]
"""What a class of practices can depend on: a practice's own classes, and by which property it leads to
what."""

_TYPE = expand("rdf:type")
_LINKS = tuple(
    map(
        expand,
        (
            "dpv:hasDataSource",
            "dpv:hasDataSubject",
            "dpv:hasLegalBasis",
            "dpv:hasLocation",
            "dpv:hasPersonalData",
            "dpv:hasProcessing",
            "dpv:hasPurpose",
            "dpv:hasRecipient",
            "dpv:hasStorageCondition",
            "dpv:hasTechnicalOrganisationalMeasure",
        ),
    )
)
"""The properties of a practice that classes of practices are defined by."""
_PARTIES = frozenset(map(expand, ("dpv:hasDataSource", "dpv:hasRecipient")))
_PLACES = expand("dpv:hasLocation")
_CONTROLLER, _HAS_PROCESS = expand("dpv:hasDataController"), expand("dpv:hasProcess")
_KIND_OF_SERVICE = expand("pg:kindOfService")
_ARGUMENT, _AGENT, _CONCEPT = expand("pg:hasArgument"), expand("pg:agent"), expand("pg:concept")
_AFFIRMED, _DENIED, _PROCESS = (
    expand("pg:AffirmedPractice"),
    expand("pg:DeniedPractice"),
    expand("dpv:Process"),
)
_PRACTICES = frozenset({_AFFIRMED, _DENIED})
_ORGANISATION, _SEPARATE = expand("dpv:Organisation"), expand("pg:SeparateOrganisation")
_THIRD_COUNTRY = expand("dpv:ThirdCountry")
_SERVING = ("dpv:DataProcessor", "dpv:ServiceProvider")


class PracticeGraph:
    """What matters of a graph: the practices, what they point at, and what that is.

    Attributes:
        practices: The practices, affirmed and denied, by IRI, with the graphs that say so.
        typed: Every statement of a type.
    """

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.practices: dict[str, set[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]] = {}
        self.typed: set[ox.Quad] = set()
        self._types: dict[str, set[str]] = defaultdict(set)
        self._links: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._controllers: dict[str, set[str]] = defaultdict(set)
        self._policies: dict[str, set[str]] = defaultdict(set)
        self._arguments: dict[str, set[str]] = defaultdict(set)
        self._agents: dict[str, str] = {}
        self._concepts: dict[str, str] = {}
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                self._take(quad, quad.subject.value, quad.predicate.value, quad.object.value)

    def _take(self, quad: ox.Quad, subject: str, predicate: str, value: str) -> None:
        if predicate == _TYPE:
            self._types[subject].add(value)
            self.typed.add(quad)
            if value in _PRACTICES:
                self.practices.setdefault(subject, set()).add(quad.graph_name)
        elif predicate == _KIND_OF_SERVICE:
            self._types[subject].add(value)
        elif predicate in _LINKS:
            self._links[subject].add((predicate, value))
        elif predicate == _CONTROLLER:
            self._controllers[subject].add(value)
        elif predicate == _HAS_PROCESS:
            self._policies[value].add(subject)
        elif predicate == _ARGUMENT:
            self._arguments[subject].add(value)
        elif predicate == _AGENT:
            self._agents[subject] = value
        elif predicate == _CONCEPT:
            self._concepts[subject] = value

    def signature(self, practice: str) -> Signature:
        """What the reasoner sees of a practice."""
        controllers = self._controllers[practice].union(
            *(self._controllers[p] for p in self._policies[practice])
        )
        links = {
            (link, self._classes(practice, link, target, controllers))
            for link, target in self._links.get(practice, ())
        }
        return self._own(practice), frozenset((link, classes) for link, classes in links if classes)

    def _own(self, practice: str) -> Classes:
        """The classes that the graph gives a practice; what a policy has as its process is one."""
        own = self._types[practice] & {_AFFIRMED, _DENIED, _PROCESS}
        return frozenset(own | {_PROCESS} if self._policies.get(practice) else own)

    def _classes(self, practice: str, link: str, target: str, controllers: set[str]) -> Classes:
        """The classes of what a link of a practice leads to."""
        words = vocabulary()
        if target in words:
            outside = link == _PLACES and is_third_country(target)
            return frozenset({target, _THIRD_COUNTRY} if outside else {target})
        found = {iri for iri in self._types.get(target, ()) if self._is_class(iri)}
        if link in _PARTIES and target not in controllers:
            found |= self._called(practice, target)
            if any(words.is_a(iri, _ORGANISATION) for iri in found) and not any(
                words.is_a(iri, serving) for iri in found for serving in _SERVING
            ):
                found.add(_SEPARATE)
        return frozenset(found)

    def _called(self, practice: str, agent: str) -> set[str]:
        """What the words of a practice call an organisation that they name, such as a processor."""
        mentions = (mention for mention in self._arguments[practice] if self._agents.get(mention) == agent)
        called = {self._concepts[mention] for mention in mentions if mention in self._concepts}
        return {iri for iri in called if self._is_class(iri) and vocabulary().is_a(iri, "dpv:Entity")}

    @staticmethod
    def _is_class(iri: str) -> bool:
        words = vocabulary()
        return iri in words and words.term(iri).kind is TermKind.CLASS

    def contradictions(self) -> list[str]:
        """IRIs of the practices that are affirmed and denied at once, sorted."""
        return sorted(
            iri
            for iri in self.practices
            if _DENIED in (own := self._own(iri)) and own & {_AFFIRMED, _PROCESS}
        )
