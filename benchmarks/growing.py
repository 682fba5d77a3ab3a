"""Grow a corpus of any number of policies from a few: passages shuffled between policies, companies renamed.

python benchmarks/growing.py N --output corpus.jsonl [--from FOLDER] [--share X] [--size BYTES] [--seed N]

No such corpus is real, and figures on one say how a run scales and nothing of how well it reads. Each policy takes the
headings of one of the folder's policies, and of the next ones until it has the size. Under each heading come passages
(a paragraph with the list that follows it) of the folder's policies that stood under a heading of the same kind (data,
use, sharing, rights and so on) and were of the same form, in shuffled order. Companies get an invented name, one for
each policy.

What recurs is told by ``--share``, from 0 to 1. That share of the passages of each policy, evenly spread, comes word
for word, under the heading that it stood under, from a pool of passages that all policies draw from, so large that each
of them is used ten times on average. Into every line of the other passages the name of an invented product is put, of
which each is used once, so that nothing that was kept of another passage can be used for it. With the same seed and
policies the corpus is the same, byte for byte.

So it is with real policies: of 101 of Android apps, 39 % of the text stands word for word in another one before it, and
nearly all of that under the same heading (36 % of the text).

A name that ends in .jsonl gets JSON Lines with `id`, `html`, `url` and `date`; any other is a folder of HTML files.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor
from pathlib import Path

from common import EXAMPLES, policies_in

from privagraph.errors import InputError
from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.readers import read_path

__all__ = ["Grown", "grow", "sections_of", "write"]

SIZE = 15_000
"""Bytes of text that a policy has, about."""
USES = 10
"""How often each passage of the pool is used, on average."""
_KINDS = {
    "children": r"child|minor|age\b|parent|pupil|student",
    "cookies": r"cookie|track|beacon|analytic",
    "rights": r"right|choice|access|delet|opt|control|consent",
    "sharing": r"shar|disclos|recipient|third|transfer|partner",
    "retention": r"ret(ain|ention)|keep|stor(e|age)|how long",
    "security": r"secur|protect|safe",
    "use": r"\buse|purpose|why|process",
    "data": r"collect|information|data",
    "contact": r"contact|question|about us|who we",
}
"""What a heading of each kind is told by; the first that fits counts."""
_LEGAL = r"(?:Inc|LLC|Ltd|Limited|GmbH|AG|Corp|Corporation|Co|BV|SA|PLC)\b\.?"
_COMPANY = re.compile(rf"((?:[A-Z][\w&’'-]+\s+){{1,3}}?)(?:,\s*)?{_LEGAL}")
_THING = re.compile(
    r"\b(our|the) ((?:web)?sites?|services?|apps?|applications?|platforms?|products?|games?)\b", re.I
)
_SHARED = "Malvorin"
"""What a company is called in passages that recur."""
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu bra clo dre fri gla".split()

Passage = tuple[tuple[str, str], ...]
"""The lines of a passage: the HTML element of each, and its text."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next one."""

    kind: str
    heading: str
    level: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Grown:
    """A policy of the corpus: its name, page and date."""

    name: str
    page: str
    date: str


def sections_of(document: Document) -> Iterator[Section]:
    """The sections of a policy, its company's name taken out."""
    company = _company_in(document.text)

    def text(block: Block) -> str:
        return company.sub("{company}", _plain(document.text_of(block)))

    heading, level, held = document.title or "Privacy Policy", 1, list[tuple[str, str]]()
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            if held:
                yield Section(_kind(heading), heading, level, tuple(_passages(held)))
            heading, level, held = text(block), block.level, []
        elif words := text(block):
            held.append(("li" if block.kind is BlockKind.LIST_ITEM else "p", words))
    if held:
        yield Section(_kind(heading), heading, level, tuple(_passages(held)))


def _passages(lines: list[tuple[str, str]]) -> Iterator[Passage]:
    """Lines cut where a paragraph begins; what follows one belongs to it."""
    begins = [0, *(place for place, (element, _) in enumerate(lines) if place and element == "p")]
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        yield tuple(lines[begin:end])


def _form(passage: Passage) -> str:
    return "list" if len(passage) > 1 or passage[0][0] == "li" else "paragraph"


def grow(
    folder: Path, number: int, *, share: float = 0.0, size: int = SIZE, seed: int = 1
) -> Iterator[Grown]:
    """The policies of a corpus, one after the other.

    Args:
        folder: Where the policies are that it grows from.
        number: How many there are to be.
        share: The share of the passages of each policy that come word for word from the pool.
        size: Bytes of text of each, about.
        seed: Another seed makes another corpus.
    """
    skeletons = [made for path in policies_in(folder) if (made := _read(path))]
    stocks: dict[tuple[str, str], list[tuple[str, Passage]]] = {}
    for section in (each for skeleton in skeletons for each in skeleton):
        for passage in section.passages:
            stocks.setdefault((section.kind, _form(passage)), []).append((section.heading, passage))
    sizes = [sum(len(text) for _, text in passage) for stock in stocks.values() for _, passage in stock]
    kept = min(1.0, number * size * share / USES / sum(sizes))
    dealt = random.Random(f"{seed}")
    pools: dict[tuple[str, str], list[tuple[str, Passage]]] = {}
    for key, stock in sorted(stocks.items()):
        shuffled = sorted(set(stock))
        dealt.shuffle(shuffled)
        pools[key] = shuffled[: ceil(len(shuffled) * kept)]
    for place in range(number):
        yield _grown(
            place, skeletons, stocks, pools, share=share, size=size, rng=random.Random(f"{seed}/{place}")
        )


