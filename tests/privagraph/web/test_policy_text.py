from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.ontology.reading import MentionView, PolicyView, Span
from privagraph.queries.store import GraphStore
from privagraph.web.policy_state import State, read_at
from privagraph.web.policy_text import hits_in, policy_text
from privagraph.web.reading import Reading, reading
from privagraph.web.shown_text import ShownPractice


def read(mapped: MappedPolicy) -> Reading:
    iri = policy_iri(mapped.document)
    with GraphStore.in_memory() as store:
        store.write_policy(iri, policy_quads(mapped))
        return reading(store, iri)


@pytest.fixture(scope="module")
def lantern(sample_policy: MappedPolicy) -> Reading:
    return read(sample_policy)


def words_of(shown: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


def whole(found: Reading, state: State) -> str:
    return "\n".join(str(line.words) for block in policy_text(found, state).blocks for line in block.lines)


def practices(found: Reading, **state: str) -> list[ShownPractice]:
    blocks = policy_text(found, State("k", **state)).blocks  # type: ignore[arg-type]  # names of its fields
    return [each for block in blocks for line in block.lines for each in line.practices]


@pytest.mark.parametrize(
    "state", [State("k"), State("k", find="a"), State("k", at=Span(20, 400)), State("k", roles=("none",))]
)
def test_the_words_are_those_of_the_policy(lantern: Reading, state: State) -> None:
    for block in policy_text(lantern, state).blocks:
        for line in block.lines:
            words = words_of(str(line.words))
            assert lantern.view.text[line.start : line.start + len(words)] == words


def test_a_mark_is_a_link_to_its_mention(lantern: Reading) -> None:
    found = whole(lantern, State("k", roles=("purpose",)))
    start = lantern.view.text.index("print labels")
    name = f"{start}-{start + 12}-purpose"
    assert (
        f'href="/policies/k?role=purpose&amp;mention={name}#at" title="purpose: Delivery of goods"' in found
    )
    assert re.search(
        rf'<a class="m g-purpose" data-m="{name}" data-r="purpose" [^>]*>print labels</a>', found
    )


def test_what_is_denied_looks_otherwise_than_what_is_done(lantern: Reading) -> None:
    found = whole(lantern, State("k"))
    assert '<span class="s denied"' in found
    assert re.search(
        r'class="m g-recipient denied"[^>]*title="recipient: [^"]*, denied"[^>]*>advertisers<', found
    )
    told = {each.phrase: each.looks for each in practices(lantern)}
    assert told["does not sell"] == "denied"
    assert told["collect"] == ""
    assert told["may use"] == "possible"
    assert all("denied" in each.looks for each in practices(lantern) if each.phrase.startswith("does not"))


def test_words_that_no_concept_fits_say_so(lantern: Reading) -> None:
    found = whole(lantern, State("k"))
    assert re.search(
        r'class="m g-data open"[^>]*title="data category, no concept fits"[^>]*>café club number<', found
    )
    assert policy_text(lantern, State("k", only="open")).shown == 1


def test_roles_choose_what_is_marked(lantern: Reading) -> None:
    assert set(re.findall(r'data-r="(\w+)"', whole(lantern, State("k", roles=("right", "contact"))))) == {
        "right",
        "contact",
    }
    assert "data-r" not in whole(lantern, State("k", roles=("none",)))
    assert policy_text(lantern, State("k", only="denied")).shown == 2
    assert policy_text(lantern, State("k", only="unsure")).shown == 1


def test_the_chosen_mention_is_marked_though_its_role_is_not(lantern: Reading) -> None:
    (right,) = lantern.view.mentions_of("right")
    for name in (right.iri, lantern.short(right.iri)):
        found = whole(lantern, State("k", roles=("contact",), mention=name))
        assert re.search(r'<a id="at" class="m g-right on" [^>]*>ask for a copy', found)


def test_the_chosen_practice_lights_up_its_passage_and_its_arguments(lantern: Reading) -> None:
    denial = next(each for each in lantern.view.practices if each.denied)
    name = lantern.short(denial.iri)
    found = whole(lantern, State("k", practice=name))
    assert f'<span id="at" class="s denied on" data-p="{name}">' in found
    assert re.search(r'class="m g-recipient denied arg"[^>]*>advertisers<', found)
    assert [each.name for each in practices(lantern, practice=name) if each.chosen] == [name]


def test_words_at_offsets_are_shown_across_lines_and_emoji(lantern: Reading) -> None:
    text = lantern.view.text
    start = text.index("you are 📍")
    end = text.index("what you browse") + 4
    found = whole(lantern, State("k", at=Span(start, end)))
    marked = "".join(words_of(each) for each in re.findall(r'<mark [^>]*class="at">(.*?)</mark>', found))
    assert marked == text[start:end].replace("\n", "")
    assert found.count('id="at"') == 1


def test_words_are_found_however_they_are_written(lantern: Reading) -> None:
    shown = policy_text(lantern, State("k", find="E-MAIL  address"))
    assert shown.hits == 2
    found = whole(lantern, State("k", find="E-MAIL  address"))
    assert re.findall(r'data-hit="(\d)">([^<]*)', found) == [("1", "e-mail address"), ("2", "e-mail address")]


@given(st.text(max_size=30), st.text(max_size=5))
def test_hits_are_the_words(text: str, words: str) -> None:
    for hit in hits_in(text, words):
        found = re.sub(r"\s+", " ", text[hit.start : hit.end])
        assert (
            found.casefold() == " ".join(words.split()).casefold()
            or found.lower() == " ".join(words.split()).lower()
        )


def mention(start: int, end: int, text: str, role: str, **values: object) -> MentionView:
    told = {"denied": False, "concept": None, "agent": None, "value": "", "confidence": 1.0} | values
    return MentionView(
        iri=f"https://example.org/p/mention/{start}-{end}-{role}",
        role=role,
        span=Span(start, end),
        quote=text[start:end],
        **told,  # type: ignore[arg-type]  # the other fields
    )


def test_marks_that_overlap_are_parted_and_lead_to_the_shortest() -> None:
    text = "ask our data officer in Leeds"
    marks = (mention(0, 20, text, "opt_out"), mention(8, 29, text, "contact"), mention(8, 20, text, "dpo"))
    found = whole(Reading(PolicyView("https://example.org/p", text, mentions=marks)), State("k"))
    parts = re.findall(r'<a class="([^"]*)" data-m="([^"]*)"[^>]*>([^<]*)</a>', found)
    assert parts == [
        ("m g-right", "0-20-opt_out", "ask our "),
        ("m g-contact o-right", "8-20-dpo 0-20-opt_out 8-29-contact", "data officer"),
        ("m g-contact", "8-29-contact", " in Leeds"),
    ]


def test_words_and_names_that_are_html_are_shown_as_words() -> None:
    text = 'We share <img src=x onerror="alert(1)"> & שלום with <b>couriers</b> 🦔'
    start = text.index("<img")
    hostile = mention(start, start + 30, text, 'x"><script>')
    found = whole(Reading(PolicyView("https://example.org/p", text, mentions=(hostile,))), State("k"))
    assert not re.search(r"<(?!/?a[ >])", found)
    assert words_of(found) == text
    assert "<script" not in found


def test_several_practices_of_one_sentence_stand_beside_its_line(
    policy_builder: Callable[..., object],
) -> None:
    made = policy_builder("quay.txt")
    line = "If you join, we may share your name but we never sell it."
    made.line(line)  # type: ignore[attr-defined]  # the builder of tests/conftest.py
    name = made.mention("your name", "data_category", "pd:Name")  # type: ignore[attr-defined]
    made.practice(line, "dpv:Share", name, condition="If you join")  # type: ignore[attr-defined]
    made.practice(line, "pg:Sell", name, denied=True)  # type: ignore[attr-defined]
    quay = read(made.build())  # type: ignore[attr-defined]
    told = {each.phrase: (each.looks, each.condition) for each in practices(quay)}
    assert told == {"share": ("conditional", "If you join"), "does not sell": ("denied", "")}
    found = whole(quay, State("k"))
    assert '<span class="s mixed"' in found
    assert '<span class="cond">If you join</span>' in found


def test_a_state_is_read_from_an_address_and_written_to_one() -> None:
    state = State.read(
        "k", roles=["right", "", "right"], only="denied", mention="1-2-x", practice="p", at="3-4"
    )
    assert (state.roles, state.only, state.mention, state.practice, state.at) == (
        ("right",),
        "denied",
        "1-2-x",
        "",
        Span(3, 4),
    )
    assert state.url(fragment="at") == "/policies/k?role=right&only=denied&mention=1-2-x#at"
    assert state.query() == "?role=right&only=denied&mention=1-2-x&at=3-4"
    assert State.read("k", only="everything", find=" a\n b ").find == "a b"


@pytest.mark.parametrize("text", ["", "4-3", "3-3", "-1-3", "a-b", "1-2-3", "1" * 30 + "-" + "2" * 31])
def test_offsets_that_make_no_sense_are_passed_over(text: str) -> None:
    assert read_at(text) is None
