from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph.loaders.readers import read_path
from privagraph.ontology.namespaces import expand
from privagraph.shapes.originals import Original, Originals, Region

POLICY = "https://w3id.org/privagraph/id/policy/0123456789abcdef"


class Shelf:
    """A source of policies whose graphs say of their files what a mapping says."""

    location = "memory"

    def __init__(self) -> None:
        self._quads: dict[str, list[ox.Quad]] = {}

    def policies(self) -> list[str]:
        return list(self._quads)

    def unsorted_quads(self, policy_iri: str | None = None) -> Iterator[ox.Quad]:
        yield from self._quads.get(policy_iri or POLICY, ())

    def add(self, name: str, text: str, *, digest: str, media_type: str, policy: str = POLICY) -> None:
        graph = self._quads.setdefault(policy, [])
        file = f"{policy}/source/{len(graph)}"
        for subject, predicate, value in (
            (policy, "pg:text", ox.Literal(text)),
            (policy, "prov:wasDerivedFrom", ox.NamedNode(file)),
            (file, "pg:fileName", ox.Literal(name)),
            (file, "pg:inputHash", ox.Literal(f"sha256:{digest}")),
            (file, "dct:format", ox.Literal(media_type)),
        ):
            graph.append(ox.Quad(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), value))


class Read:
    """A file that was read as a policy is, and what finds words in it."""

    def __init__(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        document = read_path(path)
        self.text = document.text
        shelf = Shelf()
        shelf.add(path.name, self.text, digest=document.input_hash, media_type=document.media_type)
        (self.original,) = Originals(shelf, folder=path.parent).of(POLICY)

    def regions(self, quote: str) -> list[Region | None]:
        """The place of each occurrence of a quote in the policy's text."""
        found = []
        at = self.text.find(quote)
        assert at >= 0, f"{quote!r} is not in {self.text!r}"
        while at >= 0:
            found.append(self.original.region(at, at + len(quote)))
            at = self.text.find(quote, at + 1)
        return found

    def place(self, quote: str) -> tuple[int, int, int, int, str]:
        (region,) = self.regions(quote)
        assert region is not None
        return (
            region.start_line,
            region.start_column,
            region.end_line,
            region.end_column,
            region.snippet,
        )


PLAIN = """Privacy policy of Kestrel Kites

We collect your email address when you make an account, and your
postal address when you order a kite. We do not sell them.

* We share your postal address with couriers.
* We keep your data for ten years.
"""


def test_the_lines_of_a_plain_text(tmp_path: Path) -> None:
    read = Read(tmp_path / "kestrel.txt", PLAIN.encode())
    assert read.original.problem == ""
    assert read.place("your email address") == (3, 12, 3, 30, "your email address")
    assert read.place("your postal address when") == (3, 61, 4, 20, "your\npostal address when")
    assert read.place("ten years.") == (7, 25, 7, 35, "ten years.")
    assert read.place("We keep your data for ten years.")[:4] == (7, 3, 7, 35)


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_and_byte_order_marks_move_nothing(tmp_path: Path, end: str, encoding: str) -> None:
    read = Read(tmp_path / "kestrel.txt", PLAIN.replace("\n", end).encode(encoding))
    assert read.place("Privacy policy")[:4] == (1, 1, 1, 15)
    assert read.place("do not sell") == (4, 42, 4, 53, "do not sell")
    assert read.place("couriers") == (6, 37, 6, 45, "couriers")


def test_columns_count_code_points(tmp_path: Path) -> None:
    text = "Политика 🪁🇪🇺\n\n我们收集您的电子邮件地址。🪁 We keep your data, e\u0301 la carte.\n"
    read = Read(tmp_path / "kite.txt", text.encode())
    assert read.place("收集您的电子邮件") == (3, 3, 3, 11, "收集您的电子邮件")
    assert read.place("We keep your data") == (3, 16, 3, 33, "We keep your data")
    assert read.place("la carte.") == (3, 38, 3, 47, "la carte.")


MARKDOWN = """---
title: We collect your data
---
# Privacy at **Kestrel**

We [collect your data](https://kestrel.example/collect-your-data) and keep
*it* for `ten` years &amp; a day. Write to <privacy@kestrel.example>.

1. We **share** it with [couriers][c].
2. We don\\'t *sell* it.

| data | why |
|------|-----|
| email address | to wr*it*e to you |

[c]: https://couriers.example
"""


def test_the_lines_of_markdown(tmp_path: Path) -> None:
    read = Read(tmp_path / "kestrel.md", MARKDOWN.encode())
    assert read.place("collect your data")[:4] == (6, 5, 6, 22)
    assert read.place("We collect your data and keep it for ten years & a day")[:4] == (6, 1, 7, 33)
    assert read.place("privacy@kestrel.example")[:4] == (7, 45, 7, 68)
    assert read.place("We share it with couriers.") == (9, 4, 9, 39, "We **share** it with [couriers][c].")
    assert read.place("sell it")[:4] == (10, 15, 10, 23)
    assert read.place("to write to you")[4] == "to wr*it*e to you"


HTML = """<!DOCTYPE html>
<html lang="en"><head><title>We collect your data</title>
<script>const words = "We collect your data";</script></head>
<body><nav><a href="#1">We collect your data</a> <a href="#2">Contact</a></nav>
<main><h1>Privacy at Kestrel</h1>
<!-- We collect your data -->
<p>We <b>collect</b>
  your&nbsp;data, na&iuml;vely &amp; <i>care</i>fully. It is kept for ten&#32;years.</p>
<ul><li>We share it with <a title="a > b" href="x">couriers</a>.</li><li>We sell nothing.</li></ul>
</main><footer>Contact</footer></body></html>
"""


def test_the_lines_of_html(tmp_path: Path) -> None:
    read = Read(tmp_path / "kestrel.html", HTML.encode())
    regions = read.regions("We collect")
    assert [(each.start_line, each.end_line) for each in regions if each][-1] == (7, 7)
    snippet = "your&nbsp;data, na&iuml;vely &amp; <i>care</i>fully."
    assert read.place("your data, naïvely & carefully.") == (8, 3, 8, 3 + len(snippet), snippet)
    assert read.place("ten years")[4] == "ten&#32;years"
    assert read.place("We sell nothing.")[:2] == (9, 74)


def test_a_repeated_sentence_has_the_place_of_its_own(tmp_path: Path) -> None:
    refrain = "You can object to this at any time."
    text = (
        f"# Ads\n\nWe show ads. {refrain}\n\n# Mail\n\nWe send mail. {refrain} {refrain}\n\n"
        f"# Maps\n\n{refrain}\n"
    )
    read = Read(tmp_path / "refrain.md", text.encode())
    lines = [(each.start_line, each.start_column) for each in read.regions(refrain) if each]
    assert lines == [(3, 14), (7, 15), (7, 15 + len(refrain) + 1), (11, 1)]


def test_words_that_the_file_does_not_hold_have_no_place(tmp_path: Path) -> None:
    content = PLAIN.encode()
    path = tmp_path / "kestrel.txt"
    path.write_bytes(content)
    shelf = Shelf()
    digest = hashlib.sha256(content).hexdigest()
    invented = (
        "Privacy policy of Kestrel Kites\n\nWe invented this sentence. We keep your data for ten years."
    )
    shelf.add("kestrel.txt", invented, digest=digest, media_type="text/plain")
    (original,) = Originals(shelf, folder=tmp_path).of(POLICY)
    at = invented.index("We invented")
    assert original.region(at, at + 25) is None
    assert original.region(at + 3, at + 40) is None  # half of it is there
    at = invented.index("ten years")
    assert original.region(at, at + 9) == Region(7, 25, 7, 34, "ten years")


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 2), (10_000, 10_010), (31, 33)])
def test_no_words_have_no_place(tmp_path: Path, start: int, end: int) -> None:
    read = Read(tmp_path / "kestrel.txt", PLAIN.encode())
    assert read.original.region(start, end) is None


