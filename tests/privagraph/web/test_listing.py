from __future__ import annotations

import pytest

from privagraph.web.listing import COLUMNS, PAGE_SIZE, Wanted, languages_of, listed
from privagraph.web.policies import PolicyCard


def card(number: int, **values: object) -> PolicyCard:
    told: dict[str, object] = {
        "key": f"k{number}",
        "iri": f"https://w3id.org/privagraph/id/policy/k{number}",
        "title": f"Notice {number}",
        "controller": f"Shop {number}",
        "sources": (f"{number:03}.txt",),
        "language": "en",
        "effective": "",
        "updated": "",
        "mentions": 10,
        "grounded": 8,
        "practices": number,
        "denials": 0,
    }
    return PolicyCard(**(told | values))  # type: ignore[arg-type]  # values of its fields


CARDS = [card(number) for number in range(1, 121)]


def test_the_list_comes_page_by_page() -> None:
    last = listed(CARDS, Wanted(page=3))
    assert (len(last.cards), last.first, last.last, last.pages, last.found) == (20, 101, 120, 3, 120)
    assert len(listed(CARDS, Wanted()).cards) == PAGE_SIZE
    assert listed(CARDS, Wanted(page=99)).wanted.page == 3


def test_words_are_looked_for_in_names_titles_files_and_iris() -> None:
    cards = [card(1, controller="Ærø Färja AB"), card(2, title="Boats"), card(3, sources=("boats/x.html",))]
    assert [each.key for each in listed(cards, Wanted(words="BOATS")).cards] == ["k2", "k3"]
    assert [each.key for each in listed(cards, Wanted(words="färja ærø")).cards] == ["k1"]
    assert [each.key for each in listed(cards, Wanted(words="policy/k3")).cards] == ["k3"]
    assert listed(cards, Wanted(words="ferry")).found == 0


def test_languages_and_versions_narrow_the_list() -> None:
    cards = [card(1), card(2, language="de"), card(3, newer="https://w3id.org/privagraph/id/policy/k1")]
    assert [each.key for each in listed(cards, Wanted(language="de")).cards] == ["k2"]
    assert [each.key for each in listed(cards, Wanted(versions="current")).cards] == ["k1", "k2"]
    assert languages_of(cards) == (("en", 2), ("de", 1))


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_every_column_sorts_both_ways(column: object) -> None:
    cards = [card(2, effective="2024-01-01"), card(10, effective="2020-01-01"), card(1)]
    name = column.name  # type: ignore[attr-defined]  # a Column
    up = listed(cards, Wanted(sort=name)).cards
    values = [column.value(each) for each in up]  # type: ignore[attr-defined]
    known = [each for each in values if each]
    assert known == sorted(known)
    down = listed(cards, Wanted(sort=name, down=True)).cards
    assert [column.value(each) for each in down if column.value(each)] == known[::-1]  # type: ignore[attr-defined]


def test_what_is_not_known_comes_last_whichever_way() -> None:
    cards = [card(1), card(2, updated="2024-01-01"), card(3, updated="2020-01-01")]
    for down, keys in ((False, ["k3", "k2", "k1"]), (True, ["k2", "k3", "k1"])):
        assert [each.key for each in listed(cards, Wanted(sort="updated", down=down)).cards] == keys


def test_addresses_say_what_is_wanted() -> None:
    wanted = Wanted.read(words="  a&b  c ", language="en", sort="-practices", page="2")
    assert wanted.url(page=2) == "/?q=a%26b+c&language=en&sort=-practices&page=2"
    assert wanted.url(words="", language="") == "/?sort=-practices"
    practices = next(column for column in COLUMNS if column.name == "practices")
    assert wanted.direction(practices) == "descending"
    assert wanted.sorted_by(practices) == "/?q=a%26b+c&language=en&sort=practices"
    assert Wanted().sorted_by(practices) == "/?sort=-practices"


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "²", "9" * 50])
def test_nonsense_in_an_address_is_passed_over(page: str) -> None:
    assert Wanted.read(sort="-nothing", versions="old", page=page) == Wanted()
