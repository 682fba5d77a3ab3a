"""Profiles and their rules: what the shapes files of this package check, and why.

A profile is one Turtle file of ``shapes/profiles``; its name is the file's. A rule is one named shape of it.
The files are the only place where rules are written down; lists, reports and documentation read them from
here. Adding a file adds a profile, with no code.

A file is read strictly: a profile without a title, or a rule without a title, reason, message, severity or
source, is an error that names it. This module reads Turtle with pyoxigraph and runs no SHACL, so that listing
rules is quick; see :mod:`privagraph.shapes.validation` for checking a graph.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import pyoxigraph as ox

from privagraph.errors import ProfileError
from privagraph.ontology.namespaces import expand

__all__ = [
    "DEFAULT_PROFILES",
    "DOCUMENTATION",
    "SHAPES",
    "Profile",
    "Rule",
    "Severity",
    "profile",
    "profiles",
    "read_profile",
    "rule_named",
    "select_profiles",
    "short_source",
]

SHAPES = "https://w3id.org/privagraph/shapes/"
"""Every profile's IRI is this and its name; every rule's IRI is the profile's, ``#`` and the rule's name."""

DOCUMENTATION = "https://w3id.org/privagraph/docs/"
"""Where the documentation is; each rule has a page below ``rules/``."""

DEFAULT_PROFILES = ("structure", "gdpr", "consistency")
"""The profiles that are checked where none is named."""

_FOLDER = "profiles"


class Severity(StrEnum):
    """How grave a finding is; compare with :meth:`reaches`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def iri(self) -> str:
        """The SHACL severity that it stands for."""
        return _SEVERITY_IRIS[self]

    def reaches(self, threshold: Severity) -> bool:
        """Whether it is at least as grave as another.

        Example:
            >>> Severity.ERROR.reaches(Severity.WARNING), Severity.INFO.reaches(Severity.WARNING)
            (True, False)
        """
        order = list(Severity)
        return order.index(self) <= order.index(threshold)


_SEVERITY_IRIS: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.ERROR: expand("sh:Violation"),
        Severity.WARNING: expand("sh:Warning"),
        Severity.INFO: expand("sh:Info"),
    }
)
_SEVERITIES = {iri: severity for severity, iri in _SEVERITY_IRIS.items()}


@dataclass(frozen=True, slots=True)
class Rule:
    """One named shape.

    Attributes:
        iri: The shape's IRI.
        name: Profile and local name, such as ``gdpr:right-access``; unique over all profiles.
        profile: Name of the profile that it belongs to.
        title: What must hold, in a few words.
        reason: Why it must.
        message: What a finding says; ``{?value}`` and ``{?path}`` stand for what was found.
        severity: How grave a finding is.
        sources: IRIs of the clauses of law or of the standards that it comes from, as the file lists them.
        remedy: What to do about a finding.
        applies_when: SPARQL that selects ``?this`` (and as ``?value`` what shows it) where the rule applies; empty
            where it always does.
        stated_by: SPARQL that selects as ``?value`` what meets the rule; empty for a rule that is no item of a
            list of things to say.
        passes: Words of a policy that meet the rule, as an example.
        fails: Words of a policy that do not.
    """

    iri: str
    name: str
    profile: str
    title: str
    reason: str
    message: str
    severity: Severity
    sources: tuple[str, ...]
    remedy: str = ""
    applies_when: str = ""
    stated_by: str = ""
    passes: str = ""
    fails: str = ""

    @property
    def page(self) -> str:
        """The address of its page in the documentation; empty for shapes of one's own."""
        page = f"{self.profile}/{self.iri.rpartition('#')[2]}"
        return f"{DOCUMENTATION}rules/{page}" if self.iri.startswith(SHAPES) else ""

    @property
    def is_item(self) -> bool:
        """Whether it is an item that a policy has to state, and so counts in the completeness of its profile."""
        return bool(self.stated_by)


@dataclass(frozen=True, slots=True)
class Profile:
    """A set of rules that are chosen together.

    Attributes:
        name: The word by which it is chosen.
        title: What it is about, in a few words.
        description: What it checks.
        since: The version of privagraph that had it first.
        rules: Its rules, in the order of the file.
        turtle: The file's content.
        derivations: Names of what must be derived from a policy's graph before its shapes are run, see
            :mod:`privagraph.shapes.derivation`.
        prefixes: The prefixes that its queries use, as the PREFIX lines of SPARQL.
    """

    name: str
    title: str
    description: str
    since: str
    rules: tuple[Rule, ...]
    turtle: bytes
    derivations: tuple[str, ...] = ()
    prefixes: str = ""

    def rule(self, name: str) -> Rule:
        """The rule of a local name, such as ``right-access``.

        Raises:
            ProfileError: There is no such rule; the error names the nearest ones.
        """
        found = {rule.name.partition(":")[2]: rule for rule in self.rules}
        if name not in found:
            raise ProfileError(f"no rule {name!r} in profile {self.name!r}; {_did_you_mean(name, found)}")
        return found[name]


