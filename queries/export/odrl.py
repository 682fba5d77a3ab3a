"""Policies as ODRL 2.2 (https://www.w3.org/TR/odrl-model/), for tools that read machine-readable rules.

A privacy policy says what a company does with data, in its own words; ODRL says what may, must and must not be done.
So a policy becomes an ``odrl:Set`` of rules that the company states for itself, one for each practice:

* what it says that it does or may do is a permission, what it says that it has to do is an obligation, what it says
  that it does not do is a prohibition;
* the assignee is the organisation that acts, where the graph knows it. There is no assigner: nobody granted anything;
* the target is the personal data that the policy is about, refined to the categories that the practice names;
* purposes, recipients, places, legal bases and the rest are constraints. A condition in words ("if you agree") is a
  constraint too, so that a rule with one never holds for a program that cannot tell. Words that no concept fits stand
  as text, for the same reason.

Terms of DPV are used after the ODRL mapping of DPV (https://w3id.org/dpv/mappings/odrl), which the document names as
its profile, beside the vocabulary of privagraph. Every node has an IRI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from privagraph.errors import GraphError
from privagraph.ontology.jsonld import Json
from privagraph.ontology.namespaces import PREFIXES, compact
from privagraph.ontology.reading import MentionView, PracticeView
from privagraph.queries.export.documents import write_documents
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.policies import Policy, parts_of, policies_of, says_purpose
from privagraph.queries.export.source import Source

__all__ = ["CONTEXT", "PROFILES", "write"]

_Object = dict[str, Json]

_DPV_ODRL = "https://w3id.org/dpv/mappings/odrl"
PROFILES = (_DPV_ODRL, PREFIXES["pg"].rstrip("#"))
"""The profiles whose terms the documents use, besides ODRL's own."""
_SPACES = ("dpv", "pd", "eu-gdpr", "legal-us", "loc", "tech", "pg", "dct", "rdfs", "xsd")
CONTEXT: tuple[Json, ...] = (
    "http://www.w3.org/ns/odrl.jsonld",
    {"dpv-odrl": f"{_DPV_ODRL}#", **{prefix: PREFIXES[prefix] for prefix in _SPACES}},
)
"""The JSON-LD context of the documents: W3C's for ODRL, then prefixes."""


