"""Hostile files of every format: what becomes of each, how long it takes, and how much memory.

``python tests/fuzz/hostile.py`` makes each file in a process of its own, reads it and maps what was read by rules, and
prints a table; names given to it choose among them. The bounds that end most of them are in ``docs/robustness.md``.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from inputs import docx_of, mhtml_of, pdf_of, pdf_page, pdf_stream

from privagraph.errors import RejectedDocumentError

SENTENCE = b"We keep your name and your address for as long as you are a guest of our house. "
LARGE = 49_000_000
PARAGRAPH = b"<w:p><w:r><w:t>We keep your name.</w:t></w:r></w:p>"
CELL = b"<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
LAUGHS = b"<!DOCTYPE d [<!ENTITY a 'haha'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (98 + number, b"&%c;" % (97 + number) * 10) for number in range(9)
)
EXTERNAL = b"<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[%s]/Count %d>>"
FORM = b"/Type/XObject/Subtype/Form/Resources<</XObject<</X %d 0 R>>>>"


def drawn(lines: int) -> bytes:
    """What draws some lines of text on a page."""
    return b"BT /F1 10 Tf 50 800 Td %sET" % (b"(We keep your name) Tj 0 -12 Td " * lines)


def doubling_forms() -> bytes:
    """A page with forms that each draw the next one twice."""
    forms = [pdf_stream(b"/X Do /X Do", FORM % number) for number in range(6, 40)]
    return pdf_page(b"/X Do", *forms, pdf_stream(drawn(2)))


def nested_parts() -> bytes:
    """A saved page in a part in a part, two thousand times."""
    part = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b%d\n\n"
    return b"".join(
        b"--b%d\n%s" % (number - 1, part % number) if number else part % 0 for number in range(2000)
    )


def repeated(unit: bytes, size: int = LARGE) -> bytes:
    """A unit again and again, up to some size."""
    return unit * (size // len(unit))


CASES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "docx: 49 MB of paragraphs, packed": ("a.docx", lambda: docx_of(repeated(PARAGRAPH))),
    "docx: 19 MB of paragraphs, packed": (
        "a.docx",
        lambda: docx_of(repeated(b"<w:p/>", 19_000_000) + PARAGRAPH),
    ),
    "docx: table of 100 × 300": (
        "a.docx",
        lambda: docx_of(b"<w:tbl>%s</w:tbl>" % ((b"<w:tr>%s</w:tr>" % (CELL * 100)) * 300)),
    ),
    "docx: billion laughs": (
        "a.docx",
        lambda: docx_of(PARAGRAPH + b"<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", LAUGHS),
    ),
    "docx: entity from a file": (
        "a.docx",
        lambda: docx_of(PARAGRAPH * 5 + b"<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", EXTERNAL),
    ),
    "docx: 100,000 elements deep": ("a.docx", lambda: docx_of(b"<w:sdt><w:sdtContent>" * 50_000 + PARAGRAPH)),
    "pdf: page that unpacks to 200 MB": ("a.pdf", lambda: pdf_page(b" " * 200_000_000)),
    "pdf: 10,000 lines on a page": ("a.pdf", lambda: pdf_page(drawn(10_000))),
    "pdf: page tree in a circle": ("a.pdf", lambda: pdf_of([CATALOG, PAGES % (b"2 0 R 2 0 R", 2)])),
    "pdf: page tree that doubles": (
        "a.pdf",
        lambda: pdf_of([CATALOG, *(PAGES % (b"%d 0 R " % n * 2, 2) for n in range(3, 40))]),
    ),
    "pdf: a million pages": (
        "a.pdf",
        lambda: pdf_of([CATALOG, PAGES % (b"3 0 R " * 1_000_000, 10**6), b"<</Type/Page>>"]),
    ),
    "pdf: arrays 100,000 deep": (
        "a.pdf",
        lambda: pdf_of([b"<</Type/Catalog/Pages 2 0 R/X %s>>" % (b"[" * 100_000)]),
    ),
    "pdf: forms that double": ("a.pdf", doubling_forms),
    "html: 100,000 elements deep": ("a.html", lambda: b"<html><body>" + b"<div>" * 100_000 + SENTENCE),
    "html: 50,000 tables deep": ("a.html", lambda: b"<html><body>" + b"<table><tr><td>a" * 50_000 + SENTENCE),
    "html: table of 1,000 × 1,000": (
        "a.html",
        lambda: b"<html><table>" + (b"<tr>" + b"<td>a</td>" * 1000) * 1000,
    ),
    "html: spans of a billion": (
        "a.html",
        lambda: b"<html><table>" + b"<tr><td colspan=1000000000 rowspan=99999>a" * 10_000,
    ),
    "html: 49 MB of text": ("a.html", lambda: b"<html><p>" + repeated(SENTENCE)),
    "html: 49 MB of pictures": (
        "a.html",
        lambda: b"<html><p>%s<img src='data:%s'>" % (SENTENCE, repeated(b"QUJD")),
    ),
    "html: 10,000 headings": ("a.html", lambda: b"<html>" + b"<h2>Data</h2><p>We keep it.</p>" * 10_000),
    "mhtml: 2,000 parts deep": ("a.mhtml", nested_parts),
    "mhtml: 45 MB of text": (
        "a.mhtml",
        lambda: mhtml_of(b"<html><p>" + repeated(SENTENCE + b"\n", 45_000_000)),
    ),
    "markdown: 100,000 quotes deep": ("a.md", lambda: b"> " * 100_000 + SENTENCE),
    "markdown: 100,000 brackets": ("a.md", lambda: b"[" * 100_000 + SENTENCE),
    "markdown: 100,000 open tags": ("a.md", lambda: b"<a " * 100_000 + SENTENCE),
    "markdown: 1,000 rows that say it": (
        "a.md",
        lambda: SENTENCE + b"\n\n| What | Why |\n|---|---|\n" + b"| email address | we share it |\n" * 1000,
    ),
    "text: 100 MB": ("a.txt", lambda: repeated(SENTENCE, 100_000_000)),
    "text: 49 MB in one line": ("a.txt", lambda: repeated(SENTENCE)),
    "text: 49 MB without a space": ("a.txt", lambda: b"a" * LARGE),
    "text: 49 MB of empty lines": ("a.txt", lambda: SENTENCE + b"\n" * LARGE),
    "text: a million short lines": ("a.txt", lambda: b"name\n" * 1_000_000),
    "text: 1 MB of NUL bytes": ("a.txt", lambda: SENTENCE * 9 + b"\0" * 1_000_000),
    "text: 100 kB of commas": ("a.txt", lambda: SENTENCE + b"name, " * 16_000),
    "text: 100 kB of digits and dots": ("a.txt", lambda: SENTENCE + b"1." * 50_000),
    "text: 1 MB of sentences": ("a.txt", lambda: repeated(SENTENCE, 990_000)),
}
"""What each is called: the name of the file, and what makes it."""


def _one(case: str) -> None:
    """Make one file, read and map it, and print what became of it, the seconds and the megabytes."""
    from invariants import map_whole

    name, make = CASES[case]
    data = make()
    before = _peak()
    start = time.process_time()
    found = map_whole(data, name)
    seconds = time.process_time() - start
    if isinstance(found, RejectedDocumentError):
        what = found.code
    elif isinstance(found, Exception):
        what = type(found).__name__
    else:
        what = f"{len(found.document.text):,} characters, {len(found.practices):,} practices"
    print(f"{what}\t{seconds:.1f}\t{_peak():.0f}\t{before:.0f}")


def _peak() -> float:
    """The megabytes that this program took at most; ``ru_maxrss`` counts those of whoever started it too."""
    (kilobytes,) = re.findall(
        r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text("ascii"), re.MULTILINE
    )
    return int(kilobytes) / 1024


def measured(case: str, *, seconds: int = 120) -> tuple[str, float, float, float]:
    """What became of a hostile file in a process of its own.

    Args:
        case: Which of :data:`CASES`.
        seconds: How much processor time the process may take.

    Returns:
        What it was read as or refused for, the seconds, the megabytes at most, and those before reading.
    """
    done = subprocess.run(
        [sys.executable, __file__, "--one", case],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)),
    )
    if done.returncode:
        raise RuntimeError(f"{case}: ended with {done.returncode}: {done.stderr[-300:]}")
    what, taken, peak, before = done.stdout.strip().split("\t")
    return what, float(taken), float(peak), float(before)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _one(sys.argv[2])
    else:
        print("| file | what becomes of it | seconds | MB at most (before reading) |\n|---|---|---|---|")
        for case in CASES:
            if all(word in case for word in sys.argv[1:]):
                what, taken, peak, before = measured(case)
                print(f"| {case} | {what} | {taken} | {peak:.0f} ({before:.0f}) |", flush=True)
