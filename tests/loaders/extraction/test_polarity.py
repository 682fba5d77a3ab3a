"""Denied practices, from the words of a policy to what is tied, on sentences invented for these tests."""

from __future__ import annotations

import pytest

from privagraph.loaders.extraction.extractor import LexiconExtractor
from privagraph.loaders.extraction.passages import passages
from privagraph.loaders.extraction.polarity import with_polarity
from privagraph.loaders.extraction.sentences import sentences
from privagraph.loaders.facts import MappedPolicy, Polarity, Role
from privagraph.loaders.readers import read_bytes

# A sentence or a piece of a page; the operations that it denies; those that it affirms.
STATEMENTS = [
    ("We do not sell your personal information.", "Sell", ""),
    ("We do not sell, rent or lease our customer lists to third parties.", "Sell", ""),
    ("We never sell data.", "Sell", ""),
    ("We will never sell your name to anybody.", "Sell", ""),
    ("We have never sold and will never sell your e-mail address.", "Sell", ""),
    ("We have not sold personal information in the preceding 12 months.", "Sell", ""),
    ("Acme has not sold or shared personal information of consumers in the last year.", "Sell,Share", ""),
    ("Your data will not be sold.", "Sell", ""),
    ("Your personal data is never sold, rented or traded.", "Sell", ""),
    ("Personal information is not sold to third parties.", "Sell", ""),
    ("No personal information is sold.", "Sell", ""),
    ("No mobile information will be shared with third parties for marketing purposes.", "Share", ""),
    ("None of your data is sold to advertisers.", "Sell", ""),
    ("Under no circumstances will we sell your data.", "Sell", ""),
    ("We neither sell nor rent your personal data.", "Sell", ""),
    ("We do not sell your data, nor do we share it with advertisers.", "Sell,Share", ""),
    ("We are not in the business of selling your personal information.", "Sell", ""),
    ("It is not our practice to sell personal information.", "Sell", ""),
    ("It is against our policy to sell your personal data.", "Sell", ""),
    ("Our policy is not to sell your personal data.", "Sell", ""),
    ("We refrain from selling personal information.", "Sell", ""),
    ("We refuse to sell your personal data.", "Sell", ""),
    ("We promise not to sell your personal data.", "Sell", ""),
    ("We agree not to disclose your personal data to third parties.", "Disclose", ""),
    ("We commit to never selling your personal data.", "Sell", ""),
    ("We provide the service without selling your personal data.", "Sell", ""),
    ("The service works without sharing your location with anyone.", "Share", ""),
    ("There is no sale of personal information.", "Sell", ""),
    ("There is no sharing of your personal data with third parties.", "Share", ""),
    ("We do not engage in the sale of personal information.", "Sell", ""),
    ("We do not engage in selling personal data.", "Sell", ""),
    ("We don't sell your info.", "Sell", ""),
    ("We do not and will not sell your personal data.", "Sell", ""),
    ("We do not (and will never) sell your personal data.", "Sell", ""),
    ("We do not sell or rent your name, and we collect your e-mail address.", "Sell", "Collect"),
    ("We collect your e-mail address, but we never share it with third parties.", "Share", "Collect"),
    ("We collect your e-mail address and do not sell it.", "Sell", "Collect"),
    ("Your e-mail address is collected for billing. It is not sold to third parties.", "Sell", "Collect"),
    ("We collect your e-mail address. We do not sell this information.", "Sell", "Collect"),
    (
        "We collect your e-mail address. This information is not shared with third parties.",
        "Share",
        "Collect",
    ),
    ("We collect your name. We do not share it with anybody.", "Share", "Collect"),
    ("We do not share your personal data with printers for their own adverts.", "Share", ""),
    ("We do not share your personal data with third parties except with couriers.", "Share", "Share"),
    ("We do not share your personal data with third parties other than couriers.", "Share", "Share"),
    ("We only share your personal data with your consent.", "", "Share"),
    ("We will only share your data if you agree.", "", "Share"),
    ("We share your personal data only with couriers.", "", "Share"),
    (
        "We do not share your personal data with third parties. However, we share it with couriers.",
        "Share",
        "Share",
    ),
    (
        "We do not sell personal data to third parties; however, we may share your e-mail address with couriers.",
        "Sell",
        "Share",
    ),
    ("We will not transfer your data outside the European Union.", "Transfer", ""),
    ("We don't collect, use, or share precise location.", "Collect,Share,Use", ""),
    ("We do not knowingly collect personal details of toddlers.", "Collect", ""),
    ("We do not knowingly sell the personal information of minors under 16.", "Sell", ""),
    ("We do not use your personal data for advertising.", "Use", ""),
    ("We do not use or disclose student data for targeted advertising.", "Disclose,Use", ""),
    ("Student data is not used to build profiles of students.", "Use", ""),
    ("We shall not sell student data.", "Sell", ""),
    ("Student records will never be sold or shared with advertisers.", "Sell,Share", ""),
    ("<h2>Do we sell your data?</h2><p>No. We never sell your personal data.</p>", "Sell", ""),
    ("<h2>Do we sell your personal data?</h2><p>No.</p>", "Sell", ""),
    ("<p>Do we sell your personal data? No.</p>", "Sell", ""),
    ("<p>Do we share your e-mail address with advertisers? Absolutely not.</p>", "Share", ""),
    ("<p>Do we share your e-mail address with advertisers? Yes.</p>", "", "Share"),
    ("<h2>We do not sell your personal data</h2><p>Your trust matters.</p>", "Sell", ""),
    (
        "<p>We do not:</p><ul><li>sell your personal data;</li><li>share your e-mail with printers.</li></ul>",
        "Sell,Share",
        "",
    ),
    (
        "<p>We will never:</p><ul><li>Sell your name to printers</li><li>Use your photos for adverts</li></ul>",
        "Sell,Use",
        "",
    ),
    (
        "<p>We promise that:</p><ul><li>we never sell your data;</li><li>your photos are never shared.</li></ul>",
        "Sell,Share",
        "",
    ),
    ("<p>We do not sell the following:</p><ul><li>your name</li><li>your address</li></ul>", "Sell", ""),
    ("<p>We do not share your data with:</p><ul><li>advertisers</li><li>data brokers</li></ul>", "Share", ""),
    ("<p>Never sold: your name and e-mail address.</p>", "Sell", ""),
    ("Your name, address, and phone number are not shared with or sold to third parties.", "Sell,Share", ""),
    ("We do not disclose to third parties any information about you.", "Disclose", ""),
    ("We do not give your personal data to third parties.", "Share", ""),
    ("We do not provide your personal data to advertisers.", "Share", ""),
    ("We do not make your personal data available to advertisers.", "MakeAvailable", ""),
    ("We do not release your personal information to outside companies.", "Disclose", ""),
    ("We do not monetize your data.", "Sell", ""),
    ("While we neither collect nor share user data, this notice may change.", "Collect,Share", ""),
    (
        "Although we do not sell your personal data, we share your e-mail address with partners.",
        "Sell",
        "Share",
    ),
    (
        "We do not share, sell or rent any of your personal data to any third party for promotional use.",
        "Sell,Share",
        "",
    ),
    ("Acme does not sell personal data.", "Sell", ""),
    ("The Company does not sell, rent, or loan any identifiable information.", "Sell", ""),
    ("Our app does not collect or store your location.", "Collect,Store", ""),
    ("I do not collect any personal information.", "Collect", ""),
    ("Your payment card number is not stored on our servers.", "Store", ""),
    ("At no time do we share your contacts with advertisers.", "Share", ""),
    ("In no event will we sell your personal information.", "Sell", ""),
    ("We are prohibited from selling your personal data.", "Sell", ""),
    ("Our employees may not disclose your personal data.", "Disclose", ""),
    ("We cannot and do not sell your personal data.", "Sell", ""),
    ('We do not "sell" personal information as that term is defined in the CCPA.', "Sell", ""),
    ("We do not sell (as defined by law) your personal data.", "Sell", ""),
    ("We do not, and will not in the future, sell your personal information to anyone.", "Sell", ""),
    ("We no longer share your e-mail address with advertisers.", "Share", ""),
    ("We do not share personal data to third parties for direct marketing, and will not do so.", "Share", ""),
    ("You can rest assured that we will not sell your personal data.", "Sell", ""),
    ("Rest assured your personal information is never sold.", "Sell", ""),
    ("We do not believe in selling your personal data.", "Sell", ""),
    ("We have no intention of selling your personal data.", "Sell", ""),
    ("We do not intend to sell your personal data.", "Sell", ""),
    ("We do not plan to share your personal data with advertisers.", "Share", ""),
    ("We do not permit third parties to collect your personal data on our site.", "", ""),
    ("We do not allow advertisers to collect your location.", "", ""),
    ("We treat your personal data with care and do not pass it on to anyone.", "Share", ""),
    ("Your personal data is guarded well and will not be passed on.", "Share", ""),
    ("Your personal data is guarded well, and our rooms cannot be accessed.", "", ""),
    ("We respect you and do not sell, rent or lend your e-mail address.", "Sell,Share", ""),
    ("Our providers are not permitted to use your data for their own purposes.", "", ""),
    ("We are not responsible for the practices of sites that sell your data.", "", ""),
    ("Why do we not sell your data?", "", ""),
    (
        "We do not sell your personal information for money, but we may share your photos with advertisers.",
        "Sell",
        "Share",
    ),
    ("We not only collect your name but also share it with partners.", "", "Collect"),
    ("We do not just collect your name but also your address.", "", "Collect"),
    ("We do not hesitate to disclose your name to the police.", "", "Disclose"),
    ("Do not hesitate to send us your name.", "", ""),
    ("We may not be able to delete your name.", "", ""),
    ("We never fail to collect your name.", "", "Collect"),
    ("There is no reason why we would not collect your name.", "", ""),
    ("We do not sell your personal data and only use it to send newsletters.", "Sell", "Use"),
    ("When you rent a bike we collect your name.", "", "Collect"),
    ("When you rent a bike, we collect your name.", "", "Collect"),
    ("Once you sign up we store your e-mail address.", "", "Store"),
    ("When using our app we collect your location.", "", "Collect"),
]