@cache
def profiles() -> tuple[Profile, ...]:
    """All profiles of this package: the default ones first, then the others by name.

    Example:
        >>> [each.name for each in profiles()][:2]
        ['structure', 'gdpr']
    """
    found = {}
    for entry in (files("privagraph.shapes") / _FOLDER).iterdir():
        name, dot, ending = entry.name.rpartition(".")
        if dot and ending == "ttl":
            found[name] = read_profile(entry.read_bytes(), name=name)
    order = [name for name in DEFAULT_PROFILES if name in found]
    return tuple(found[name] for name in order + sorted(found.keys() - order))


def profile(name: str) -> Profile:
    """The profile of a name, in capitals or not.

    Raises:
        ProfileError: There is no such profile; the error names the nearest ones.
    """
    found = {each.name: each for each in profiles()}
    if name.lower() not in found:
        raise ProfileError(f"no profile {name!r}; {_did_you_mean(name.lower(), found)}")
    return found[name.lower()]


def rule_named(name: str) -> Rule:
    """The rule of a name.

    Args:
        name: Such as ``gdpr:right-access``; or its local part, where no other profile has it.

    Raises:
        ProfileError: There is no such rule, or there are several; the error names them.
    """
    rules = [rule for each in profiles() for rule in each.rules]
    found = [rule for rule in rules if name in (rule.name, rule.name.partition(":")[2])]
    if len(found) > 1:
        raise ProfileError(
            f"several rules are called {name!r}: {', '.join(rule.name for rule in found)}; name one"
        )
    if not found:
        called: dict[str, list[str]] = {}
        for rule in rules:
            for each in (rule.name, rule.name.partition(":")[2]):
                called.setdefault(each, []).append(rule.name)
        alike = difflib.get_close_matches(name, called, n=6)
        near = list(dict.fromkeys(full for each in alike for full in called[each]))[:3]
        hint = (
            f"did you mean {', '.join(near)}?"
            if near
            else "`privagraph validate --list-profiles` names profiles"
        )
        raise ProfileError(f"no rule {name!r}; {hint}")
    return found[0]


def select_profiles(chosen: Iterable[str | Profile]) -> tuple[Profile, ...]:
    """The profiles of some names, each once, in the order of the names.

    Args:
        chosen: Names of profiles of this package, or profiles themselves, such as
            :func:`~privagraph.shapes.own.own_profile` reads.

    Raises:
        ProfileError: One of them does not exist, or none is named.
    """
    found = tuple(dict.fromkeys(profile(each) if isinstance(each, str) else each for each in chosen))
    if not found:
        raise ProfileError(f"no profile is named; choose from {', '.join(each.name for each in profiles())}")
    return found


def read_profile(turtle: bytes, *, name: str) -> Profile:
    """A profile from the content of a shapes file.

    Args:
        turtle: The file's content.
        name: The profile's name, which its IRIs must agree with.

    Raises:
        ProfileError: The file is not Turtle, or something that every profile or rule needs is missing.
    """
    iri = SHAPES + name
    try:
        nodes = _statements(turtle)
    except SyntaxError as error:
        raise ProfileError(f"{name}.ttl: not Turtle: {error.msg}; correct the file") from error
    space, shapes = f"{iri}#", {expand("sh:NodeShape"), expand("sh:PropertyShape")}
    rules = tuple(
        _rule(node, said, profile=name)
        for node, said in nodes.items()
        if node.startswith(space) and shapes.intersection(said.get(expand("rdf:type"), ()))
    )
    if not rules:
        raise ProfileError(f"{name}.ttl: holds no shape under {space}; name its shapes under that IRI")
    header = nodes.get(iri, {})
    title, description, since = (
        _one(header, curie, where=f"{name}.ttl: <{iri}>")
        for curie in ("dct:title", "dct:description", "owl:versionInfo")
    )
    derivations = tuple(header.get(expand("pg:needsDerivation"), ()))
    return Profile(name, title, description, since, rules, turtle, derivations, _prefixes(turtle))