def test_a_part_of_a_word_has_a_place(tmp_path: Path) -> None:
    read = Read(tmp_path / "kestrel.txt", PLAIN.encode())
    at = read.text.index("Kestrel")
    assert read.original.region(at + 1, at + 4) == Region(1, 20, 1, 23, "est")


@pytest.fixture
def shelf() -> Shelf:
    made = Shelf()
    digest = hashlib.sha256(PLAIN.encode()).hexdigest()
    made.add("site/kestrel.txt", PLAIN, digest=digest, media_type="text/plain")
    return made


def found(shelf: Shelf, folder: Path | None, *, known: Path | None = None) -> Original:
    files = {} if known is None else {"site/kestrel.txt": known}
    (original,) = Originals(shelf, folder=folder, files=files).of(POLICY)
    return original


@pytest.mark.parametrize("place", ["site/kestrel.txt", "deeper/down/site/kestrel.txt"])
def test_a_file_is_found_below_the_folder(tmp_path: Path, shelf: Shelf, place: str) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(PLAIN)
    original = found(shelf, tmp_path)
    assert (original.path, original.problem) == (path, "")
    assert original.region(0, 7) == Region(1, 1, 1, 8, "Privacy")


@pytest.mark.parametrize(
    "place", ["other.txt", "kestrel.txt", ".hidden/site/kestrel.txt", "node_modules/site/kestrel.txt"]
)
def test_other_files_are_left_alone(tmp_path: Path, shelf: Shelf, place: str) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PLAIN)
    original = found(shelf, tmp_path)
    assert original.path is None
    assert original.problem == f"is not below {tmp_path}"
    assert original.region(0, 7) is None


def test_of_two_files_of_one_name_it_is_the_one_that_was_mapped(tmp_path: Path, shelf: Shelf) -> None:
    for folder, content in (("a", "Another policy."), ("b", PLAIN), ("c", "A third.")):
        (tmp_path / folder / "site").mkdir(parents=True)
        (tmp_path / folder / "site" / "kestrel.txt").write_text(content)
    assert found(shelf, tmp_path).path == tmp_path / "b" / "site" / "kestrel.txt"