def _map(text: str) -> MappedPolicy:
    """What the extractor makes of a page, or of plain text."""
    if not text.startswith("<"):
        return LexiconExtractor().extract(read_bytes(text.encode(), name="policy.txt"))
    page = f"<!doctype html><html lang='en'><body><main>{text}</main></body></html>"
    return LexiconExtractor().extract(read_bytes(page.encode(), name="policy.html"))


def _operations(policy: MappedPolicy, polarity: Polarity) -> set[str]:
    """Local names of the controller's own operations that have a polarity."""
    own = (p for p in policy.practices if p.polarity is polarity and not p.foreign)
    return {practice.processing.rsplit("#", 1)[1] for practice in own}


@pytest.mark.parametrize(("text", "denied", "affirmed"), STATEMENTS)
def test_which_operations_are_denied(text: str, denied: str, affirmed: str) -> None:
    policy = _map(text)
    no, yes = _operations(policy, Polarity.DENIED), _operations(policy, Polarity.AFFIRMED)
    assert set(filter(None, denied.split(","))) <= no
    assert set(filter(None, affirmed.split(","))) <= yes
    assert denied or not no
    assert affirmed or not yes


@pytest.mark.parametrize(
    ("text", "data", "polarity"),
    [
        ("We never sell data.", "data", Polarity.DENIED),
        ("No personal information is sold.", "personal information", Polarity.DENIED),
        ("Data is neither sold nor shared.", "Data", Polarity.DENIED),
        ("The information you provide will not be sold.", "The information you provide", Polarity.DENIED),
        ("We do not rent out customer lists.", "customer lists", Polarity.DENIED),
        ("<h2>We never sell your data</h2><p>Good day.</p>", "your data", Polarity.DENIED),
        ("<p>Do we sell your data? Never.</p>", "your data", Polarity.DENIED),
        ("<p>Do we store your e-mail address? Yes.</p>", "your e-mail address", Polarity.AFFIRMED),
        ("<p>Do we store your e-mail address? Read on.</p>", "your e-mail address", Polarity.AFFIRMED),
        (
            "We treat your personal data with care and do not pass it on.",
            "your personal data",
            Polarity.AFFIRMED,
        ),
        (
            "Your personal data is treated with care and is never passed on.",
            "Your personal data",
            Polarity.AFFIRMED,
        ),
    ],
)
def test_the_data_of_a_denial_is_mentioned(text: str, data: str, polarity: Polarity) -> None:
    policy = _map(text)
    found = [m for m in policy.mentions if m.role is Role.DATA_CATEGORY]
    assert [(policy.document.text[m.start : m.end], m.polarity) for m in found] == [(data, polarity)]