_LANGUAGE = re.compile("[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class _Operand:
    """What a part of a practice is called in a constraint.

    Attributes:
        left: The left operand.
        roles: The roles of the mentions.
        every: Whether several values hold together; else any of them does.
        lists: Whether the profile allows lists of values (``isAnyOf``, ``isNoneOf``).
        classes: Whether a value can be a class of what is meant (``isA``).
    """

    left: str
    roles: tuple[str, ...]
    every: bool = False
    lists: bool = True
    classes: bool = True


_DATA = _Operand("dpv-odrl:PersonalData", ("data_category",))
_BASIS = _Operand("dpv-odrl:LegalBasis", ("legal_basis", "legitimate_interest"), lists=False)
_PURPOSE = _Operand("purpose", ("purpose", "legitimate_interest"))
_OPERANDS = (
    _PURPOSE,
    _Operand("recipient", ("recipient",)),
    _BASIS,
    _Operand("dpv-odrl:HumanSubject", ("data_subject",)),
    _Operand("dpv-odrl:DataSource", ("source",), lists=False),
    _Operand("spatial", ("storage_location", "transfer_destination"), classes=False),
    _Operand(
        "dpv-odrl:TechnicalOrganisationalMeasure", ("transfer_safeguard", "security_measure"), every=True
    ),
    _Operand("dpv-odrl:Technology", ("tracking_technology",)),
    _Operand("dpv-odrl:Right", ("right",)),
)


def write(source: Source, output: Output) -> Written:
    """Write one set of rules a policy: alone, several as a graph, in a folder each as a file.

    Raises:
        GraphError: No policy states a practice; ODRL has no sets without a rule.
    """
    policies = list(policies_of(source))
    stating = [policy for policy in policies if policy.view.practices]
    if not stating:
        raise GraphError(
            source.store.location,
            "no practice to write, and an ODRL policy has at least one rule",
            "choose another policy or other filters",
        )
    made = ((policy.view.iri, _document(policy)) for policy in stating)
    left = len(policies) - len(stating)
    write_documents(made, output, several=_together)
    return Written(notes=(f"Left out, since ODRL has no policies without rules: {left}.",) if left else ())


def _together(documents: list[Json]) -> Json:
    sets: list[Json] = [
        {key: value for key, value in each.items() if key != "@context"}
        for each in documents
        if isinstance(each, dict)
    ]
    return {"@context": [*CONTEXT], "@graph": sets}


def _document(policy: Policy) -> _Object:
    view = policy.view
    rules: dict[str, list[Json]] = {}
    for practice in view.practices:
        kind = (
            "prohibition"
            if practice.denied
            else "obligation"
            if practice.modality == "required"
            else "permission"
        )
        rules.setdefault(kind, []).append(_Rule(policy, practice, kind.capitalize()).made())
    title = policy.value(view.iri, "dct:title") or view.label
    return {
        "@context": [*CONTEXT],
        "uid": _own(view.iri),
        "type": "Set",
        "profile": [*PROFILES],
        "conflict": "prohibit",
        "dct:title": _text(title, view.language),
        "dct:source": {"@id": view.iri},
        **{kind: rules[kind] for kind in ("permission", "obligation", "prohibition") if kind in rules},
    }


class _Rule:
    """One rule while it is made."""

    def __init__(self, policy: Policy, practice: PracticeView, kind: str) -> None:
        self._policy, self._practice = policy, practice
        self._kind = "Duty" if kind == "Obligation" else kind
        self._uid = _own(practice.iri)
        self._count = 0

    def made(self) -> _Object:
        practice = self._practice
        stated, excepted = parts_of(practice)
        actor = self._policy.actor(practice)
        target = self._target(stated, excepted)
        constraints = list(self._constraints(stated, against=False))
        constraints += self._constraints(excepted, against=True)
        constraints += self._rest(stated)
        return {
            "uid": self._uid,
            "type": self._kind,
            **({"assignee": self._party(actor)} if actor else {}),
            "action": _short(practice.processing),
            "target": target,
            **({"constraint": constraints} if constraints else {}),
            "dct:description": _text(practice.quote, self._policy.view.language),
            "dct:source": {"@id": practice.iri},
            "pg:modality": {"@id": f"pg:{practice.modality}"},
            "pg:confidence": {"@value": f"{Decimal(str(practice.confidence)):f}", "@type": "xsd:decimal"},
        }

    def _party(self, iri: str) -> _Object:
        return {"uid": iri, "type": "Party", "rdfs:label": self._policy.name(iri)}

    def _target(self, stated: Sequence[MentionView], excepted: Sequence[MentionView]) -> _Object:
        """The data of the policy; those of the categories that are named, where any are."""
        everything = _own(self._policy.view.iri) + "/data"
        refined = [
            *self._of_operand(_DATA, stated, against=False),
            *self._of_operand(_DATA, excepted, against=True),
        ]
        if not refined:
            return {"uid": everything, "type": "AssetCollection"}
        return {
            "uid": f"{self._uid}/data",
            "type": "AssetCollection",
            "source": everything,
            "refinement": refined,
        }

    def _constraints(self, mentions: Sequence[MentionView], *, against: bool) -> Iterator[Json]:
        for operand in _OPERANDS:
            yield from self._of_operand(operand, mentions, against=against)

    def _of_operand(
        self, operand: _Operand, mentions: Sequence[MentionView], *, against: bool
    ) -> Iterator[Json]:
        chosen = [each for each in mentions if each.role in operand.roles and _fits(each, operand)]
        if not chosen:
            return
        if len(chosen) > 1 and operand.lists and not operand.every:
            values: list[Json] = [self._value(each) for each in chosen]
            yield self._constraint(operand.left, "isNoneOf" if against else "isAnyOf", {"@list": values})
            return
        single = [
            self._constraint(operand.left, _operator(each, operand, against=against), self._value(each))
            for each in chosen
        ]
        if len(single) == 1 or operand.every or against:
            yield from single
        else:
            yield {"uid": self._next(), "type": "LogicalConstraint", "or": {"@list": [*single]}}

    def _rest(self, stated: Sequence[MentionView]) -> Iterator[Json]:
        """How long, and the condition in words."""
        for each in stated:
            if each.role == "retention":
                length = self._policy.duration(each)
                value: Json = (
                    {"@value": length, "@type": "xsd:duration"} if length else self._words(each.quote)
                )
                yield self._constraint("dpv-odrl:Duration", "eq", value)
        if self._practice.condition:
            yield self._constraint("pg:condition", "eq", self._words(self._practice.condition))

    def _constraint(self, left: str, operator: str, right: Json) -> _Object:
        return {
            "uid": self._next(),
            "type": "Constraint",
            "leftOperand": left,
            "operator": operator,
            "rightOperand": right,
        }

    def _value(self, mention: MentionView) -> Json:
        if mention.agent:
            return {"@id": mention.agent, "rdfs:label": self._policy.name(mention.agent)}
        return {"@id": _short(mention.concept)} if mention.concept else self._words(mention.quote)

    def _words(self, text: str) -> Json:
        return _text(text, self._policy.view.language)

    def _next(self) -> str:
        self._count += 1
        return f"{self._uid}/constraint/{self._count}"


def _operator(mention: MentionView, operand: _Operand, *, against: bool) -> str:
    if against:
        return "odrl:neq"  # the short name leads to another IRI in W3C's context
    return "isA" if operand.classes and mention.concept and not mention.agent else "eq"


def _fits(mention: MentionView, operand: _Operand) -> bool:
    return mention.role != "legitimate_interest" or says_purpose(mention) == (operand is _PURPOSE)


def _own(iri: str) -> str:
    """The IRI of what an ODRL document says of a node: the node itself is no ODRL rule."""
    return f"{iri}/odrl"


def _short(iri: str) -> str:
    """An IRI under one of the prefixes of the context; in full where none fits."""
    short = compact(iri)
    return short if short.partition(":")[0] in _SPACES else iri


def _text(text: str, language: str) -> Json:
    return {"@value": text, "@language": language} if _LANGUAGE.fullmatch(language) else text
