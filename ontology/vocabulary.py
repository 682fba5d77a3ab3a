"""The closed vocabulary: every term that a graph may speak, and nothing else.

The terms are those of the pinned release of the Data Privacy Vocabulary (``dpv.ttl``, see
:mod:`privagraph.ontology.build`) and our own (``privagraph.ttl``). A CURIE or IRI that is not among them is
an error that names the nearest ones, so that a slip of the pen never becomes a new concept.

The way up is ``skos:broader``: three in four DPV terms that have one have no ``rdfs:subClassOf``, so a walk
along the latter misses most of the hierarchy. What a term is, see :class:`Branch`: a term may lie in several.

Reading both files takes about 30 ms, once in a process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from privagraph.errors import UnknownTermError
from privagraph.ontology.namespaces import PREFIXES, VOCABULARY_GRAPH, compact, expand

__all__ = [
    "DPV_RELEASE",
    "FILES",
    "Branch",
    "Term",
    "TermKind",
    "Vocabulary",
    "vocabulary",
    "vocabulary_quads",
]

DPV_RELEASE = "2.3"
"""The pinned release of the Data Privacy Vocabulary."""

FILES = ("dpv.ttl", "privagraph.ttl")
"""The Turtle files of the vocabulary, in this package."""

_TYPE, _BROADER, _LABEL = expand("rdf:type"), expand("skos:broader"), expand("skos:prefLabel")
_DEFINITION, _EXAMPLE = expand("skos:definition"), expand("skos:example")
_CLASSES = frozenset({expand("rdfs:Class"), expand("owl:Class")})
_PROPERTIES = frozenset(
    map(expand, ("rdf:Property", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty"))
)
_IN_GRAPH = frozenset({_TYPE, _BROADER, _LABEL})


class TermKind(StrEnum):
    """What a term is in RDF."""

    CLASS = "class"
    """A concept; in RDF also a class, as DPV has it."""
    PROPERTY = "property"
    INDIVIDUAL = "individual"
    """One of a fixed set of values, such as the role ``pg:data_category``."""


class Branch(StrEnum):
    """The hierarchies that practices draw on; each value is the CURIE of its top term."""

    PERSONAL_DATA = "dpv:PersonalData"
    PROCESSING = "dpv:Processing"
    PURPOSE = "dpv:Purpose"
    LEGAL_BASIS = "dpv:LegalBasis"
    ENTITY = "dpv:Entity"
    RIGHT = "dpv:Right"
    MEASURE = "dpv:TechnicalOrganisationalMeasure"
    DATA_SOURCE = "dpv:DataSource"
    STORAGE = "dpv:StorageCondition"
    LOCATION = "dpv:Location"
    LAW = "dpv:Law"
    TECHNOLOGY = "dpv:Technology"


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the vocabulary.

    Attributes:
        iri: Its IRI.
        label: Its English label.
        kind: What it is in RDF.
        broader: IRIs of the terms right above it, sorted.
        definition: What it means, for our own terms; empty for DPV's, which https://w3id.org/dpv defines.
        example: Words of a policy that state it, for our own terms; else empty.
    """

    iri: str
    label: str
    kind: TermKind
    broader: tuple[str, ...] = ()
    definition: str = ""
    example: str = ""

    @property
    def curie(self) -> str:
        """The short form of its IRI."""
        return compact(self.iri)


