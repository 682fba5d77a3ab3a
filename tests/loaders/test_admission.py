from __future__ import annotations

import pytest

from privagraph.errors import RejectedDocumentError
from privagraph.loaders.admission import CODES, check
from privagraph.loaders.readers import read_bytes

POLICIES = {
    "tiny denial": "# Privacy Policy\n\nThe app Moonclock does not collect or share any information "
    "about the people who use it.\n",
    "tiny and untitled": "This game stores your high score on your phone. No personal information is "
    "collected by it and none is sent to us.\n",
    "first person": "# Privacy\n\nI wrote this app alone. I do not collect data, and I have no "
    "server to store data on. If you e-mail me, I keep your address.\n",
    "third person": "# Privacy notice of Birch Bakery\n\nThe bakery processes names and telephone "
    "numbers of customers in order to bake cakes to order. "
    "Data is deleted after the cake was collected. Customers may request access to their data at any time.\n",
    "no title": "We collect the name and the e-mail address of everybody who signs up for our walks. "
    "We use this information to send the meeting point. "
    "We never sell your personal data. You may ask us to delete your details.\n",
    "with terms": "# Terms of Service and Privacy Policy\n\n## Privacy\n\nWe collect your name and "
    "e-mail address when you open an account. We share your data "
    "with our payment provider. We store your information for two years. You may request your data. "
    "We delete your data on request.\n\n## Terms\n\n"
    "You may not resell the service. Our liability is limited to the fees paid. These terms are "
    "governed by the law of Ireland.\n",
    "mentions CAPTCHA and JavaScript": "# Privacy policy\n\nWe use a captcha to protect our forms; it collects your "
    "IP address. Our pages need JavaScript. "
    "We store the data for a week. If a page was not found, we log your address.\n",
    "in a list": "# Privacy notice\n\nWe hold the following:\n\n- your name\n- your age\n\nNothing is sold.\n",
    "about cookies": "# Cookie Policy\n\nWe use cookies to keep you signed in. We also use analytics "
    "cookies that collect information about the pages "
    "you visit. You can delete cookies in your browser. We do not share the data with anybody.\n",
}

