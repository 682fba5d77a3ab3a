from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.loaders.document import Document
from privagraph.loaders.readers import read_bytes

Outline = Callable[..., list[str]]
Intros = Callable[[Document], dict[str, str | None]]

PROSE = "We keep the name and the address of every guest for as long as the law on inns asks us to keep them."
MORE = (
    "Nobody outside the house gets to see the book, unless a judge sends for it or a guest asks us "
    "to show a page."
)


def page(body: str, head: str = "<title>Privacy | Inn</title>") -> str:
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>"


def test_headings_paragraphs_and_nested_lists(outline: Outline) -> None:
    body = f"""<h1>Privacy at the <em>Inn</em></h1><p>{PROSE}</p>
    <h2>What we ask</h2><p>We ask for:</p>
    <ul><li>your name</li><li>your <a href="x">contact details</a>:
    <ol><li>e-mail</li><li><p>telephone</p><p>Only for calls.</p></li></ol></li>
    <li>your age</li></ul><p>{MORE}</p>"""
    assert outline(page(body)) == [
        "# Privacy at the Inn",
        PROSE,
        "## What we ask",
        "We ask for:",
        "- your name",
        "- your contact details:",
        "  - e-mail",
        "  - telephone",
        "Only for calls.",
        "- your age",
        MORE,
    ]


def test_items_know_what_introduces_them(intros: Intros) -> None:
    body = (
        f"<h2>Data</h2><ul><li>a name<ul><li>first name</li></ul></li></ul><p>{PROSE}</p><p>We share "
        f"with:</p><ul><li>banks</li></ul><ul><li>courts</li></ul>"
    )
    document = read_bytes(page(body).encode(), name="a.html")
    assert intros(document) == {
        "a name": "Data",
        "first name": "a name",
        "banks": "We share with:",
        "courts": "We share with:",
    }


def test_a_list_that_stands_in_a_list_without_an_item(intros: Intros) -> None:
    body = f"<p>{PROSE}</p><ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>"
    document = read_bytes(page(body).encode(), name="a.html")
    assert intros(document) == {"a": PROSE, "b": "a", "c": PROSE}
    assert [document.text_of(block) for block in document.blocks] == [PROSE, "a", "b", "c"]


def test_inline_elements_do_not_tear_or_glue_words(outline: Outline) -> None:
    body = (
        "<p>We <b>collect</b> e&shy;mail<sup>1</sup> and\n  <span>first</span><span>name</span>, "
        "<i>not</i>&nbsp;more&#8203;.</p>"
    )
    assert outline(page(body)) == ["We collect email1 and firstname, not more."]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One sentence.<br><br>Another sentence.</p>", ["One sentence.", "Another sentence."]),
        ("<p>Oak Ltd<br>12 Mill Lane<br>Leeds LS1 4AP</p>", ["Oak Ltd / 12 Mill Lane / Leeds LS1 4AP"]),
        ("<div>We take:<br>- your name<br>- your age</div>", ["We take:", "- your name", "- your age"]),
        ("<p>• your name</p><p>• your age</p>", ["- your name", "- your age"]),
        ("<p>(a) your name;</p><p>(b) your age.</p>", ["- (a) your name;", "- (b) your age."]),
        ("<pre>We take:\n\n  * your name\n  * your age\n</pre>", ["We take:", "- your name", "- your age"]),
        ("<div style='white-space: pre-wrap'>First line.\n\nSecond line.</div>", ["First line.", "Second line."]),
        ("<dl><dt>Name</dt><dd>for the bill</dd><div><dt>Age</dt><dd>for the bar</dd></div></dl>",
         ["- Name", "  - for the bill", "- Age", "  - for the bar"]),
        ("<p><strong>Your rights</strong></p><p>Ask us.</p>", ["# Your rights", "Ask us."]),
        ("<p><b>Your rights</b><br>Ask us.</p>", ["# Your rights", "Ask us."]),
        ("<p><b>Name.</b> We print it on the key.</p>", ["Name. We print it on the key."]),
        ("<p style='font-weight:700'>How we share</p><p>We do not.</p>", ["# How we share", "We do not."]),
        ("<details><summary>Cookies</summary><p>None.</p></details>", ["## Cookies", "None."]),
        ("<h2><button aria-expanded='false'>Cookies</button></h2><div style='display:none'><p>" + PROSE + MORE
         + "</p></div>", ["## Cookies", PROSE + MORE]),
        ("<div>Loose text <p>Paragraph.</p> tail text</div>", ["Loose text", "Paragraph.", "tail text"]),
        ("<table><tr><td><p>One column</p><p>only arranges.</p></td></tr></table>", ["One column", "only arranges."]),
        ("<p>Mail <a class='__cf_email__' "
         "data-cfemail='422c232f27022b2c2c6c273a232f322e27'>[email&#160;protected]</a> now.</p>",
         ["Mail name@inn.example now."]),
    ],
)  # fmt: skip
def test_small_things(outline: Outline, markup: str, expected: list[str]) -> None:
    assert outline(page(markup)) == expected


