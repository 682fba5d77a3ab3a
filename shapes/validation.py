"""Checking graphs against profiles of shapes with pySHACL, policy by policy.

Each policy is checked alone, so that memory stays bounded by the largest one; :func:`iter_validate` hands out
each result as soon as it is there. pySHACL runs all chosen profiles at once over one small graph: the
policy's, and what the vocabulary says of the terms that it uses (see :mod:`privagraph.shapes.graphs`). No
inference is run: the shapes walk ``skos:broader`` themselves, for three in four DPV terms that have one have
no ``rdfs:subClassOf``.

SHACL: https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from privagraph.errors import GraphError, ProfileError
from privagraph.ontology.namespaces import compact, expand
from privagraph.shapes.graphs import PolicySource, data_graph, policy_graphs, quiet_literals
from privagraph.shapes.results import Evidence, Finding, PolicyResult, ValidationReport
from privagraph.shapes.rules import DEFAULT_PROFILES, Profile, Rule, select_profiles

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["DEFAULT_PROFILES", "iter_validate", "shapes_graph", "validate"]


def validate(
    source: PolicySource | Iterable[ox.Quad],
    *,
    profiles: Sequence[str] = DEFAULT_PROFILES,
    policies: Collection[str] | None = None,
) -> ValidationReport:
    """What the rules of some profiles find in a graph.

    Args:
        source: A store of policies, or quads.
        profiles: Names of the profiles to check, see :func:`privagraph.shapes.rules.profiles`.
        policies: IRIs of the policies to check; None checks all.

    Returns:
        The report. That a policy does not conform is a result in it, not an error.

    Raises:
        ProfileError: There is no profile of a name.
        GraphError: There is no policy to check: a report on nothing would look like a clean one.
    """
    chosen = select_profiles(profiles)
    results = tuple(iter_validate(source, profiles=profiles, policies=policies))
    if not results:
        where = source.location if isinstance(source, PolicySource) else "the quads"
        raise GraphError(where, "holds no policy to check", "add one with `privagraph map`")
    return ValidationReport(chosen, results)


def iter_validate(
    source: PolicySource | Iterable[ox.Quad],
    *,
    profiles: Sequence[str] = DEFAULT_PROFILES,
    policies: Collection[str] | None = None,
) -> Iterator[PolicyResult]:
    """The result of each policy as soon as it is there; the arguments are those of :func:`validate`.

    Raises:
        ProfileError: There is no profile of a name.
    """
    chosen = select_profiles(profiles)
    rules = {rule.iri: rule for each in chosen for rule in each.rules}
    shapes = shapes_graph(chosen)
    for iri, quads in policy_graphs(source, only=policies):
        yield _check(iri, data_graph(quads), shapes, rules)


@lru_cache(maxsize=8)
def shapes_graph(profiles: tuple[Profile, ...]) -> rdflib.Graph:
    """The shapes of some profiles as one rdflib graph; for reading alone, since it is shared.

    Raises:
        ProfileError: A file is not Turtle.
    """
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for each in profiles:
        graph.parse(data=each.turtle, format="turtle")
    return graph


def _check(policy: str, graph: rdflib.Graph, shapes: rdflib.Graph, rules: Mapping[str, Rule]) -> PolicyResult:
    """What the rules find in the graph of one policy."""
    order = {iri: place for place, iri in enumerate(rules)}
    findings = sorted(
        _findings(policy, graph, shapes, rules),
        key=lambda found: (
            order[found.rule.iri],
            found.evidence[0].start if found.evidence else -1,
            str(found.focus),
            str(found.value),
            found.path or "",
            found.component,
        ),
    )
    return PolicyResult(policy, _source_names(graph, policy), _label(graph, policy), tuple(findings))


def _findings(
    policy: str, graph: rdflib.Graph, shapes: rdflib.Graph, rules: Mapping[str, Rule]
) -> Iterator[Finding]:
    from rdflib import RDF, SH

    from privagraph.shapes.store import to_oxigraph

    report = _run(policy, graph, shapes)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        rule = rules[str(report.value(result, SH.sourceShape))]
        focus = report.value(result, SH.focusNode)
        value = report.value(result, SH.value)
        path = report.value(result, SH.resultPath)
        path_text = None if path is None else _path(report, path)
        assert focus is not None  # SHACL 3.6.2.1: every result has one focus node
        yield Finding(
            policy=policy,
            rule=rule,
            message=_message(rule.message, policy, value=value, path=path_text),
            focus=to_oxigraph(focus),
            path=path_text,
            value=None if value is None else to_oxigraph(value),
            component=str(report.value(result, SH.sourceConstraintComponent)),
            evidence=_evidence(graph, value) or _evidence(graph, focus),
        )


def _run(policy: str, graph: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """The SHACL report on one graph; without inference and advanced features neither graph is changed.

    Raises:
        ProfileError: pySHACL could not run the shapes.
    """
    import pyshacl
    import rdflib

    with quiet_literals():
        _, report, text = pyshacl.validate(graph, shacl_graph=shapes, inference="none", advanced=False)
    if not isinstance(report, rdflib.Graph):
        raise ProfileError(f"the shapes cannot be run on {policy}: {text}; correct the shapes")
    return report


def _message(template: str, policy: str, *, value: Node | None, path: str | None) -> str:
    """The rule's message with the names of what was found, as short as they can be."""
    for name, found in (("value", None if value is None else str(value)), ("path", path)):
        if found is not None:
            short = found.removeprefix(f"{policy}/") if found != policy else "the policy"
            template = template.replace(f"{{?{name}}}", compact(short))
    return template


