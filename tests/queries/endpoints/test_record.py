from __future__ import annotations

from pathlib import Path

import pytest

from privagraph.errors import GraphError
from privagraph.queries.endpoints.addresses import address_of
from privagraph.queries.endpoints.record import LoadRecord, graph_digest, usual_place
from privagraph.queries.store import GraphStore

HERE, THERE = address_of("http://a.example/query"), address_of("http://b.example/query")


def test_what_was_noted_is_known_by_the_next(tmp_path: Path) -> None:
    with LoadRecord(tmp_path / "new" / "sent", HERE) as record:
        record.note([("urn:a", b"1", False), ("urn:b", b"2", False)])
        record.note([("urn:a", b"3", True), ("urn:b", b"4", False)])
    with LoadRecord(tmp_path / "new" / "sent", HERE) as record:
        known = [
            record.knows(*each)
            for each in (("urn:a", b"1"), ("urn:a", b"3"), ("urn:b", b"2"), ("urn:b", b"4"))
        ]
    assert known == [True, True, False, True]


def test_a_record_is_of_one_server_and_for_one_load(tmp_path: Path) -> None:
    place = tmp_path / "sent"
    with LoadRecord(place, HERE) as record:
        record.note([("urn:a", b"1", False)])
        with pytest.raises(GraphError, match="another load to this server uses it; wait"):
            LoadRecord(place, HERE)
    with pytest.raises(
        GraphError, match=r"the record of another server, http://a\.example/query; name another"
    ):
        LoadRecord(place, THERE)
    assert usual_place(HERE) != usual_place(THERE)


@pytest.mark.parametrize("kind", ["text", "folder"])
def test_a_file_that_is_no_record_is_left_as_it_is(kind: str, tmp_path: Path) -> None:
    place = tmp_path / "sent"
    if kind == "text":
        place.write_text("a thesis, not to be touched, and long enough to be taken for something else" * 20)
    else:
        place.mkdir()
    before = place.read_text() if kind == "text" else None
    with pytest.raises(GraphError, match="name another file with --state"):
        LoadRecord(place, HERE)
    assert before is None or place.read_text() == before


def test_a_digest_goes_by_what_is_said_not_by_its_order(sample_store: GraphStore) -> None:
    first, second = sample_store.policies()
    quads = list(sample_store.quads(first))
    assert graph_digest(quads)[1] == graph_digest(quads[::-1])[1]
    assert graph_digest(quads)[1] not in (
        graph_digest(quads[1:])[1],
        graph_digest(sample_store.quads(second))[1],
    )