def test_tables_with_headers_and_spans(outline: Outline) -> None:
    body = """<table><caption>What we keep</caption>
    <thead><tr><th rowspan=2>Data</th><th colspan=2>Why</th></tr><tr><th>Ground</th><th>Aim</th></tr></thead>
    <tr><th scope=row>Name</th><td>contract</td><td><ul><li>bill</li><li>key</li></ul></td></tr>
    <tr><td>Age</td><td colspan=2>law</td></tr></table>"""
    assert outline(page(body)) == [
        "What we keep",
        "[0.0.0] Data",
        "[0.0.1] Why",
        "[0.1.1] Ground < Why",
        "[0.1.2] Aim < Why",
        "[0.2.0] Name < Data",
        "[0.2.1] contract < Name < Ground",
        "[0.2.2] bill < Name < Aim",
        "[0.2.2] key < Name < Aim",
        "[0.3.0] Age < Data",
        "[0.3.1] law < Ground",
    ]


def test_a_table_without_th_has_headers_by_its_looks(outline: Outline) -> None:
    body = (
        "<table><tr><td>Data</td><td>Why</td></tr><tr><td>Name</td><td>to write the bill for the "
        "room</td></tr><tr><td>Age</td><td>the law</td></tr></table>"
    )
    assert outline(page(body))[3] == "[0.1.1] to write the bill for the room < Name < Why"


def test_layout_tables_are_read_through(outline: Outline) -> None:
    outer = f"<table role=presentation><tr><td><h1>Privacy</h1><p>{PROSE}</p></td><td></td></tr></table>"
    inner = "<table><tr><td>Inner</td><td>cell</td></tr></table>"
    body = f"{outer}<table><tr><td>{inner}</td></tr></table>"
    assert outline(page(body)) == ["# Privacy", PROSE, "[0.0.0] Inner", "[0.0.1] cell < Inner"]


FURNITURE = """
<a class="skip-link" href="#main">Skip to content</a>
<header class="site-header"><div class="logo">Inn</div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/rooms">Rooms</a></li></ul></nav></header>
<div class="lang-menu"><ul><li><a hreflang="en" href="/en">English</a></li>
<li><a hreflang="de" href="/de">Deutsch</a></li><li><a hreflang="fr" href="/fr">Français</a></li></ul></div>
<div id="onetrust-consent-sdk"><div role="dialog"><p>We use cookies so that the pages of the inn work and so that
we learn which rooms people look at before they book one of them.</p><button>Accept all</button></div></div>
<div class="cookie-banner"><p>This site uses cookies to make the visit of our pages better for all the guests
of our house and for their friends.</p><a href="#">Got it</a></div>
%s
<aside><h3>Related</h3><ul><li><a href="/a">Our kitchen</a></li><li><a href="/b">Our garden</a></li></ul></aside>
<div class="share-buttons"><a href="#">Facebook</a> <a href="#">Email</a></div>
<form action="/newsletter"><label>Get our letter</label><input name="e"><button>Send</button></form>
<footer><ul><li><a href="/imprint">Imprint</a></li><li><a href="/privacy">Privacy</a></li></ul>
<p>© 2024 Inn. All rights reserved.</p></footer>
<div style="display:none">Loading your basket</div>
<script>var x = "<p>not text</p>";</script><style>p { color: red }</style><noscript>Enable JavaScript</noscript>
"""


@pytest.mark.parametrize(
    "frame",
    [
        "<main>%s</main>",
        "<div id=content>%s</div>",
        "<article>%s</article>",
        "<div role=main>%s</div>",
        "<form id=aspnet>%s</form>",
        "%s",
    ],
)
def test_furniture_is_cut_and_nothing_else(outline: Outline, frame: str) -> None:
    policy = (
        f"<h1>Privacy</h1><p>{PROSE}</p><h2>Sharing</h2><p>{MORE}</p><p>We work with:</p><ul><li><a "
        f"href='https://a.example'>Anvil Maps</a></li><li><a href='https://b.example'>Bell "
        f"Pay</a></li></ul>"
    )
    body = FURNITURE.replace("%s", frame.replace("%s", policy))
    assert outline(page(body)) == [
        "# Privacy",
        PROSE,
        "## Sharing",
        MORE,
        "We work with:",
        "- Anvil Maps",
        "- Bell Pay",
    ]


