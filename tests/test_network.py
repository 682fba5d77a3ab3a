"""Nothing that is read asks another computer, whatever it says: one listens here, and nobody comes.

Addresses stand in documents, graphs, queries and shapes in every place for which some library, somewhere, fetches
what they name. What fetches on purpose is tried in ``tests/loaders/test_web.py`` and ``tests/queries/endpoints``.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import docx
import pyoxigraph as ox
import pytest

from privagraph.errors import PrivagraphError, ProfileError, QueryError
from privagraph.loaders.readers import read_bytes
from privagraph.queries.answers import run
from privagraph.queries.store import GraphStore
from privagraph.shapes.own import own_profile
from privagraph.shapes.validation import check_policy

if TYPE_CHECKING:
    from .conftest import Listener

WORDS = "We share your email address with our partners to send you news about the house."


@pytest.fixture
def listener(listening: Listener) -> Iterator[Listener]:
    """A listener; the test fails where it is asked anything."""
    listening.asked.clear()  # what others asked of it before
    yield listening
    found, listening.asked[:] = list(listening.asked), []
    assert found == []


def test_the_listener_hears(listening: Listener) -> None:
    listening.asked.clear()
    with suppress(OSError):
        urlopen(f"{listening.address}/anybody")
    assert listening.asked == ["/anybody"]
    listening.asked.clear()


# -- documents


def word(part: str, old: str, new: str) -> bytes:
    """A Word document, with some text of one of its parts replaced."""
    stream, made = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph(WORDS)
    document.save(stream)
    with zipfile.ZipFile(stream) as there, zipfile.ZipFile(made, "w") as here:
        for name in there.namelist():
            text = there.read(name)
            assert name != part or old.encode() in text
            here.writestr(name, text.replace(old.encode(), new.encode(), 1) if name == part else text)
    return made.getvalue()


BODY = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEMPLATE = (
    f'<Relationship Id="rT" Type="{_OFFICE}/attachedTemplate" Target="@/template" TargetMode="External"/>'
)
DOCUMENTS = {
    "an external DTD": ("docx", BODY, "<w:document", '<!DOCTYPE w:document SYSTEM "@/dtd"><w:document'),
    "an external entity": (
        *("docx", BODY, "<w:document"),
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "@/entity">]><w:document',
    ),
    "a parameter entity": (
        *("docx", BODY, "<w:document"),
        '<!DOCTYPE w:document [<!ENTITY % x SYSTEM "@/parameter"> %x;]><w:document',
    ),
    "a template elsewhere": ("docx", RELATIONS, "</Relationships>", f"{TEMPLATE}</Relationships>"),
    "pictures, frames and scripts": (
        *("html", "", ""),
        '<base href="@/"><meta http-equiv="refresh" content="0; url=@/refresh"><link rel="stylesheet" href="@/css">'
        f'<script src="@/js"></script><img src="@/img"><iframe src="@/frame"></iframe><p>{WORDS}</p>',
    ),
    "XHTML with an entity": (
        *("html", "", ""),
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "@/x">]><html><body><p>&x; {WORDS}</p></body></html>',
    ),
    "Markdown with a picture": (
        "md",
        "",
        "",
        f"# Privacy\n\n![x](@/img) [y](@/link)\n\n{WORDS}\n\n[z]: @/ref\n",
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_are_read_alone(name: str, listener: Listener) -> None:
    kind, part, old, new = DOCUMENTS[name]
    new = new.replace("@", listener.address)
    data = word(part, old, new) if kind == "docx" else new.encode()
    try:
        told = read_bytes(data, name=f"policy.{kind}").text
    except PrivagraphError as error:
        told = str(error)
    assert WORDS in told or "policy.docx" in told


def test_an_entity_of_a_word_document_never_becomes_text(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the key under the mat is sold to nobody", "utf-8")
    data = word(
        BODY, "<w:document", f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document'
    )
    stream, made = io.BytesIO(data), io.BytesIO()
    with zipfile.ZipFile(stream) as there, zipfile.ZipFile(made, "w") as here:
        for name in there.namelist():
            here.writestr(name, there.read(name).replace(b"news about", b"news &x; about"))
    try:
        text = read_bytes(made.getvalue(), name="policy.docx").text
    except PrivagraphError as error:
        text = str(error)
    assert "key under the mat" not in text


# -- graphs

GRAPHS = {
    "context.jsonld": '{"@context": "@/context", "@id": "urn:a", "name": "one"}',
    "import.jsonld": '{"@context": {"@import": "@/import"}, "@id": "urn:a", "name": "one"}',
    "scoped.jsonld": '{"@context": {"p": {"@id": "urn:p", "@context": "@/scoped"}}, "@id": "urn:a", '
    '"p": {"@id": "urn:b"}}',
    "entity.rdf": '<!DOCTYPE rdf:RDF [<!ENTITY x SYSTEM "@/entity">]><rdf:RDF xmlns:p="@/p#" '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xml:base="@/base">'
    '<rdf:Description rdf:about=""><p:q>&x;</p:q></rdf:Description></rdf:RDF>',
    "dtd.rdf": '<!DOCTYPE rdf:RDF SYSTEM "@/dtd"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    "imports.ttl": "@base <@/base> . @prefix p: <@/prefix#> . <> "
    "<http://www.w3.org/2002/07/owl#imports> <@/imports>, p:x .",
}


@pytest.mark.parametrize("name", GRAPHS)
def test_graphs_are_read_alone(name: str, listener: Listener, tmp_path: Path) -> None:
    (tmp_path / name).write_text(GRAPHS[name].replace("@/", f"{listener.address}/"), "utf-8")
    try:
        with GraphStore.open(tmp_path / name) as store:
            told = str(list(store.quads()))
    except PrivagraphError as error:
        told = str(error)
    assert name in told or "urn:a" in told or told == "[]" or "/base" in told


# -- queries


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <@/from> { ?s ?p ?o }",
        "SELECT * FROM NAMED <@/named> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH <@/graph> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <@/service> { ?s ?p ?o } }",
        "LOAD <@/load>",
        "LOAD SILENT <@/load> INTO GRAPH <urn:g>",
        "DESCRIBE <@/describe>",
        "BASE <@/base> PREFIX p: <@/prefix#> SELECT * { p:a p:b <c> }",
    ],
)
def test_queries_are_answered_by_the_graph_at_hand(text: str, listener: Listener) -> None:
    store = GraphStore.in_memory(vocabulary=False)
    try:
        found = len(run(store, text.replace("@", listener.address)))
    except QueryError:
        found = 0
    assert found == 0


# -- shapes

HEAD = """@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <https://example.org/shapes#> .
"""
THING = ":s a sh:NodeShape ; sh:targetClass <urn:Thing> ; "
SELECTING = {
    "SERVICE": "SERVICE <@/1> { $this ?p ?o }",
    "joined to SILENT": "$this ?p ?o . SERVICESILENT<@/2> { $this ?p ?o }",
    "behind it a comment": "$this ?p ?o . SERVICE#\n<@/3> { $this ?p ?o }",
    "joined to a prefix": "$this ?p ?o . SERVICE:x { $this ?p ?o }",
    "a prefix": "$this ?p ?o . SERVICE x:y { $this ?p ?o }",
}
HARMLESS = {
    "owl:imports": f"<> owl:imports <@/imports> . {THING} sh:nodeKind sh:Literal .",
    "FROM": f"{THING} sh:sparql [ sh:message 'm' ; sh:select 'SELECT $this FROM <@/from> {{ $this ?p ?o }}' ] .",
    "JavaScript": f"{THING} sh:nodeKind sh:Literal ; sh:js [ a sh:JSConstraint ; sh:jsFunctionName 'f' ; "
    "sh:jsLibrary [ sh:jsLibraryURL '@/js'^^xsd:anyURI ] ] .",
}


def findings(shapes: str, listener: Listener, folder: Path) -> int:
    """How many findings shapes have on a graph that names shapes and graphs elsewhere."""
    at = listener.address
    (folder / "own.ttl").write_text(HEAD + shapes.replace("@/", f"{at}/").replace("\n<", "\\n<"), "utf-8")
    data = (
        f"<urn:a> a <urn:Thing> ; <http://www.w3.org/ns/shacl#shapesGraph> <{at}/shapes> ; "
        f"<http://www.w3.org/2002/07/owl#imports> <{at}/data> ."
    )
    quads = ox.parse(data, format=ox.RdfFormat.TURTLE)
    return len(check_policy("urn:a", quads, (own_profile(folder / "own.ttl"),), on=date(2026, 6, 1)).findings)


@pytest.mark.parametrize("name", SELECTING)
def test_a_query_in_a_shape_asks_nobody(name: str, listener: Listener, tmp_path: Path) -> None:
    prefixes = "PREFIX : <@/4#> PREFIX x: <@/5#>"
    shapes = f"{THING} sh:sparql [ sh:message 'm' ; sh:select \"{prefixes} SELECT $this {{ {SELECTING[name]} }}\" ] ."
    with pytest.raises(ProfileError, match="SERVICE"):
        findings(shapes, listener, tmp_path)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_shapes_name_is_not_fetched(name: str, listener: Listener, tmp_path: Path) -> None:
    assert findings(HARMLESS[name], listener, tmp_path) == (0 if name == "FROM" else 1)
