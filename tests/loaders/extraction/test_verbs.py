"""Which words are verbs of processing, who acts, and what they describe."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = {
    "a clause in front without a comma": (
        ["When you rent a bike we log [your location|data]."],
        ["Collect: your location (When you rent a bike)"],
    ),
    "an adverb in front without a comma: Sometimes": (
        ["Sometimes we sell [e-mail addresses|data] to [brokers|to]."],
        ["may Sell: e-mail addresses; to brokers"],
    ),
    "an adverb in front without a comma: Occasionally": (
        ["Occasionally we sell [e-mail addresses|data] to [brokers|to]."],
        ["may Sell: e-mail addresses; to brokers"],
    ),
    "an adverb in front without a comma: From time to time": (
        ["From time to time we sell [e-mail addresses|data] to [brokers|to]."],
        ["may Sell: e-mail addresses; to brokers"],
    ),
    "an adverb in front without a comma: Every month": (
        ["Every month we sell [e-mail addresses|data] to [brokers|to]."],
        ["Sell: e-mail addresses; to brokers"],
    ),
    "an adverb in front without a comma: Today": (
        ["Today we sell [e-mail addresses|data] to [brokers|to]."],
        ["Sell: e-mail addresses; to brokers"],
    ),
    "an adverb in front without a comma: Currently": (
        ["Currently we sell [e-mail addresses|data] to [brokers|to]."],
        ["Sell: e-mail addresses; to brokers"],
    ),
    "the data of people, and no people who get it": (
        ["We share [customer data|data] with [printers|to]."],
        ["Share: customer data; to printers"],
    ),
    "a phrase in front without a comma": (
        ["In the shop we log [your clicks|data]."],
        ["Collect: your clicks"],
    ),
    "nouns in a list of data": (
        ["We collect your [name|data], [profile picture|data], [log data|data] and [time zone|data]."],
        ["Collect: name, profile picture, log data, time zone"],
    ),
    "a noun before data": (
        ["We process [account and profile data|data] and [your age|data]."],
        ["Processing: account and profile data, your age"],
    ),
    "a second verb with data": (
        ["We collect [your name|data] and share information with [partners|to]."],
        ["Collect: your name", "Share: -; to partners"],
    ),
    "examples between subject and verb": (
        ["Third parties, such as Lupa, use [your clicks|data] [to count|for]."],
        ["Use by others: your clicks; for to count"],
    ),
    "examples between us and the verb": (
        ["Our pages, including the shop, log [your clicks|data]."],
        ["Collect: your clicks"],
    ),
    "a recipient as subject": (
        ["[The printer in town|to] keeps [your name|data]."],
        ["Store by others: your name; to The printer in town"],
    ),
    "we and a recipient": (
        ["We and [printers|to] keep [your name|data]."],
        ["Store: your name; to printers"],
    ),
    "data that a name collects": (
        ["The data Nordlicht may collect includes [your name|data]."],
        ["may Collect: your name"],
    ),
    "collected data that is spelled out": (
        ["Automatically collected data may include:", "- [your address|data]", "- [your browser|data]"],
        ["Collect: your address, your browser"],
    ),
    "examples of collected data": (
        ["Usage data refers to [data collected automatically|data], such as [your visits|data]."],
        ["Collect: data collected automatically, your visits"],
    ),
    "access": (
        ["[Printers|to] have access to [your name|data] [to print|for]."],
        ["Access by others: your name; for to print; to Printers"],
    ),
    "a program as subject": (
        ["The app collects [your name|data].", "Our game stores [your age|data]."],
        ["Collect: your name", "Store: your age"],
    ),
    "an address that is received": (
        ["[Printers|to] receive [your email address|data]."],
        ["Obtain by others: your email address; to Printers"],
    ),
    "shown to others": (
        ["[Your posts|data] may be seen by [all users|to]."],
        ["may Disclose: Your posts; to all users"],
    ),
    "seen by others": (["Teachers can see [your results|data]."], ["may Access by others: your results"]),
    "uploaded": (["[The log|data] is uploaded to our servers."], ["Collect: The log"]),
    "a right of a name": (
        ["Nordlicht has the right to share [your name|data] with [printers|to]."],
        ["may Share: your name; to printers"],
    ),
    "a long joint": (
        ["We combine as well as use [your letters|data]."],
        ["Combine: your letters", "Use: your letters"],
    ),
    "a name before a verb": (["Google utilizes [your clicks|data]."], ["Use by others: your clicks"]),
    "a noun as subject": (
        ["The collection of [your place|data] allows us [to show shops|for]."],
        ["Collect: your place; for to show shops"],
    ),
    "a verb in a mention of data": (
        ["The Company [may use Personal Data|data] [for statistics|for]."],
        ["may Use: may use Personal Data; for for statistics"],
    ),
}

NOTHING = {
    "advice to look": "Please see our list of [partners|to] for [your name|data].",
    "shown pages": "We display ads [to inform you|for].",
    "the reader's access": "You have access to [your name|data].",
    "a right of people": "The Consumer has the right to share [your name|data].",
    "what readers let others do": "When you allow your network to make [your name|data] available to us, fine.",
    "shops for programs": "The app stores for [your phone|data] are many.",
    "a letter": "You receive our emails about [your order|data].",
    "a device": "[Cookies|tool] know people who use your device.",
    "companies that data is shared with": "A list names the companies we share [your age|data] with.",
    "means": "We use commercially acceptable means to protect [your name|data].",
    "an address of the web": "You can use https://www.Shop.example/ to give us [your name|data].",
}


@pytest.mark.parametrize(("lines", "expected"), CASES.values(), ids=CASES.keys())
def test_verbs(stated: Callable[..., list[str]], lines: list[str], expected: list[str]) -> None:
    assert sorted(stated(*lines)) == sorted(expected)


@pytest.mark.parametrize("line", NOTHING.values(), ids=NOTHING.keys())
def test_words_that_are_no_verbs_of_processing(stated: Callable[..., list[str]], line: str) -> None:
    assert stated(line) == []
