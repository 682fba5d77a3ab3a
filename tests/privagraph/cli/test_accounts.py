"""What became of the sources of a run, in lines."""

from __future__ import annotations

from privagraph.cli.accounts import passed_over_lines, trouble_lines
from privagraph.loaders.inputs import NO_PAGES
from privagraph.loaders.pipeline import MapReport, Totals


def test_files_and_records_that_are_passed_over_are_told_apart() -> None:
    over = ("photo.png", f"crawl.warc.gz{NO_PAGES}1 HTTP 404, 6 request", "report.py")
    report = MapReport((), (), (), over, totals=Totals(passed_over=3))
    assert list(passed_over_lines(report)) == [
        "passed over 2 files of other kinds: photo.png, report.py",
        "passed over in crawl.warc.gz: 1 HTTP 404, 6 request",
    ]
    alone = MapReport((), (), (), over[1:2], totals=Totals(passed_over=1))
    assert list(passed_over_lines(alone)) == ["passed over in crawl.warc.gz: 1 HTTP 404, 6 request"]


def test_what_is_gone_from_shards_is_a_warning_that_says_what_to_do() -> None:
    losses = tuple(f"part-{number:05} is shorter than it was" for number in range(12))
    mended = list(trouble_lines(MapReport(losses=losses)))
    assert mended[0] == "warning: part-00000 is shorter than it was"
    assert mended[10:] == ["  and 2 more shards", "  this run has come to all of these sources again"]
    gone = MapReport(losses=losses[:1], errors="parts/errors.jsonl", totals=Totals(lost=3))
    assert list(trouble_lines(gone))[1:] == [
        "warning: 3 sources of earlier runs without a graph in the shards; map the same sources again, "
        "parts/errors.jsonl names them"
    ]