_Stocks = dict[tuple[str, str], list[tuple[str, Passage]]]


def _grown(
    place: int,
    skeletons: list[list[Section]],
    stocks: _Stocks,
    pools: _Stocks,
    *,
    share: float,
    size: int,
    rng: random.Random,
) -> Grown:
    company = _invented(rng)
    lines = [
        f"<h1>{company} Privacy Policy</h1>",
        f"<p>{company} Ltd explains here what it does with personal data.</p>",
    ]
    length, count, turn = 0, 0, place
    while length < size:
        for section in skeletons[turn % len(skeletons)]:
            shown = ""
            for form in map(_form, section.passages):
                recurs = floor((count + 1) * share) > floor(count * share)
                heading, passage = rng.choice((pools if recurs else stocks)[section.kind, form])
                heading = (heading if recurs else section.heading).replace(
                    "{company}", _SHARED if recurs else company
                )
                if heading != shown:
                    level = min(6, max(2, section.level))
                    lines.append(f"<h{level}>{html.escape(heading)}</h{level}>")
                    shown = heading
                said = [
                    (element, text.replace("{company}", _SHARED))
                    if recurs
                    else (element, _unlike(text.replace("{company}", company), _invented(rng)))
                    for element, text in passage
                ]
                lines += _written(said)
                count, length = count + 1, length + sum(len(text.encode()) for _, text in said)
            if length >= size:
                break
        turn += 1
    head = f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{company} Privacy Policy</title></head>"
    date = f"{2018 + place % 8}-{1 + place % 12:02}-{1 + place % 28:02}"
    return Grown(
        f"policy-{place:06}", "\n".join((head, "<body><main>", *lines, "</main></body></html>\n")), date
    )


def _written(lines: list[tuple[str, str]]) -> Iterator[str]:
    """The lines of a passage as HTML."""
    for element, run in groupby(lines, key=lambda line: line[0]):
        items = [f"<{element}>{html.escape(text)}</{element}>" for _, text in run]
        yield from (["<ul>", *items, "</ul>"] if element == "li" else items)


def write(policies: Iterator[Grown], output: Path) -> None:
    """Write a corpus: JSON Lines, or a folder of HTML files.

    Args:
        policies: The policies.
        output: A name that ends in .jsonl, or a folder.
    """
    if output.suffix != ".jsonl":
        output.mkdir(parents=True, exist_ok=True)
        for each in policies:
            (output / f"{each.name}.html").write_text(each.page, encoding="utf-8")
        return
    with output.open("w", encoding="utf-8", newline="\n") as stream:
        for each in policies:
            url = f"https://{each.name}.example/privacy"
            record = {"id": each.name, "html": each.page, "url": url, "date": each.date}
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def _read(path: Path) -> list[Section]:
    try:
        return list(sections_of(read_path(path)))
    except InputError:
        return []  # what cannot be mapped is no policy to grow from


def _plain(text: str) -> str:
    return " ".join(text.replace("{", "(").replace("}", ")").split())


def _kind(heading: str) -> str:
    return next((kind for kind, sign in _KINDS.items() if re.search(sign, heading, re.I)), "other")


def _company_in(text: str) -> re.Pattern[str]:
    """What matches the name of the company that a policy is of, with its legal form or without; often enough."""
    found = _COMPANY.search(text)
    if found is None:
        return re.compile(r"(?!)")
    name = re.escape(found[1].strip())
    return re.compile(rf"\b{name}(?:,?\s*{_LEGAL})?")


def _invented(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=4)).capitalize()


def _unlike(text: str, product: str) -> str:
    """A passage that no other policy has: the name of a product is put in."""
    changed, times = _THING.subn(lambda found: f"{found[1]} {product} {found[2]}", text, count=1)
    return changed if times else f"{text} ({product})"


def main() -> None:
    """Grow a corpus and write it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("number", type=int, help="how many policies")
    parser.add_argument("--output", "-o", type=Path, required=True, help="a file of JSON Lines, or a folder")
    parser.add_argument("--from", dest="folder", type=Path, default=EXAMPLES, help="policies to grow it from")
    parser.add_argument(
        "--share", type=float, default=0.0, help="the share of passages that recur (default 0)"
    )
    parser.add_argument(
        "--size", type=int, default=SIZE, help="bytes of text of each policy (default %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    if not 0 <= chosen.share <= 1:
        parser.error("--share takes a number from 0 to 1")
    write(
        grow(chosen.folder, chosen.number, share=chosen.share, size=chosen.size, seed=chosen.seed),
        chosen.output,
    )


if __name__ == "__main__":
    main()