class Vocabulary:
    """The terms and their hierarchy; made once by :func:`vocabulary`.

    Example:
        >>> words = vocabulary()
        >>> words.label("pd:EmailAddress")
        'Email Address'
        >>> words.is_a("dpv:TargetedAdvertising", "dpv:Marketing")
        True
        >>> "Advertise" in words
        False
    """

    __slots__ = ("_narrower", "_terms")

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self._terms = dict(terms)
        self._narrower: dict[str, tuple[str, ...]] | None = None

    def __len__(self) -> int:
        return len(self._terms)

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._iri(name) in self._terms

    def term(self, name: str) -> Term:
        """The term of a CURIE or IRI.

        Raises:
            UnknownTermError: There is no such term; the error names the nearest ones.
        """
        found = self._terms.get(self._iri(name))
        if found is None:
            raise UnknownTermError(name, scheme=_scheme(name), near=self.nearest(name))
        return found

    def iri(self, name: str) -> str:
        """The IRI of a CURIE or IRI, checked.

        Raises:
            UnknownTermError: There is no such term.
        """
        return self.term(name).iri

    def label(self, name: str) -> str:
        """The English label of a term.

        Raises:
            UnknownTermError: There is no such term.
        """
        return self.term(name).label

    def broader(self, name: str) -> tuple[str, ...]:
        """The IRIs of all terms above one by ``skos:broader``, the nearest first, without itself.

        Raises:
            UnknownTermError: There is no such term.
        """
        start = self.term(name)
        found: dict[str, None] = {}
        level = [start]
        while level:
            above = [iri for term in level for iri in term.broader if iri not in found and iri != start.iri]
            found.update(dict.fromkeys(above))
            level = [self._terms[iri] for iri in dict.fromkeys(above)]
        return tuple(found)

    def narrower(self, name: str) -> tuple[str, ...]:
        """The IRIs of the terms right below one, sorted.

        Raises:
            UnknownTermError: There is no such term.
        """
        if self._narrower is None:
            below: dict[str, list[str]] = {}
            for term in self._terms.values():
                for iri in term.broader:
                    below.setdefault(iri, []).append(term.iri)
            self._narrower = {iri: tuple(sorted(found)) for iri, found in below.items()}
        return self._narrower.get(self.term(name).iri, ())

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether a term is another one or lies below it.

        Raises:
            UnknownTermError: There is no such term, for either.
        """
        top = self.term(ancestor).iri
        return self.term(name).iri == top or top in self.broader(name)

    def branches(self, name: str) -> frozenset[Branch]:
        """The hierarchies that a term lies in.

        Raises:
            UnknownTermError: There is no such term.

        Example:
            >>> sorted(vocabulary().branches("eu-gdpr:StandardContractualClauses"))
            [<Branch.LEGAL_BASIS: 'dpv:LegalBasis'>, <Branch.MEASURE: 'dpv:TechnicalOrganisationalMeasure'>]
        """
        above = {self.term(name).iri, *self.broader(name)}
        return frozenset(branch for branch in Branch if expand(branch) in above)

    def search(self, text: str, *, limit: int | None = None) -> tuple[Term, ...]:
        """The terms whose label or name holds a text, the closest first.

        Args:
            text: Some words, a CURIE, or part of either; case does not matter.
            limit: How many at most.
        """
        needle = " ".join(text.casefold().split())
        if not needle:
            return ()
        ranked = [
            (rank, len(term.label), term.curie, term)
            for term in self
            if (rank := _rank(term, needle)) is not None
        ]
        return tuple(term for *_, term in sorted(ranked, key=lambda entry: entry[:3]))[:limit]

    def nearest(self, name: str) -> tuple[str, ...]:
        """CURIEs of the terms spelt most like a name, five at most, those of its own prefix first."""
        import difflib

        scheme, local = _scheme(name), compact(name).rpartition(":")[2].rpartition("/")[2].casefold()
        spelt: dict[str, list[str]] = {}
        for term in self:
            for form in (term.curie.partition(":")[2], term.label):
                spelt.setdefault(form.casefold(), []).append(term.curie)
        close = difflib.get_close_matches(local, spelt, n=8, cutoff=0.6)
        curies = dict.fromkeys(curie for form in close for curie in spelt[form])
        return tuple(sorted(curies, key=lambda curie: not curie.startswith(f"{scheme}:")))[:5]

    @staticmethod
    def _iri(name: str) -> str:
        prefix, colon, local = name.partition(":")
        return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name


def _scheme(name: str) -> str:
    prefix = compact(name).partition(":")[0]
    return prefix if prefix in PREFIXES else "vocabulary"


def _rank(term: Term, needle: str) -> int | None:
    """How well a term answers a search, 0 the best; None when it does not."""
    label, curie = term.label.casefold(), term.curie.casefold()
    if needle in (label, curie, curie.partition(":")[2], term.iri.casefold()):
        return 0
    if label.startswith(needle):
        return 1
    if f" {needle}" in label:
        return 2
    return 3 if needle in label or needle in curie else None


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read on first use."""
    labels: dict[str, str] = {}
    types: dict[str, set[str]] = {}
    broader: dict[str, set[str]] = {}
    texts: dict[str, dict[str, str]] = {_DEFINITION: {}, _EXAMPLE: {}}
    for subject, predicate, value, _ in _quads():
        said = predicate.value
        if isinstance(subject, ox.BlankNode) or isinstance(value, ox.BlankNode):
            continue
        if said == _TYPE:
            types.setdefault(subject.value, set()).add(value.value)
        elif said == _BROADER:
            broader.setdefault(subject.value, set()).add(value.value)
        elif said == _LABEL:
            labels[subject.value] = value.value
        elif said in texts:
            texts[said].setdefault(subject.value, value.value)
    return Vocabulary(
        {
            iri: Term(
                iri,
                label,
                _kind(types[iri]),
                tuple(sorted(broader.get(iri, ()))),
                texts[_DEFINITION].get(iri, ""),
                texts[_EXAMPLE].get(iri, ""),
            )
            for iri, label in labels.items()
        }
    )


def _kind(types: set[str]) -> TermKind:
    if types & _CLASSES:
        return TermKind.CLASS
    return TermKind.PROPERTY if types & _PROPERTIES else TermKind.INDIVIDUAL


def vocabulary_quads() -> Iterator[ox.Quad]:
    """Labels, types and ``skos:broader`` of all terms, in the graph :data:`VOCABULARY_GRAPH`.

    A store loads them so that queries can show labels and walk the hierarchy.
    """
    graph = ox.NamedNode(VOCABULARY_GRAPH)
    for subject, predicate, value, _ in _quads():
        if (
            predicate.value in _IN_GRAPH
            and isinstance(subject, ox.NamedNode)
            and not isinstance(value, ox.BlankNode)
        ):
            yield ox.Quad(subject, predicate, value, graph)


def _quads() -> Iterator[ox.Quad]:
    """Every statement of the vocabulary's files."""
    folder = files(__package__ or "privagraph.ontology")
    for name in FILES:
        yield from ox.parse((folder / name).read_bytes(), format=ox.RdfFormat.TURTLE)
