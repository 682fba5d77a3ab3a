"""Polarity, modality and conditions of spans, on sentences invented for these tests."""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.loaders.extraction.clauses import clauses, condition_of, modality_at, polarity_at
from privagraph.loaders.facts import Modality, Polarity

# A sentence with the span in square brackets.
DENIED = [
    "We do not collect [your shoe size].",
    "We don't keep [your voice memos].",
    "We don’t keep [your voice memos].",
    "Our robots never record [what you say at home].",
    "We will not hand [your diary] to anyone.",
    "We will never lend [your photographs] to a newspaper.",
    "The app does not read [your calendar], [your contacts] or [your messages].",
    "The lamp cannot store [your heartbeat].",
    "We no longer log [your IP address].",
    "We neither sell nor rent [your phone number].",
    "We keep your orders for a year, nor do we erase [your receipts] sooner.",
    "No [location data] is gathered by the toy.",
    "None of [your recordings] leave the device.",
    "[Your fingerprints] are not sent to our servers.",
    "[Your fingerprints] are never shared with advertisers.",
    "[Your fingerprints] will not be shared with [insurance companies].",
    "[The pictures that you upload] are not used for advertising.",
    "Your recipes are not sold to [food companies].",
    "Under no circumstances do we publish [your medical notes].",
    "In no case will we pass [your salary] on.",
    "We refuse to trade in [your browsing history].",
    "We refrain from recording [your calls].",
    "Our couriers are prohibited from copying [your signature].",
    "We never share: [your name], [your age] or [your school].",
    "We do not: sell [your name]; rent out [your address]; trade [your email].",
    "We do not, under any circumstances, disclose [your grades].",
    "We do not knowingly gather [personal details] from toddlers.",
    "We do not share [your playlists] with partners except with your consent.",
    "We do not share [your playlists] unless the law compels us.",
    "We will not sell [your playlists] without your permission.",
    "Except as the law demands, we do not reveal [your address].",
    "Without your consent we will not send [your resume] to employers.",
    "We collect your town but not [your street].",
    "We collect usage counts (but not [your name], [your email] or [your device]).",
    "The report covers all visits, not including [your searches].",
    "You will not be profiled with [your purchases].",
    "We are not going to analyse [your essays].",
    "We have never sold [personal information].",
    "Our cookies do not contain [any personal data].",
    "We do not use [your data] to train models.",
    "We do not use your data [to train models].",
    "The badge works without recording [your position].",
    "We do not track [what you watch], and we keep the volume settings.",
    "Neither we nor our printers keep [your drawings].",
    "We also do not allow brokers to see [your bids].",
    "[Unencrypted card numbers] are not stored.",
    "Please note that we do not read [your letters].",
    "No [letters] are opened, even if you ask for it.",
]

DENIED += [
    "We will cease to collect [your shoe size].",
    "We stop tracking [your parcels].",
    "If you object, we will decline to provide [your town] to [brokers].",
]

AFFIRMED = [
    "You may stop sharing [your diary] at any time.",
    "We do not use [your diary] for any other purpose.",
    "[Your diary] is not used for any purpose other than [printing].",
    "Ask us to stop using [your nickname].",
    "We shall stop using names and delete [your diary].",
    "We collect [your shoe size].",
    "We do not sell your shoe size, but we keep [your sock size].",
    "We never sell names; we do store [e-mail addresses].",
    "We do not sell names and will keep [your order history] for a year.",
    "We do not share your data except with [our couriers].",
    "We do not disclose your data other than to [the tax office].",
    "We won't tell anyone unless [a court] orders it.",
    "If you do not want us to use [your picture], tell us.",
    "If we do not receive [your date of birth], we cannot open an account.",
    "Where we no longer need [your data], we erase it.",
    "You do not have to give us [your telephone number].",
    "You may choose not to provide [your nickname].",
    "We are not responsible for sites that gather [your data].",
    "We are not liable for what other shops do with [your details].",
    "We cannot guarantee the security of [your messages].",
    "This includes, but is not limited to, [your name].",
    "We not only keep [your name] but also your e-mail address.",
    "Do not hesitate to send us [your questions].",
    "Whether or not you log in, we record [your screen size].",
    "Do we not delete [your data] in time?",
    "Why do we never ask for [your name]?",
    "We do not respond well, however we do store [your tickets].",
    "We collect [information that does not identify you].",
    "We collect [information] that does not identify you.",
    "Nothing here prevents us from using [your feedback].",
    "This does not prevent us from keeping [your invoices].",
    "We never fail to encrypt [your password].",
    "We are not prohibited from using [anonymous figures].",
    "No transmission over the internet is secure, so send [your documents] by post.",
    "Some pages may not work if you refuse [cookies].",
    "Parents can refuse to let us keep [a photograph].",
    "You have the right not to have [your data] processed for advertising.",
    "Click 'Do Not Sell or Share My Personal Information' to stop the sale of [your data].",
    "Our site honours Do Not Track and logs [your browser version].",
    "We keep [your logs] no longer than a week.",
    "We do not keep [your logs] longer than a week.",
    "You need not send [your passport].",
    "We do not require you to pay, and we ask for [your e-mail address].",
    "[Your data] is used to run the club and will not be sold.",
    "Safeguards ensure that [your data] is not lost or altered.",
    "We do not sell your data because [our sponsors] pay for the service.",
    "This policy does not apply to [job applications].",
    "You can ask us not to use [your picture].",
    "Users who do not give [their names] stay anonymous.",
    "We are not able to read [your encrypted notes].",
    "Please do not send us [health records].",
    "Do not share [your password] with anyone.",
]