def test_what_was_cut_is_told() -> None:
    document = read_bytes(
        page(FURNITURE.replace("%s", f"<main><h1>Privacy</h1><p>{PROSE}</p></main>")).encode(), name="a.html"
    )
    told = " ".join(document.notes)
    for part in ("cookie banner", "navigation", "page footer", "hidden part"):
        assert part in told or part in ("navigation",), told
    assert "Cut from the page" in told


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='cookie-policy' id='cookies'><h2>Cookies</h2><p>{PROSE}</p><p>{MORE}</p></div>",
        f"<div class='main-footer-wrapper'><p>{PROSE}</p><p>{MORE}</p></div>",
        f"<nav><p>{PROSE * 5}</p></nav>",
        f"<header><h1>Privacy</h1><p>{PROSE}</p></header><p>{MORE}</p>",
        f"<aside><p>{PROSE * 8}</p></aside>",
        f"<div class='modal-body'><p>{PROSE}</p><p>{MORE}</p></div>",
        f"<main><h1>Welcome</h1></main><div><p>{PROSE * 4}</p></div>",
        f"<article><p>{PROSE * 4}</p></article><article><p>{MORE * 4}</p></article>",
        f"<div class='gdpr-section'><h2>GDPR</h2><p>{PROSE}</p><button>Close</button></div><p>{MORE * 10}</p>",
        f"<section hidden><h2>Panel</h2><p>{PROSE}{MORE}</p></section>",
    ],
)
def test_prose_is_never_cut_for_a_name(body: str) -> None:
    text = read_bytes(page(body).encode(), name="a.html").text
    assert (PROSE in body) <= (PROSE in text)
    assert (MORE in body) <= (MORE in text)


def test_hidden_prose_is_kept_and_told() -> None:
    document = read_bytes(
        page(f"<h1>Privacy</h1><div hidden><p>{PROSE}</p><p>{MORE}</p></div>").encode(), name="a.html"
    )
    assert any("hidden" in note for note in document.notes)


def test_a_linked_table_of_contents_goes(outline: Outline) -> None:
    body = (
        "<h1>Privacy</h1><ul><li><a href='#a'>1. Data</a></li><li><a href='#b'>2. "
        "Sharing</a></li><li><a href='#c'>3. Rights</a></li></ul>"
        + "".join(f"<h2>{name}</h2><p>{PROSE}</p>" for name in ("Data", "Sharing", "Rights"))
    )
    assert outline(page(body)) == ["# Privacy", "## Data", PROSE, "## Sharing", PROSE, "## Rights", PROSE]


def test_a_page_of_divs_is_read_by_its_layout(outline: Outline) -> None:
    lines = [
        "Inn Privacy Policy",
        "Last updated: May 1, 2024",
        PROSE,
        "WHAT WE COLLECT",
        MORE,
        "1. Names",
        PROSE,
        "2. Ages",
        MORE,
        "YOUR RIGHTS",
        PROSE,
    ]
    assert outline(page("".join(f"<div><span>{line}</span></div>" for line in lines))) == [
        "# Inn Privacy Policy",
        "Last updated: May 1, 2024",
        PROSE,
        "## WHAT WE COLLECT",
        MORE,
        "### 1. Names",
        PROSE,
        "### 2. Ages",
        MORE,
        "## YOUR RIGHTS",
        PROSE,
    ]


def test_word_export(outline: Outline) -> None:
    body = """<div class=WordSection1><p class=MsoTitle>Privacy<o:p></o:p></p>
    <p class=MsoNormal>We take:<o:p></o:p></p>
    <p class=MsoListParagraph style='margin-left:.5in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
    style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>names</p>
    <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span
    style='mso-list:Ignore'>o<span>&nbsp;</span></span>first names</p>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>ages</p></div>"""
    assert outline(page(body)) == ["# Privacy", "We take:", "- names", "  - first names", "- ages"]


def test_title_language_and_entities() -> None:
    document = read_bytes(
        page(f"<h2>Data</h2><p>{PROSE} A &amp; B &lt;c&gt; &eacute; &#x1F512;</p>").encode(), name="a.html"
    )
    assert document.title == "Privacy | Inn"
    assert document.text.endswith("A & B <c> é 🔒")
    assert document.language == "en"


