"""How soon the pages of ``privagraph serve`` show something, and how smoothly the explorer moves.

python benchmarks/pages.py GRAPH [--runs N] [--nodes N]

A server of the graph is started, and every page opened in Chromium (the program of that name, or the one that the
variable CHROMIUM names), each time with an empty cache. Told are, in seconds after the address was entered: the first
paint with content of the very first visit, for which the server has nothing ready yet; the medians of the first paint
and of the moment when the page is whole (its scripts have said so where it has any) in the visits after that; and what
crossed the wire. Then a picture of so many nodes is moved and zoomed with the mouse, and its frames are counted.
The machine's load is told too: figures of a busy machine are worth little.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from privagraph.queries.store import GraphStore
from privagraph.web.links import (
    compare_url,
    editor_url,
    explorer_url,
    policy_url,
    question_url,
    resource_url,
    validation_url,
    words_url,
)
from privagraph.web.policies import PolicyCard, policy_index

LIMIT = 1.5
"""Seconds within which each page shows its first content."""
SMOOTH = 30
"""Frames a second that the explorer reaches at least."""
ENOUGH = 40
"""How many policies the largest picture is of."""
FRAMES = """seconds => new Promise(done => {
  const stamps = [];
  const step = now => {
    stamps.push(now);
    if (now - stamps[0] < seconds * 1000) requestAnimationFrame(step); else done(stamps);
  };
  requestAnimationFrame(step);
})"""
PAINT = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return [paint ? paint.startTime : null, all.reduce((sum, each) => sum + each.transferSize, 0)];
}"""


def addresses(cards: list[PolicyCard]) -> dict[str, str]:
    """What is opened: each page, and those that grow with the graph with as much as it has."""
    largest = max(cards, key=lambda card: card.mentions)
    others = [card.key for card in cards if card is not largest]
    contact = "https://w3id.org/dpv/pd#EmailAddress"
    return {
        "overview": "/",
        "policy": policy_url(largest.key),
        "policy, at words": words_url(largest.key, 2000, 2040),
        "policy, one role": policy_url(largest.key, role="recipient"),
        "explorer": explorer_url(),
        "explorer, a policy": explorer_url(policy=largest.key),
        "explorer, a node": explorer_url(node=contact, hops="2"),
        "questions": "/questions",
        "question": question_url("recipients-by-data"),
        "question, a concept": question_url("evidence-of", concept="pd:EmailAddress"),
        "editor": editor_url("SELECT * WHERE { ?policy a pg:PrivacyPolicy } LIMIT 100"),
        "validation": validation_url(),
        "validation, a policy": validation_url(policy=largest.key),
        "compare": compare_url(),
        "compare, two": compare_url(largest.key, *others[:1]),
        "compare, five": compare_url(largest.key, *others[:4]),
        "upload": "/upload",
        "resource": resource_url(largest.iri),
        "resource, a term": resource_url(contact),
        "endpoint": "/sparql",
        "about the graph": "/void",
    }


@contextmanager
def served(graph: Path) -> Iterator[str]:
    """The address of a server, without a final slash."""
    command = [sys.executable, "-m", "privagraph", "serve", "--graph", str(graph), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stderr is not None
        try:
            said = process.stderr.readline()
            found = re.search(r"http://[\w.]+:\d+", said)
            assert found, said + process.stderr.read()
            yield found[0]
        finally:
            process.terminate()


def visit(browser: Browser, address: str) -> tuple[int, float, float, float]:
    """A visit with an empty cache: the status, first paint and whole page in seconds, kilobytes over the wire."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(60_000)
    try:
        page = context.new_page()
        answer = page.goto(address, wait_until="load")
        assert answer is not None
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        if "/explorer" in address:  # what a script draws after the page was loaded
            page.locator("html[data-ready]").wait_for(state="attached")
        whole = page.evaluate("performance.now()")
        paint, size = page.evaluate(PAINT)
        return answer.status, (paint or whole) / 1000, whole / 1000, size / 1000
    finally:
        context.close()


def frames(page: Page, box: dict[str, float], move: str) -> tuple[float, float]:
    """Frames a second while the mouse drags or zooms, and the longest frame but five in a hundred, in milliseconds."""
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    seconds = 3
    page.evaluate(f"window.counted = ({FRAMES})({seconds}); 0")
    until = time.monotonic() + seconds
    step = 0
    if move == "pan":
        page.mouse.down()
    while time.monotonic() < until:
        step += 1
        if move == "pan":
            page.mouse.move(middle[0] + 100 * ((step // 20) % 2) + step % 20 * 5, middle[1] + step % 40 * 3)
        else:
            page.mouse.wheel(0, 60 if (step // 15) % 2 else -60)
        page.wait_for_timeout(12)
    if move == "pan":
        page.mouse.up()
    stamps = page.evaluate("window.counted")
    gaps = sorted(after - before for before, after in pairwise(stamps))
    return 1000 * len(gaps) / sum(gaps), gaps[int(len(gaps) * 0.95)]


def opened(browser: Browser, server: str, chosen: dict[str, str], runs: int) -> None:
    """Open every page, and print how long it took."""
    print(f"{'first':>7} {'paint':>7} {'whole':>7} {'kB':>7}  page")
    slow: list[str] = []
    for name, address in chosen.items():
        visits = [visit(browser, server + address) for _ in range(runs + 1)]
        status, first, _, size = visits[0]
        paint, whole = (statistics.median(each[index] for each in visits[1:]) for index in (1, 2))
        told = name if status == 200 else f"{name}: STATUS {status}"
        slow += [name] if max(first, paint) > LIMIT else []
        print(f"{first:7.2f} {paint:7.2f} {whole:7.2f} {size:7.0f}  {told}", flush=True)
    print(f"first paint later than {LIMIT:g} s: {', '.join(slow) or 'none'}\n")


def moved(browser: Browser, server: str, keys: list[str], nodes: int, runs: int) -> None:
    """Move and zoom the explorer's picture of everything that these policies say, and print its frames."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(120_000)
    page.goto(server + explorer_url(view="full", most=str(nodes)) + "".join(f"&policy={key}" for key in keys))
    page.locator("html[data-ready]").wait_for(state="attached")
    canvas = page.locator(".graph-canvas")
    box = canvas.bounding_box()
    assert box is not None
    shown = canvas.get_attribute("aria-label")
    print(f"explorer: {shown}")
    for move in ("pan", "zoom"):
        before = canvas.screenshot()
        rates, longest = zip(*(frames(page, box, move) for _ in range(runs)), strict=True)
        assert canvas.screenshot() != before, f"{move} moved nothing"
        rate = statistics.median(rates)
        told = "" if rate >= SMOOTH else f"  slower than {SMOOTH}"
        print(
            f"{move:>7} {rate:5.0f} frames a second, 95 of 100 within {statistics.median(longest):.0f} ms{told}"
        )
    page.close()


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(
        description="Measure how soon pages show something, and how smoothly they move."
    )
    parser.add_argument("graph", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--nodes", type=int, default=1500)
    given = parser.parse_args()
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        parser.error("there is no Chromium; install it, or name it in the variable CHROMIUM")
    load = "/".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{given.graph}: load of the machine {load}, {os.cpu_count()} processors")
    with GraphStore.open(given.graph) as store:
        cards = list(policy_index(store))
    chosen = addresses(cards)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []  # the sandbox wants a user of its own
    with sync_playwright() as playwright, served(given.graph) as server:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        opened(browser, server, chosen, given.runs)
        moved(browser, server, [card.key for card in cards[:ENOUGH]], given.nodes, given.runs)
        browser.close()


if __name__ == "__main__":
    main()