def _evidence(graph: rdflib.Graph, node: Node | None) -> tuple[Evidence, ...]:
    """The words that a mention, span, selector, practice or retention period stands on."""
    from rdflib import URIRef

    if not isinstance(node, URIRef):
        return ()
    selects = _iri("oa:hasSelector")
    spans: list[Node] = [node]
    for step in ("pg:mention", "oa:hasTarget", "pg:evidence"):
        spans = [each for span in spans for each in graph.objects(span, _iri(step))] or spans
    spans += graph.subjects(selects, node)
    found = {quoted for span in spans if (quoted := _quoted(graph, span))}
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.quote)))


def _quoted(graph: rdflib.Graph, span: Node) -> Evidence | None:
    """The words of a span, or None where it lacks them or its offsets."""
    said = {
        part: str(value)
        for selector in graph.objects(span, _iri("oa:hasSelector"))
        for part in ("oa:start", "oa:end", "oa:exact")
        for value in graph.objects(selector, _iri(part))
    }
    offsets = [said.get(part, "") for part in ("oa:start", "oa:end")]
    if "oa:exact" not in said or not all(each.isascii() and each.isdigit() for each in offsets):
        return None
    return Evidence(int(offsets[0]), int(offsets[1]), said["oa:exact"])


def _source_names(graph: rdflib.Graph, policy: str) -> tuple[str, ...]:
    import rdflib

    sources = graph.objects(rdflib.URIRef(policy), _iri("prov:wasDerivedFrom"))
    return tuple(sorted({str(name) for each in sources for name in graph.objects(each, _iri("pg:fileName"))}))


def _label(graph: rdflib.Graph, policy: str) -> str:
    import rdflib

    return min((str(each) for each in graph.objects(rdflib.URIRef(policy), _iri("rdfs:label"))), default="")


def _path(graph: rdflib.Graph, node: Node) -> str:
    """A property path as SPARQL writes it: the IRI of a property, or a path of CURIEs."""
    from rdflib import SH, URIRef
    from rdflib.collection import Collection as RdfList

    def written(each: Node) -> str:
        if isinstance(each, URIRef):
            return compact(str(each))
        for kind, form in ((SH.inversePath, "^{}"), (SH.zeroOrMorePath, "{}*"), (SH.oneOrMorePath, "{}+")):
            inner = graph.value(each, kind)
            if inner is not None:
                return form.format(written(inner))
        choice = graph.value(each, SH.alternativePath)
        members = RdfList(graph, each if choice is None else choice)
        return f"({('/' if choice is None else '|').join(written(member) for member in members)})"

    return str(node) if isinstance(node, URIRef) else written(node)


@lru_cache(maxsize=64)
def _iri(curie: str) -> rdflib.URIRef:
    import rdflib

    return rdflib.URIRef(expand(curie))