def test_blocks_in_another_language() -> None:
    german = (
        "Wir speichern die Namen und die Anschriften der Gäste nicht länger, als es für die "
        "Abrechnung nötig ist und das Gesetz verlangt."
    )
    document = read_bytes(
        page(f"<p>{PROSE}</p><p>{MORE * 4}</p><p lang=de>{german}</p><p>{german}</p>").encode(), name="a.html"
    )
    assert document.language == "en"
    assert [block.language for block in document.blocks] == ["en", "en", "de", "de"]


def test_a_page_that_shows_a_frame_says_so() -> None:
    document = read_bytes(
        page("<h1>Privacy</h1><iframe src='https://policies.example/inn'></iframe>").encode(), name="a.html"
    )
    assert any("https://policies.example/inn" in note for note in document.notes)


def test_a_policy_generators_page(outline: Outline) -> None:
    body = f"""<div><strong><span><h1>PRIVACY POLICY</h1></span></strong></div><div>{PROSE}</div>
    <ul><li>one thing</li></ul><div><bdt><ul><li>another thing</li></ul></bdt></div>
    <div>Write to us:</div><div><strong>Quill Harbour Ltd</strong></div><div>12 Mill Lane</div>
    <div>Leeds LS1 4AP</div>"""
    assert outline(page(body)) == [
        "# PRIVACY POLICY",
        PROSE,
        "- one thing",
        "- another thing",
        "Write to us:",
        "Quill Harbour Ltd / 12 Mill Lane / Leeds LS1 4AP",
    ]


def test_lists_that_follow_each_other_share_their_intro(intros: Intros) -> None:
    body = f"<div>{PROSE}</div><ul><li>one</li></ul><div><span><ul><li>two</li></ul></span></div>"
    assert intros(read_bytes(page(body).encode(), name="a.html")) == {"one": PROSE, "two": PROSE}


def test_a_blog_theme_around_a_policy(outline: Outline) -> None:
    body = f"""<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
    <header id="masthead" class="site-header"><p class="site-title"><a href="/">Inn</a></p>
    <nav class="main-navigation"><button>Menu</button>
    <ul><li><a href="/">Shop</a></li></ul></nav></header>
    <main id="main"><article class="page">
    <header class="entry-header"><h1 class="entry-title">Privacy Policy</h1></header>
    <div class="entry-content"><p>{PROSE}</p><div class="cookie-notice-section"><p>{MORE}</p></div>
    <div class="elementor-widget elementor-widget-heading"><h2>Contact</h2></div>
    <div class="elementor-widget"><a href="mailto:a@inn.example">a@inn.example</a></div></div></article>
    <div id="comments" class="comments-area"><h3>Leave a Reply</h3><form><p>Your email address will not be
    published. Required fields are marked with a star.</p><textarea></textarea></form></div></main>
    <aside class="widget-area"><h2>Recent Posts</h2><ul><li><a href="/a">On ink</a></li></ul></aside>
    <footer class="site-footer"><div>© 2024 Inn. Powered by <a href="/">Press</a></div></footer>
    <div id="cookie-law-info-bar"><span>This site uses cookies to improve your visit. <a>Accept</a></span></div>"""
    assert outline(page(body)) == ["# Privacy Policy", PROSE, MORE, "## Contact", "a@inn.example"]


def test_toggles_and_list_blocks_of_a_notes_service(outline: Outline) -> None:
    hidden = "The panel says that we keep the records of the pen club for ten years because of the tax law."
    body = f"""<main><h2>Privacy</h2><div class="text-block"><p>{PROSE}</p></div>
    <div class="notion-bulleted_list-block"><div></div><div>Name</div></div>
    <div class="notion-bulleted_list-block"><div>E-mail</div></div>
    <div><div role="button" aria-expanded="false">▶</div></div>
    <div style="display:none"><div>{hidden}</div></div></main>"""
    assert outline(page(body)) == ["## Privacy", PROSE, "- Name", "- E-mail", hidden]


def test_a_footer_that_says_how_to_reach_the_controller_stays() -> None:
    body = f"<main><h1>Privacy</h1><p>{PROSE}</p></main><footer><p>Questions? Write to desk@inn.example.</p></footer>"
    assert "desk@inn.example" in read_bytes(page(f"<div>{body}</div>").encode(), name="a.html").text