def test_a_file_that_has_changed_since_has_no_lines(tmp_path: Path, shelf: Shelf) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "kestrel.txt").write_text(f"One line more.\n{PLAIN}")
    original = found(shelf, tmp_path)
    assert original.path == tmp_path / "site" / "kestrel.txt"
    assert original.problem.startswith("has changed since it was mapped")
    assert original.region(0, 7) is None


def test_a_file_that_is_known_is_not_looked_for(tmp_path: Path, shelf: Shelf) -> None:
    path = tmp_path / "elsewhere.md"
    path.write_text(PLAIN)
    original = found(shelf, None, known=path)
    assert (original.path, original.problem) == (path, "")
    assert found(shelf, None).problem == "was not found"


@pytest.mark.parametrize("name", ["../kestrel.txt", "/etc/hostname", "..", "", "\0", "a" * 5000])
def test_a_name_never_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "kestrel.txt").write_text(PLAIN)
    inside = tmp_path / "inside"
    inside.mkdir()
    shelf = Shelf()
    shelf.add(name, PLAIN, digest=hashlib.sha256(PLAIN.encode()).hexdigest(), media_type="text/plain")
    (original,) = Originals(shelf, folder=inside).of(POLICY)
    assert original.path is None


def test_binary_formats_and_addresses_have_no_lines(tmp_path: Path) -> None:
    (tmp_path / "policy.pdf").write_bytes(b"%PDF-1.7")
    shelf = Shelf()
    digest = hashlib.sha256(b"%PDF-1.7").hexdigest()
    shelf.add("policy.pdf", PLAIN, digest=digest, media_type="application/pdf")
    shelf.add("https://kestrel.example/privacy", PLAIN, digest=digest, media_type="text/html")
    first, second = Originals(shelf, folder=tmp_path).of(POLICY)
    assert (first.name, first.problem) == ("https://kestrel.example/privacy", "was read from the web")
    assert (second.name, second.problem) == (
        "policy.pdf",
        "is of a format without lines (application/pdf)",
    )


def test_a_file_with_lines_comes_first(tmp_path: Path, shelf: Shelf) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "kestrel.txt").write_text(PLAIN)
    shelf.add("a-copy.txt", PLAIN, digest="0" * 64, media_type="text/plain")
    assert [each.name for each in Originals(shelf, folder=tmp_path).of(POLICY)] == [
        "site/kestrel.txt",
        "a-copy.txt",
    ]


def test_a_policy_without_files_has_none(tmp_path: Path) -> None:
    assert Originals(Shelf(), folder=tmp_path).of(POLICY) == ()


def test_the_time_grows_in_proportion(tmp_path: Path, work: Callable[..., int]) -> None:
    def steps(size: int) -> int:
        sentences = [
            f"<p>We <b>keep</b> item {number} of your data for {number % 7} years.</p>"
            for number in range(size)
        ]
        path = tmp_path / f"{size}.html"
        content = f"<main>{''.join(sentences)}</main>".encode()
        path.write_bytes(content)
        text = "\n\n".join(f"We keep item {n} of your data for {n % 7} years." for n in range(size))
        shelf = Shelf()
        shelf.add(path.name, text, digest=hashlib.sha256(content).hexdigest(), media_type="text/html")

        def place() -> None:
            (original,) = Originals(shelf, files={path.name: path}).of(POLICY)
            assert all(original.region(at, at + 20) for at in range(0, len(text) - 40, 41))

        return work(place)

    steps(10)  # what is made once
    assert steps(2000) < 12 * steps(200)


def test_a_file_that_cannot_be_read_has_no_lines(tmp_path: Path, shelf: Shelf) -> None:
    original = found(shelf, None, known=tmp_path)  # a folder, which has no bytes
    assert original.problem == "has changed since it was mapped, or cannot be read"
    assert original.region(0, 7) is None


class OddShelf(Shelf):
    """A source that counts how often it is read, and says more than a mapping does."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0

    def unsorted_quads(self, policy_iri: str | None = None) -> Iterator[ox.Quad]:
        self.reads += 1
        policy, says = ox.NamedNode(POLICY), ox.NamedNode("https://example.org/says")
        yield ox.Quad(policy, says, ox.Triple(policy, says, policy))
        yield ox.Quad(policy, ox.NamedNode(expand("prov:wasDerivedFrom")), ox.NamedNode("urn:unknown"))
        yield ox.Quad(policy, ox.NamedNode(expand("rdfs:label")), ox.Literal("Kestrel"))
        yield from super().unsorted_quads(policy_iri)


def test_a_policy_is_read_once_for_all_its_findings(tmp_path: Path) -> None:
    shelf = OddShelf()
    shelf.add("a.txt", PLAIN, digest="0" * 64, media_type="text/plain")
    originals = Originals(shelf, folder=tmp_path)
    assert originals.of(POLICY) is originals.of(POLICY)
    assert [each.name for each in originals.of(POLICY)] == ["a.txt"]
    assert shelf.reads == 1
