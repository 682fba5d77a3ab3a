"""What became of the sources of a run, in lines."""

from __future__ import annotations

from privagraph.cli.accounts import passed_over_lines
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
