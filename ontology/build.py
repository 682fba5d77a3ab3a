"""Writes ``dpv.ttl``, the part of the Data Privacy Vocabulary that privagraph speaks, from a DPV release.

::

    python -m privagraph.ontology.build DPV_FOLDER [--output FILE]

``DPV_FOLDER`` holds the Turtle files of one release, named as DPV names them (``dpv.ttl``, ``pd.ttl``,
``eu-gdpr.ttl``, ``legal-us.ttl``, ``tech.ttl``, ``loc.ttl``; https://w3id.org/dpv). Kept are the terms
themselves: their IRIs, what they are (class, property, concept), labels and places in the hierarchy, and for
properties what they lead from and to. Definitions, notes, authors and dates stay with the release. A
statement whose object is not itself among the kept terms is left out (release 2.3 points from eu-gdpr to two
vocabularies of risks and justifications), and so is a DPV type that ``skos:broader`` already implies.

Of the 5,274 terms of ``loc`` only those are kept that a policy names as a place of its own law: every country
and supranational union, "outside" the unions and the countries of :data:`SUBDIVIDED`, and the parts of
:data:`SUBDIVIDED`, federations whose parts have privacy laws or supervisory authorities of their own, and
:data:`NATIONS`.

The output follows from the input alone, byte for byte: sorted, without dates and without blank nodes.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from privagraph.errors import InputError, PrivagraphError, UnreadableSourceError
from privagraph.ontology.namespaces import DPV_PREFIXES, PREFIXES, compact, expand
from privagraph.ontology.vocabulary import DPV_RELEASE

__all__ = ["NATIONS", "SUBDIVIDED", "build", "main"]

SUBDIVIDED = ("AU", "CA", "CH", "DE", "US")
"""Countries whose parts have privacy laws or supervisory authorities of their own."""

NATIONS = ("GB-EAW", "GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS")
"""The jurisdictions of the United Kingdom; its other 239 parts are councils."""

HEADER = f"""\
# Terms of the Data Privacy Vocabulary (DPV) {DPV_RELEASE}: IRIs, labels and hierarchy, without definitions.
# Written by `python -m privagraph.ontology.build`; do not edit.
#
# This document includes material copied from or derived from the Data Privacy Vocabulary (DPV),
# version {DPV_RELEASE}, https://w3id.org/dpv. Copyright © the contributors to the Data Privacy Vocabularies
# and Controls Community Group. Licence: W3C Software and Document License,
# https://www.w3.org/copyright/software-license-2023/
# Changes: a selection of terms and statements, sorted and put into one file.
"""

_TYPE, _BROADER, _LABEL = expand("rdf:type"), expand("skos:broader"), expand("skos:prefLabel")
_CLASS, _PROPERTY, _CONCEPT = expand("rdfs:Class"), expand("rdf:Property"), expand("skos:Concept")
_DCAM = "http://purl.org/dc/dcam/"
_KEPT = (
    _BROADER,
    _LABEL,
    expand("rdfs:subClassOf"),
    expand("rdfs:subPropertyOf"),
    expand("dpv:hasJurisdiction"),
    f"{_DCAM}domainIncludes",
    f"{_DCAM}rangeIncludes",
)
_SHORT = {f"{_DCAM}domainIncludes": "dcam:domainIncludes", f"{_DCAM}rangeIncludes": "dcam:rangeIncludes"}
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")

_Statements = Mapping[str, Mapping[str, frozenset[ox.NamedNode | ox.Literal]]]


def build(folder: Path) -> str:
    """The text of ``dpv.ttl`` for the release in a folder.

    Args:
        folder: The folder with the release's Turtle files.

    Returns:
        Turtle, sorted by term, ending in a line end.

    Raises:
        UnreadableSourceError: A file of the release is missing or does not parse.
        InputError: A file is of another release than :data:`~privagraph.ontology.vocabulary.DPV_RELEASE`.
    """
    statements: dict[str, Mapping[str, frozenset[ox.NamedNode | ox.Literal]]] = {}
    for prefix in DPV_PREFIXES:
        statements.update(_terms(folder / f"{prefix}.ttl", PREFIXES[prefix]))
    kept = {iri for iri in statements if _is_kept(iri, statements)}
    lines = [HEADER]
    used = ("dpv", "pd", "eu-gdpr", "legal-us", "loc", "tech", "rdf", "rdfs", "skos")
    names = {**{prefix: PREFIXES[prefix] for prefix in used}, "dcam": _DCAM}
    lines += [f"@prefix {prefix}: <{names[prefix]}> ." for prefix in sorted(names)]
    lines += [_block(iri, statements, kept) for iri in sorted(kept, key=compact)]
    return "\n".join(lines) + "\n"


def _terms(path: Path, space: str) -> _Statements:
    """What one file says about the concepts of its own namespace."""
    found: dict[str, dict[str, set[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(set))
    versions: set[str] = set()
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if predicate == expand("owl:versionInfo") and isinstance(value, ox.Literal):
                versions.add(value.value)
            if isinstance(subject, ox.BlankNode) or not subject.value.startswith(space):
                continue
            if isinstance(value, ox.NamedNode | ox.Literal):
                found[subject.value][predicate].add(value)
    except (OSError, SyntaxError) as error:
        raise UnreadableSourceError(
            str(path), f"cannot be read as Turtle ({error})", f"unpack DPV {DPV_RELEASE} into that folder"
        ) from error
    if versions != {DPV_RELEASE}:
        said = ", ".join(sorted(versions)) or "none"
        raise InputError(
            str(path), f"is of DPV release {said}", f"this program speaks DPV {DPV_RELEASE}; get that one"
        )
    return {
        iri: {predicate: frozenset(values) for predicate, values in predicates.items()}
        for iri, predicates in found.items()
        if _CONCEPT in _iris(predicates.get(_TYPE, ()))
    }


def _iris(values: Iterable[ox.NamedNode | ox.Literal]) -> set[str]:
    return {value.value for value in values if isinstance(value, ox.NamedNode)}


def _is_kept(iri: str, statements: _Statements) -> bool:
    """Whether a term is taken over: all of them but most of ``loc`` (see the module's text)."""
    prefix, _, name = compact(iri).partition(":")
    if prefix != "loc":
        return True
    types = _iris(statements[iri][_TYPE])
    if expand("dpv:Region") in types:
        return name in NATIONS or name.partition("-")[0] in SUBDIVIDED
    if expand("dpv:InverseJurisdiction") in types:
        inside = name.removeprefix("non-")
        return inside in (*SUBDIVIDED, "GB") or inside.startswith(("EU", "EEA"))
    return True


def _ancestors(iri: str, statements: _Statements) -> set[str]:
    """Everything above a term by ``skos:broader``."""
    found: set[str] = set()
    todo = [iri]
    while todo:
        for broader in _iris(statements.get(todo.pop(), {}).get(_BROADER, ())) - found:
            found.add(broader)
            todo.append(broader)
    return found


def _block(iri: str, statements: _Statements, kept: set[str]) -> str:
    """The statements about one term."""
    said = statements[iri]
    types = _iris(said[_TYPE])
    implied = _ancestors(iri, statements)
    lines = [_line("a", types & {_CLASS, _PROPERTY, _CONCEPT} | (types & kept) - implied)]
    lines += sorted(
        _line(_SHORT.get(predicate) or compact(predicate), texts)
        for predicate in _KEPT
        if (texts := list(_texts(said.get(predicate, ()), kept)))
    )
    return f"\n{_short(iri)} " + " ;\n    ".join(lines) + " ."


def _texts(values: Iterable[ox.NamedNode | ox.Literal], kept: set[str]) -> Iterator[str]:
    for value in values:
        if isinstance(value, ox.Literal):
            yield str(value)
        elif value.value in kept:
            yield value.value


def _line(predicate: str, values: Iterable[str]) -> str:
    return f"{predicate} " + ", ".join(sorted(_short(value) for value in values))


def _short(value: str) -> str:
    """A value as Turtle writes it: literals as they are, IRIs by prefix where the name needs no escape."""
    if value.startswith('"'):
        return value
    prefix, _, name = compact(value).partition(":")
    return f"{prefix}:{name}" if prefix in PREFIXES and _PLAIN_NAME.fullmatch(name) else f"<{value}>"


def main(arguments: Sequence[str] | None = None) -> int:
    """The program behind ``python -m privagraph.ontology.build``.

    Args:
        arguments: The command line, without the program's name; by default that of the process.

    Returns:
        The exit code: 0 written, 2 unusable input.
    """
    parser = argparse.ArgumentParser(
        prog="python -m privagraph.ontology.build",
        description=f"Write ontology/dpv.ttl from the Turtle files of DPV {DPV_RELEASE}.",
    )
    parser.add_argument(
        "folder", type=Path, metavar="DPV_FOLDER", help="folder with dpv.ttl, pd.ttl, loc.ttl, ..."
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=Path(__file__).with_name("dpv.ttl"),
        metavar="FILE",
        help="where to write (default: the dpv.ttl of this package)",
    )
    options = parser.parse_args(arguments)
    try:
        text = build(options.folder)
    except PrivagraphError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    options.output.write_text(text, encoding="utf-8", newline="\n")
    print(f"{options.output}: {text.count(' a ')} terms of DPV {DPV_RELEASE}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
