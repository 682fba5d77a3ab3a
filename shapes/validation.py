"""Checking graphs against profiles of shapes with pySHACL, policy by policy.

Each policy is checked alone, so that memory stays bounded by the largest one; :func:`iter_validate` hands out
each result as soon as it is there. pySHACL runs all chosen profiles at once over one small graph: the
policy's, and what the vocabulary says of the terms that it uses (see :mod:`privagraph.shapes.graphs`). No
inference is run: the shapes walk ``skos:broader`` themselves, for three in four DPV terms that have one have
no ``rdfs:subClassOf``.

SHACL: https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox

from privagraph.errors import GraphError
from privagraph.ontology.evidence import shortened
from privagraph.ontology.namespaces import compact, expand
from privagraph.ontology.reading import read_policy
from privagraph.shapes.certainty import certainty_of
from privagraph.shapes.derivation import derived_quads
from privagraph.shapes.engines import DEFAULT_ENGINE, Engine, engine_named, shapes_graph
from privagraph.shapes.garbage import collected_at_end
from privagraph.shapes.graphs import (
    PolicySource,
    policy_graphs,
    whole_graph,
    with_terms,
    without_observations,
)
from privagraph.shapes.items import items
from privagraph.shapes.own import named_shape
from privagraph.shapes.parallel import check_all, default_jobs
from privagraph.shapes.paths import written_path
from privagraph.shapes.prepared import PreparedPolicy
from privagraph.shapes.results import Evidence, Finding, PolicyResult, Term, ValidationReport
from privagraph.shapes.rules import DEFAULT_PROFILES, Profile, Rule, select_profiles
from privagraph.shapes.rules import profiles as known_profiles
from privagraph.shapes.words import evidence_of

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["DEFAULT_PROFILES", "check_policy", "iter_validate", "prepare", "shapes_graph", "validate"]

_CHECKED_ON = ox.NamedNode(expand("pg:checkedOn"))
_PLACEHOLDER = re.compile(r"\{\?(\w+)\}")
_QUOTED = 160
"""The most characters of a quote that a message shows."""


def validate(
    source: PolicySource | Iterable[ox.Quad],
    *,
    profiles: Sequence[str | Profile] = DEFAULT_PROFILES,
    policies: Collection[str] | None = None,
    on: date | None = None,
    jobs: int | None = 1,
    engine: str = DEFAULT_ENGINE,
) -> ValidationReport:
    """What the rules of some profiles find in a graph.

    Args:
        source: A store of policies, or quads.
        profiles: Names of the profiles to check, see :func:`privagraph.shapes.rules.profiles`, or profiles
            themselves, such as :func:`privagraph.shapes.own.own_profile` reads. With one of these a graph that holds no
            policy is checked as a whole.
        policies: IRIs of the policies to check; None checks all.
        on: The day for which they are checked, for rules on the age of a policy; today when None.
        jobs: How many processes check policies at the same time; one for each processor when None.
        engine: What runs the shapes, one of :data:`~privagraph.shapes.engines.ENGINES`.

    Returns:
        The report. That a policy does not conform is a result in it, not an error.

    Raises:
        ProfileError: There is no profile or engine of a name, or the shapes cannot be run.
        MissingDependencyError: The engine is not installed.
        GraphError: There is no policy to check: a report on nothing would look like a clean one.
    """
    chosen, day = select_profiles(profiles), on or date.today()
    results = tuple(
        iter_validate(source, profiles=profiles, policies=policies, on=day, jobs=jobs, engine=engine)
    )
    if not results:
        where = source.location if isinstance(source, PolicySource) else "the quads"
        raise GraphError(where, "holds no policy to check", "add one with `privagraph map`")
    return ValidationReport(chosen, results, day)


def iter_validate(
    source: PolicySource | Iterable[ox.Quad],
    *,
    profiles: Sequence[str | Profile] = DEFAULT_PROFILES,
    policies: Collection[str] | None = None,
    on: date | None = None,
    jobs: int | None = 1,
    engine: str = DEFAULT_ENGINE,
) -> Iterator[PolicyResult]:
    """The result of each policy as soon as it is there; the arguments are those of :func:`validate`.

    Raises:
        ProfileError: There is no profile or engine of a name, or the shapes cannot be run.
        MissingDependencyError: The engine is not installed.
    """
    chosen, day = select_profiles(profiles), on or date.today()
    engine_named(engine)  # a wrong name should not wait for the first policy
    checked = False
    if not isinstance(source, PolicySource):
        source = list(source)
    for result in check_all(
        policy_graphs(source, only=policies),
        chosen,
        on=day,
        jobs=default_jobs() if jobs is None else jobs,
        engine=engine,
    ):
        yield result
        checked = True
    own = tuple(each for each in chosen if each not in known_profiles())
    if own and not checked and policies is None:
        iri, quads = whole_graph(source)
        name = source.location if isinstance(source, PolicySource) else ""
        if quads:
            yield check_policy(iri, quads, own, on=day, name=name, engine=engine)


def check_policy(
    policy: str,
    quads: Iterable[ox.Quad],
    profiles: tuple[Profile, ...],
    *,
    on: date,
    name: str = "",
    engine: str = DEFAULT_ENGINE,
) -> PolicyResult:
    """What the rules of some profiles find in one policy.

    Args:
        policy: Its IRI.
        quads: The quads of its graph.
        profiles: The profiles to check.
        on: The day for which it is checked.
        name: What to call it where its graph does not say.
        engine: What runs the shapes, one of :data:`~privagraph.shapes.engines.ENGINES`.

    Raises:
        ProfileError: The shapes cannot be run.
    """
    with collected_at_end():
        return _checked(policy, quads, profiles, on, name, engine)


def _checked(
    policy: str, quads: Iterable[ox.Quad], profiles: tuple[Profile, ...], on: date, name: str, engine: str
) -> PolicyResult:
    prepared = prepare(policy, quads, profiles, on=on)
    rules = {rule.iri: rule for each in profiles for rule in each.rules}
    order = {iri: place for place, iri in enumerate(rules)}
    findings = sorted(
        _findings(prepared, profiles, rules, engine_named(engine)),
        key=lambda found: (
            order[found.rule.iri],
            found.evidence[0].start if found.evidence else -1,
            str(found.focus),
            str(found.value),
            found.path or "",
            found.component,
        ),
    )
    broken = {found.rule.iri for found in findings}
    return PolicyResult(
        policy,
        _source_names(prepared),
        prepared.value(ox.NamedNode(policy), "rdfs:label") or name,
        tuple(findings),
        tuple(items(prepared, profiles, broken)),
    )


def prepare(
    policy: str, quads: Iterable[ox.Quad], profiles: Iterable[Profile], *, on: date
) -> PreparedPolicy:
    """The graph that the shapes are run on: the policy's, what is derived from it, and the terms that it uses.

    Args:
        policy: The policy's IRI.
        quads: The quads of its graph.
        profiles: The profiles to check, which tell what has to be derived.
        on: The day for which it is checked.
    """
    stated = [quad for quad in quads if quad.predicate != _CHECKED_ON]
    needing = [each for each in profiles if each.derivations]
    if needing:
        stated = without_observations(policy, stated)
        stated += derived_quads(read_policy(policy, stated), needing)
    day = ox.Literal(on.isoformat(), datatype=ox.NamedNode(expand("xsd:date")))
    stated.append(ox.Quad(ox.NamedNode(policy), _CHECKED_ON, day))
    return PreparedPolicy(policy, with_terms(stated))


def _findings(
    policy: PreparedPolicy, profiles: tuple[Profile, ...], rules: Mapping[str, Rule], engine: Engine
) -> Iterator[Finding]:
    from rdflib import SH

    from privagraph.shapes.terms import to_oxigraph

    report = engine(policy, profiles)
    shapes = shapes_graph(profiles)
    for result in report.objects(
        None, SH.result
    ):  # and not the details of a result, which it has as sh:detail
        source = report.value(result, SH.sourceShape)
        assert source is not None  # SHACL 3.6.2.5: every result has one source shape
        rule = rules.get(str(source)) or rules[str(named_shape(shapes, source))]
        focus_node, value_node = report.value(result, SH.focusNode), report.value(result, SH.value)
        path = report.value(result, SH.resultPath)
        path_text = None if path is None else _path(report, path, shapes, rule)
        assert focus_node is not None  # SHACL 3.6.2.1: every result has one focus node
        focus = to_oxigraph(focus_node)
        value = None if value_node is None else to_oxigraph(value_node)
        words = evidence_of(policy, value) or evidence_of(policy, focus)
        yield Finding(
            policy=policy.iri,
            rule=rule,
            message=_message(
                rule.message or str(report.value(result, SH.resultMessage) or ""),
                policy,
                value=value,
                path=path_text,
                words=words,
            ),
            focus=focus,
            path=path_text,
            value=value,
            component=str(report.value(result, SH.sourceConstraintComponent)),
            evidence=words,
            certainty=certainty_of(rule.name, words),
        )


def _path(report: rdflib.Graph, path: Node, shapes: rdflib.Graph, rule: Rule) -> str:
    """The path of a result; not every engine describes in its report one that is more than a property."""
    from rdflib import SH, BNode, URIRef

    if isinstance(path, BNode) and not any(report.predicate_objects(path)):
        return written_path(shapes, shapes.value(URIRef(rule.iri), SH.path) or path)
    return written_path(report, path)


def _message(
    template: str,
    policy: PreparedPolicy,
    *,
    value: Term | None,
    path: str | None,
    words: Sequence[Evidence],
) -> str:
    """The rule's message with what was found filled in, as short as it can be."""
    note = "" if value is None else policy.value(value, "rdfs:comment")
    said = {
        "value": None if value is None else _short(value.value, policy.iri),
        "path": None if path is None else _short(path, policy.iri),
        "words": shortened(words[0].quote, _QUOTED) if words else None,
        "others": shortened(words[1].quote, _QUOTED) if len(words) > 1 else None,
        "note": note or None,
    }
    # In one pass, for the words of a policy may hold braces too; what is not known is left open.
    return _PLACEHOLDER.sub(lambda found: said.get(found[1]) or "…", template)


def _short(iri: str, policy: str) -> str:
    return "the policy" if iri == policy else compact(iri.removeprefix(f"{policy}/"))


def _source_names(policy: PreparedPolicy) -> tuple[str, ...]:
    sources = policy.values(ox.NamedNode(policy.iri), "prov:wasDerivedFrom")
    return tuple(sorted({name.value for each in sources for name in policy.values(each, "pg:fileName")}))