def _marked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The sentence without its brackets, and where they were."""
    text, spans, start = "", [], 0
    for character in marked:
        if character == "[":
            start = len(text)
        elif character == "]":
            spans.append((start, len(text)))
        else:
            text += character
    return text, spans


CASES = [(marked, Polarity.DENIED) for marked in DENIED] + [
    (marked, Polarity.AFFIRMED) for marked in AFFIRMED
]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 90


@pytest.mark.parametrize(("marked", "polarity"), CASES)
def test_polarity(marked: str, polarity: Polarity) -> None:
    text, spans = _marked(marked)
    assert [polarity_at(text, 0, len(text), *span) for span in spans] == [polarity] * len(spans)


def test_polarity_counts_offsets_from_the_document() -> None:
    text = "We are a bakery. We never sell your address. We sell bread."
    start = text.index("your address")
    sentence = (text.index("We never"), text.index(" We sell"))
    assert polarity_at(text, *sentence, start, start + 12) is Polarity.DENIED


def test_a_whole_statement_is_denied_by_the_negation_inside_it() -> None:
    text = "We do not answer to tracking signals."
    assert polarity_at(text, 0, len(text), 0, len(text)) is Polarity.DENIED


@pytest.mark.parametrize(
    ("intro", "denied"),
    [
        ("We never:", True),
        ("We do not collect the following:", True),
        ("We will not share your data with", True),
        ("We collect the following:", False),
        ("We do not share your data except in these cases:", False),
        ("We do not sell data.", False),
        ("If you do not agree, you can:", False),
        ("What we do not collect", True),
    ],
)
def test_a_list_stands_under_the_negation_of_its_intro(intro: str, denied: bool) -> None:
    assert clauses(intro).open_denial is denied


@pytest.mark.parametrize(
    ("marked", "modality"),
    [
        ("We [collect] your name.", Modality.ASSERTED),
        ("We will [collect] your name.", Modality.ASSERTED),
        ("We may [collect] your name.", Modality.POSSIBLE),
        ("We might also [share] it.", Modality.POSSIBLE),
        ("Your name can be [shared] with couriers.", Modality.POSSIBLE),
        ("We may collect and [store] your name.", Modality.POSSIBLE),
        ("We may collect your name, and we [store] it.", Modality.ASSERTED),
        ("We must [report] your income.", Modality.REQUIRED),
        ("We are required to [disclose] your income.", Modality.REQUIRED),
        ("We are obliged by law to [keep] invoices.", Modality.REQUIRED),
        ("We have to [keep] invoices.", Modality.REQUIRED),
        ("We may be required to [disclose] your income.", Modality.POSSIBLE),
        ("We may need to [transfer] your files.", Modality.POSSIBLE),
        ("We reserve the right to [monitor] calls.", Modality.POSSIBLE),
        ("If you may join, we [collect] your name.", Modality.ASSERTED),
        ("You must be twelve, and we [ask] for your age.", Modality.ASSERTED),
    ],
)
def test_modality(marked: str, modality: Modality) -> None:
    text, [(start, end)] = _marked(marked)
    assert modality_at(text, 0, len(text), start, end) is modality


@pytest.mark.parametrize(
    ("marked", "condition"),
    [
        ("If you sign up, we [collect] your name.", "If you sign up"),
        ("When you visit our shop we [record] the time.", "When you visit our shop"),
        ("When you call, write or visit, we [log] the time.", "When you call, write or visit"),
        ("We [collect] your name if you sign up.", "if you sign up"),
        ("We [share] your name only when you ask us to.", "only when you ask us to"),
        ("We [share] your data with your consent.", "with your consent"),
        (
            "We [share] your data with your prior written consent, and with couriers.",
            "with your prior written consent",
        ),
        ("We [disclose] files where required by law.", "where required by law"),
        ("We [disclose] files as permitted by applicable law.", "as permitted by applicable law"),
        ("We do not [share] names unless you agree.", "unless you agree"),
        ("We do not [share] names except with couriers.", "except with couriers"),
        ("We will not [sell] names without your permission.", "without your permission"),
        ("At your request, we [erase] the file.", "At your request"),
        ("We [ask] for more upon request.", "upon request"),
        ("To the extent that you consent, we [use] cookies.", "To the extent that you consent"),
        ("We [keep] logs in case of a dispute.", "in case of a dispute"),
        ("In the event that we merge, we may [transfer] your data.", "In the event that we merge"),
        ("We [ask] for a passport for residents of Ruritania.", "for residents of Ruritania"),
        ("Provided that you agree, we [send] your file.", "Provided that you agree"),
        ("Lessons: when you join a lesson, we [record] it.", "when you join a lesson"),
        ("Once you leave, we [erase] the file.", "Once you leave"),
        ("Depending on your settings, we [use] your location.", "Depending on your settings"),
        ("We [ask] for your age, when you call us, your name and your town.", "when you call us"),
        ("We [log] your device when you open the app, including its model.", "when you open the app"),
        ("We [share] it with judges, including if you agree.", "if you agree"),
        ("We [keep] letters until you ask us to erase them.", "until you ask us to erase them"),
        ("If you move, we [erase] letters until all are gone.", "If you move"),
        ("We [ask] if you agree.", None),
        ("We [collect] your name.", None),
        ("We [record] when you visit the shop.", None),
        ("We [store] data in countries where we have shops.", None),
        ("We [keep] your data for as long as necessary.", None),
        ("If you write to us, we reply, but we [erase] letters.", None),
        ("We [collect] your name, and we call you if you win.", None),
    ],
)
def test_condition(marked: str, condition: str | None) -> None:
    text, [(start, end)] = _marked(marked)
    found = condition_of(text, 0, len(text), start, end)
    assert (None if found is None else text[slice(*found)]) == condition


@given(st.text(alphabet=st.sampled_from("notweifyucrd ,.;:()’'\n"), max_size=200))
def test_any_text_is_read_and_all_offsets_lie_in_it(text: str) -> None:
    reading = clauses(text)
    spans = [(c.start, c.end) for c in reading.conditions] + list(
        chain.from_iterable(denial.scope for denial in reading.denials)
    )
    assert all(0 <= start <= end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    "unit",
    [
        "we do not, ",
        "if you, ",
        "not ",
        "except ",
        "with your consent ",
        "for users in Aa ",
        "Ab/",
        "(",
        "that ",
    ],
)
def test_a_sentence_that_is_no_language_takes_no_long_time(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    assert len(clauses(text).denials) <= 64


@pytest.mark.shared
def test_denials_of_the_pi_extract_corpus() -> None:
    """Data that annotators marked as not collected or not shared is denied, and no other data is."""
    shared = Path(os.environ.get("PRIVAGRAPH_SHARED", Path(__file__).parents[4] / "shared"))
    folder = shared / "corpora" / "piextract-train"
    if not folder.is_dir():
        pytest.skip(
            "the PI-Extract corpus is not at hand; set PRIVAGRAPH_SHARED to the folder that holds corpora/"
        )
    found = missed = wrong = 0
    for text, spans in _corpus(folder).items():
        for (start, end), denied in spans.items():
            said = clauses(text).polarity(start, end) is Polarity.DENIED
            found += said and denied
            missed += denied and not said
            wrong += said and not denied
    assert found + missed > 100
    assert found / (found + wrong) >= 0.95
    assert found / (found + missed) >= 0.85


def _corpus(folder: Path) -> dict[str, dict[tuple[int, int], bool]]:
    """Each sentence with its annotated spans, and whether a span is marked as denied in any layer."""
    texts: dict[str, dict[tuple[int, int], bool]] = {}
    for name, denied in (
        ("CollectUse_true", False),
        ("Share_true", False),
        ("CollectUse_false", True),
        ("Share_false", True),
    ):
        for lines in (folder / f"{name}.conll03").read_text(encoding="utf-8").split("\n\n"):
            text, spans = "", []
            for line in lines.splitlines():
                word, *_, label = line.split(" ")
                text += " " * bool(text and word not in {",", ".", ";", ":", ")", "?", "n't", "'s"}) + word
                if label.startswith("B-"):
                    spans.append([len(text) - len(word), len(text)])
                elif label.startswith("I-"):
                    spans[-1][1] = len(text)
            for start, end in spans:
                known = texts.setdefault(text, {})
                known[(start, end)] = known.get((start, end), False) or denied
    return texts