def short_source(iri: str) -> str:
    """The name of a source as people cite it.

    Example:
        >>> short_source("https://eur-lex.europa.eu/eli/reg/2016/679/art_13/par_1/pnt_a/oj")
        'GDPR Art. 13(1)(a)'
        >>> short_source("https://www.ecfr.gov/current/title-16/section-312.4")
        '16 CFR § 312.4'
        >>> short_source("https://www.w3.org/TR/prov-o/#used")
        'prov-o#used'
    """
    for pattern, written in _CITATIONS:
        if found := pattern.search(iri):
            return written(found)
    last = iri.rstrip("/").split("/")
    return "".join(last[-2:]) if last[-1].startswith("#") else last[-1]


def _regulation(found: re.Match[str]) -> str:
    parts = (part.partition("_") for part in found[1].removesuffix("/oj").split("/"))
    return "GDPR" + "".join(f" Art. {no}" if kind == "art" else f"({no})" for kind, _, no in parts)


_CALIFORNIA = {"CIV": "Cal. Civ. Code", "BPC": "Cal. Bus. & Prof. Code", "EDC": "Cal. Educ. Code"}

_CITATIONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"/eli/reg/2016/679/(.+)"), _regulation),
    (
        re.compile(r"leginfo\.legislature\.ca\.gov/.*lawCode=([A-Z]+)&sectionNum=([\d.]+?)\.?$"),
        lambda found: f"{_CALIFORNIA.get(found[1], found[1])} § {found[2]}",
    ),
    (
        re.compile(r"ecfr\.gov/current/title-(\d+)/.*?(section|part)-([\d.]+)(?:#p-[\d.]+(\(.+))?$"),
        lambda found: f"{found[1]} CFR {'§' if found[2] == 'section' else 'Part'} {found[3]}{found[4] or ''}",
    ),
    (re.compile(r"/california/11-CCR-(\d+)$"), lambda found: f"11 CCR § {found[1]}"),
    (re.compile(r"/article29/items/622227$"), lambda _: "WP260 rev.01"),
    (re.compile(r"/uscode/text/(\d+)/(\w+)$"), lambda found: f"{found[1]} U.S.C. § {found[2]}"),
)
"""How the addresses of laws are cited: a pattern, and what it becomes."""


_Said = dict[str, list[str]]


def _statements(turtle: bytes) -> dict[str, _Said]:
    """What the file says of each named node: its properties and their values, in the order of the file."""
    nodes: dict[str, _Said] = {}
    for subject, predicate, value, _ in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            nodes.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value.value)
    return nodes


def _prefixes(turtle: bytes) -> str:
    """What the file declares by ``sh:declare``, as SPARQL has it."""
    declared: dict[str, dict[str, str]] = {}
    for subject, predicate, value, _ in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        for part in ("sh:prefix", "sh:namespace"):
            if predicate.value == expand(part) and isinstance(value, ox.Literal):
                declared.setdefault(str(subject), {})[part] = value.value
    spaces = sorted((said["sh:prefix"], said["sh:namespace"]) for said in declared.values() if len(said) == 2)
    return "\n".join(f"PREFIX {prefix}: <{space}>" for prefix, space in spaces)


def _rule(iri: str, said: _Said, *, profile: str) -> Rule:
    where = f"{profile}.ttl: shape <{iri}>"
    severity = _one(said, "sh:severity", where=where)
    sources = said.get(expand("dct:source"), [])
    if severity not in _SEVERITIES:
        raise ProfileError(f"{where}: sh:severity is <{severity}>; use sh:Violation, sh:Warning or sh:Info")
    if not sources:
        raise ProfileError(f"{where}: has no dct:source; name the clause that it comes from")
    title, reason, message = (
        _one(said, curie, where=where) for curie in ("rdfs:label", "rdfs:comment", "sh:message")
    )
    return Rule(
        iri=iri,
        name=f"{profile}:{iri.rpartition('#')[2]}",
        profile=profile,
        title=title,
        reason=reason,
        message=message,
        severity=_SEVERITIES[severity],
        sources=tuple(sources),
        remedy=_one(said, "pg:remedy", where=where, optional=True),
        applies_when=_one(said, "pg:appliesWhen", where=where, optional=True),
        stated_by=_one(said, "pg:statedBy", where=where, optional=True),
        passes=_one(said, "pg:passingExample", where=where, optional=True),
        fails=_one(said, "pg:failingExample", where=where, optional=True),
    )


def _one(said: _Said, curie: str, *, where: str, optional: bool = False) -> str:
    values = said.get(expand(curie), [])
    if optional and not values:
        return ""
    if len(values) != 1:
        raise ProfileError(f"{where}: has {len(values)} values of {curie}; it needs exactly one")
    return values[0]


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    names: Sequence[str] = list(known)
    near = difflib.get_close_matches(name, names, n=3)
    return f"did you mean {', '.join(near)}?" if near else f"choose from {', '.join(names)}"