@pytest.mark.parametrize(
    "text",
    [
        "We do not sell it.",
        "We do not use the information.",
        "Our data protection officer does not share offices.",
        "We are not responsible for what others do with data.",
        "This data is not merged with other data sources.",
        "Talk of data is heard, and locked rooms cannot be accessed.",
    ],
)
def test_words_that_name_no_data_are_no_data(text: str) -> None:
    assert not [m for m in _map(text).mentions if m.role is Role.DATA_CATEGORY]


@pytest.mark.parametrize(("answer", "polarity"), [("NO", Polarity.DENIED), ("YES", Polarity.AFFIRMED)])
def test_a_cell_or_heading_that_says_no_denies_the_data(answer: str, polarity: Polarity) -> None:
    table = (
        "<table><tr><th>Category of data</th><th>Collected</th></tr>"
        f"<tr><td>Biometric information</td><td>{answer}</td></tr></table>"
    )
    section = (
        "<h2>Information we collect</h2>"
        f"<h3>B. Information we collect about your body - {answer}</h3><p>Fingerprints and blood type.</p>"
    )
    for page in (table, section):
        found = [m.polarity for m in _map(page).mentions if m.role is Role.DATA_CATEGORY]
        assert found
        assert set(found) == {polarity}


def test_what_goes_on_into_a_denial_is_itself_none() -> None:
    document = read_bytes(b"We share your name to print labels and not to send letters.", name="policy.txt")
    [passage] = passages(document, sentences(document))
    aim = "print labels and not to send letters"
    mention = passage.mention(
        passage.text.index(aim), passage.text.index(aim) + len(aim), Role.PURPOSE, confidence=1.0
    )
    assert with_polarity(passage, mention).polarity is Polarity.AFFIRMED