OTHERS = {
    "recipe": (
        "# Onion tart\n\nSlice six onions and fry them slowly in butter until they are golden. Roll "
        "out the dough and line a tin with it. Beat the eggs "
        "with the cream, add salt, and pour everything over the onions. Bake for forty minutes and "
        "let it rest before you serve it with a green salad.\n",
        "personal data|collected",
    ),
    "terms": (
        "# Terms of Service\n\nBy opening an account you accept these terms. You may not copy the "
        "software. We grant you a licence that is not exclusive. "
        "Our liability is limited to the fees of the last year. We give no warranty. These terms are "
        "governed by the laws of Norway, and disputes go to "
        "arbitration. We may terminate your account. Please also read our privacy policy, which says "
        "how we use information.\n",
        "terms of service",
    ),
    "terms without the name": (
        "# Rules of the house\n\nYou must be eighteen to subscribe. Subscription fees are not "
        "refunded. The service is provided as is, without warranty of "
        "any kind, and our liability is excluded. You indemnify us against claims. User content "
        "stays yours; you grant us a licence to show it. We may "
        "terminate the agreement at any time. The governing law is that of Norway. Disputes are "
        "settled by arbitration and no class action is possible.\n",
        "terms of service",
    ),
    "error page": ("<html><title>404</title><h1>Page not found</h1><p>The page that you are looking "
                   "for has moved or does not exist any more.</p></html>", "error page"),
    "cookie wall": (
        "<html><h1>We value your privacy</h1><p>We and our 811 partners store and access information "
        "on a device, such as cookies, and process personal data "
        "for ads and content.</p><div>Accept all</div><div>Reject all</div><div>Manage "
        "options</div><p>Strictly necessary. Always active.</p></html>",
        "cookie-consent",
    ),
    "sign in": (
        "<html><h1>Sign in to your account</h1><p>Welcome back to the reading club of the "
        "islands.</p><p>Forgot your password?</p><p>Don't have an account? "
        "Create an account</p></html>",
        "sign-in",
    ),
    "news": (
        "# Chain of gyms fined over members' data\n\nA chain of gyms was fined two million on "
        "Tuesday, the regulator announced. The company had shared personal "
        "data of members with an insurer, according to the decision. A spokesperson said the firm "
        "would appeal. Critics told reporters that the fine was too "
        "small. The investigation began in May, when journalists reported that location data had "
        "been sold. The lawsuit of a member is still open.\n",
        "news",
    ),
    "guide": (
        "# How to write a privacy policy\n\nA good privacy policy is short. Your privacy policy "
        "should say which personal data you collect and how you use the "
        "data. Use a template if you must, but read it. Every privacy policy needs a date. Put a "
        "link to your privacy policy in the footer, and let a lawyer "
        "check your privacy policy once a year. A sample privacy policy stands below.\n",
        "about privacy policies",
    ),
    "hub": (
        "<html><h1>Legal centre</h1><h2>Privacy Policies</h2>"
        + "".join(f"<p>{name} Privacy Policy</p><p>Read more</p>" for name in ("Guest", "Website", "Staff", "Partner"))
        + "</html>",
        "only links",
    ),
    "agreement": (
        "# Data Processing Agreement\n\nThe processor processes personal data on behalf of the "
        "controller and only on documented instructions. The processor "
        "keeps the data secret and helps the controller to answer requests. Sub-processors need the "
        "consent of the controller.\n",
        "data processing agreement",
    ),
    "code": ("def main():\n    for number in range(10):\n        print(number)\n    return "
             "number\n\nif __name__ == '__main__':\n    main()\n", "collected|language"),
    "story": (
        "The ferry left the pier at six. The old keeper stood at the rail and watched the lamp grow "
        "small behind them, and he did not speak until the island "
        "was gone. Nobody asked him anything. In the morning they saw the coast, and he went below "
        "to fetch his bag and his hat.\n",
        "collected",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", POLICIES)
def test_policies_are_let_in(name: str) -> None:
    notes = check(read_bytes(POLICIES[name].encode(), name="policy.md"))
    assert all(note.endswith(".") for note in notes)


@pytest.mark.parametrize("name", OTHERS)
def test_other_texts_are_left_out_under_a_name(name: str) -> None:
    text, words = OTHERS[name]
    with pytest.raises(RejectedDocumentError) as caught:
        check(read_bytes(text.encode(), name="page.md" if text.startswith("#") else "page"))
    assert any(word in caught.value.reason for word in words.split("|")), caught.value.reason
    assert caught.value.code == "not-a-policy"
    assert caught.value.advice


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        ("<html><body><div id=root></div></body></html>", "a.html", "empty"),
        ("<html><body><p>You need to enable JavaScript to run this app.</p></body></html>", "a.html", "empty"),
        ("<html><body><iframe src='https://policies.example/x'></iframe></body></html>", "a.html", "empty"),
        ("---\n***\n", "a.md", "empty"),
        ("Privacy Policy", "a.txt", "too-short"),
        ("<html><body><h1>404 Not Found</h1></body></html>", "a.html", "not-a-policy"),
        ("<html><title>Just a moment...</title><body><h1>inn.example</h1><p>Checking if the site "
         "connection is secure. Ray ID: 7f3a</p></body></html>", "a.html", "bot-wall"),
        ("<html><body><h1>Access denied</h1><p>You don't have permission to access this server. "
         "Reference #18.2f3d1702.17</p></body></html>", "a.html", "bot-wall"),
        ("<html><body><p>Please verify you are a human by pressing the button below for two "
         "seconds.</p></body></html>", "a.html", "bot-wall"),
        ("Wir erheben den Namen und die Anschrift unserer Gäste und speichern diese Daten so lange, "
         "wie es das Gesetz verlangt.", "a.txt", "language"),
        ("Мы храним имена наших гостей столько, сколько требует закон, и никому их не продаём ни при "
         "каких условиях.", "a.txt", "language"),
        ("当館は、法律で定められた期間、お客様のお名前とご住所を保管し、"
         "第三者に販売することはありません。", "a.txt", "language"),
        ("<html><body><h1>Sign in</h1><p>Welcome to the staff pages of the inn.</p><p>Forgot "
         "password? Log in with a key instead.</p></body></html>", "a.html", "not-a-policy"),
    ],
)  # fmt: skip
def test_codes(data: str, name: str, code: str) -> None:
    with pytest.raises(RejectedDocumentError) as caught:
        check(read_bytes(data.encode(), name=name))
    assert caught.value.code == code
    assert f"[{code}]" in str(caught.value)
    assert caught.value.code in CODES


def test_every_code_is_explained() -> None:
    assert set(CODES) == {
        "binary",
        "bot-wall",
        "empty",
        "encrypted",
        "language",
        "not-a-policy",
        "scanned",
        "too-large",
        "too-short",
    }


def test_what_is_odd_is_noted() -> None:
    assert check(read_bytes(POLICIES["tiny denial"].encode(), name="a.md")) == (
        "The document is very short: 18 words.",
    )
    assert any(
        "cookie policy" in note for note in check(read_bytes(POLICIES["about cookies"].encode(), name="a.md"))
    )
    assert any(
        "first lines" in note for note in check(read_bytes(POLICIES["no title"].encode(), name="a.txt"))
    )
    assert any(
        "terms of service" in note for note in check(read_bytes(POLICIES["with terms"].encode(), name="a.md"))
    )


def test_the_language_is_named() -> None:
    with pytest.raises(RejectedDocumentError) as caught:
        check(
            read_bytes(
                b"Nous conservons les noms de nos clients aussi longtemps que la loi l'exige et pas plus.",
                name="a.txt",
            )
        )
    assert "(fr)" in caught.value.reason
