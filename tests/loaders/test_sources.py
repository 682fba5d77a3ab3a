from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from privagraph.errors import UnreadableSourceError
from privagraph.loaders.sources import LeftOut, Source, sources, stream


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "policies"
    for name in (
        "b.html",
        "a.txt",
        "sub/c.md",
        "sub/deep/d.PDF",
        ".hidden.txt",
        ".git/e.txt",
        "photo.png",
        "notes.xyz",
        "b_files/frame.html",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words")
    return root


def names(*arguments: str | Path) -> list[str]:
    return [source.name for source in sources(arguments)]


def refused(arguments: Sequence[str | Path]) -> list[LeftOut]:
    return [each for each in stream(arguments) if isinstance(each, LeftOut)]


def test_a_folder_gives_its_documents_by_name_and_tells_what_it_passes_over(folder: Path) -> None:
    found = sources([folder])
    assert [source.name for source in found] == ["a.txt", "b.html", "sub/c.md", "sub/deep/d.PDF"]
    assert found.passed_over == ("b_files/", "notes.xyz", "photo.png")
    assert len(found) == 4


def test_a_file_counts_whatever_its_extension_is(folder: Path) -> None:
    assert sources([folder / "notes.xyz"]).found == (Source(name="notes.xyz", path=folder / "notes.xyz"),)


def test_globs(folder: Path) -> None:
    assert names(f"{folder}/*.txt") == ["a.txt"]
    assert names(f"{folder}/**/*.md") == ["sub/c.md"]
    assert names(f"{folder}/[ab].*") == ["a.txt", "b.html"]


def test_a_file_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "policy[1].txt").write_text("words")
    assert names(tmp_path / "policy[1].txt") == ["policy[1].txt"]


def test_what_is_named_twice_is_read_once(folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder / "a.txt")
    assert names(folder / "a.txt", folder, f"{folder}/*.txt") == [
        "a.txt",
        "b.html",
        "sub/c.md",
        "sub/deep/d.PDF",
    ]
    assert names("-", "https://inn.example/privacy", "-", "https://inn.example/privacy") == [
        "-",
        "https://inn.example/privacy",
    ]


def test_the_order_is_the_users(folder: Path) -> None:
    assert names(folder / "b.html", "https://inn.example/privacy", folder / "a.txt") == [
        "b.html",
        "https://inn.example/privacy",
        "a.txt",
    ]


def test_names_differ(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "others"
    other.mkdir()
    (other / "a.txt").write_text("other words")
    assert names(folder, other) == ["policies/a.txt", "b.html", "sub/c.md", "sub/deep/d.PDF", "others/a.txt"]
    explicit = names(folder / "a.txt", other / "a.txt")
    assert len(set(explicit)) == 2
    assert all(name.endswith("a.txt") for name in explicit)


def test_names_differ_where_a_folder_holds_what_another_is_called(tmp_path: Path) -> None:
    for place in ("a/x.md", "b/x.md", "b/a/x.md"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("words")
    for order in (("a", "b"), ("b", "a")):
        assert len(set(names(*(tmp_path / each for each in order)))) == 3


def test_a_loop_of_links_ends(folder: Path) -> None:
    (folder / "sub" / "loop").symlink_to(folder, target_is_directory=True)
    assert names(folder) == ["a.txt", "b.html", "sub/c.md", "sub/deep/d.PDF"]


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("missing.txt", "no such file"),
        ("*.nothing", "matches no file"),
        ("empty", "no file of a known format"),
        ("broken", "link"),
    ],
)
def test_what_names_nothing_is_an_error(tmp_path: Path, argument: str, words: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").symlink_to(tmp_path / "gone")
    named = f"{tmp_path}/{argument}"
    with pytest.raises(UnreadableSourceError) as caught:
        sources([named])
    assert words in caught.value.reason
    assert caught.value.source == named


def test_an_address_is_no_path() -> None:
    assert sources(["http://inn.example"]).found[0].address == "http://inn.example"
    assert sources(["ftp://inn.example/a"]).found[0].address == "ftp://inn.example/a"


def test_a_folder_that_may_not_be_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(UnreadableSourceError) as caught:
        sources([f"{folder}/"])
    assert "Permission denied" in caught.value.reason
    assert caught.value.source == f"{folder}/"


def test_what_may_not_be_looked_at_costs_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("self.txt", ".hidden-self.txt"):
        (folder / name).symlink_to(name)
    listed = os.scandir

    def refuse(path: Path) -> Any:
        if path == folder / "sub":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr("os.scandir", refuse)
    found = sources([folder])
    assert [each.name for each in found] == ["a.txt", "b.html"]
    link, sub = left_out = refused([folder])
    assert (link.source, link.code) == (f"{folder}/self.txt", "unreadable")
    assert link.reason.startswith("cannot be looked at (")
    assert link.advice == "correct the link or remove it"
    assert (sub.source, sub.reason) == (f"{folder}/sub", "cannot be listed (Permission denied)")
    assert refused([folder, folder]) == left_out


def test_a_folder_of_which_nothing_may_be_looked_at_says_so(tmp_path: Path) -> None:
    (tmp_path / "self.txt").symlink_to("self.txt")
    assert len(sources([tmp_path])) == 0
    assert [each.source for each in refused([tmp_path])] == [f"{tmp_path}/self.txt"]


def test_a_match_of_a_pattern_that_may_not_be_looked_at_costs_itself(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_file = Path.is_file

    def refuse(path: Path) -> bool:
        if path.name == "c.md":
            raise PermissionError(13, "Permission denied", str(path))
        return is_file(path)

    (folder / "x.md").write_text("words")
    monkeypatch.setattr(Path, "is_file", refuse)
    found = sources([f"{folder}/**/*.md"])
    assert [each.name for each in found] == ["x.md"]
    assert [each.source for each in refused([f"{folder}/**/*.md"])] == [f"{folder}/sub/c.md"]


def test_a_source_is_taken_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "upload-1"
    file.write_text("We collect data.", "utf-8")
    source = Source("privacy policy.html", file)
    assert sources([source]).found == (source,)
    assert [each.name for each in sources([source, file])] == ["privacy policy.html"]  # one file, read once
