from __future__ import annotations

import sys

import pytest

from privagraph.loaders.language import document_language, language_of

TEXTS = {
    "en": "We keep the names of our guests for as long as the law asks us to, and we do not sell "
    "them to anybody.",
    "de": "Wir speichern die Namen unserer Gäste so lange, wie es das Gesetz verlangt, und verkaufen "
    "sie nicht an Dritte.",
    "fr": "Nous conservons les noms de nos clients aussi longtemps que la loi l'exige et nous ne les "
    "vendons pas à des tiers.",
    "es": "Guardamos los nombres de nuestros huéspedes durante el tiempo que exige la ley y no los "
    "vendemos a terceros.",
    "it": "Conserviamo i nomi dei nostri ospiti per tutto il tempo richiesto dalla legge e non li "
    "vendiamo a nessuno.",
    "nl": "Wij bewaren de namen van onze gasten zo lang als de wet dat van ons vraagt en verkopen "
    "deze niet aan anderen.",
    "uk": "Ми зберігаємо імена наших гостей стільки, скільки вимагає закон, і нікому їх не продаємо.",
    "ru": "Мы храним имена наших гостей столько, сколько требует закон, и никому их не продаём.",
    "el": "Διατηρούμε τα ονόματα των επισκεπτών μας για όσο διάστημα απαιτεί ο νόμος και δεν τα πουλάμε.",
    "ja": "当館は、法律で定められた期間、お客様のお名前を保管し、第三者に販売することはありません。",
    "zh": "我们会在法律要求的期限内保存客人的姓名，并且不会将其出售给任何人。",
    "ko": "우리는 법이 요구하는 기간 동안 손님의 이름을 보관하며 누구에게도 판매하지 않습니다.",
    "he": "אנו שומרים את שמות האורחים שלנו כל עוד החוק דורש זאת ואיננו מוכרים אותם לאיש.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_documents(language: str) -> None:
    assert document_language([TEXTS[language]]) == language


@pytest.mark.parametrize("language", sorted(set(TEXTS) - {"en"}))
def test_a_block_in_an_english_document(language: str) -> None:
    assert language_of(TEXTS[language], document="en") == language


@pytest.mark.parametrize(
    "text",
    [
        "IP address, browser type, operating system, device identifiers, cookies",
        "Google Analytics, Facebook Pixel, Stripe, PayPal, Amazon Web Services",
        "Pollen Technologies GmbH\nLindenstraße 4\n10969 Berlin\nDeutschland",
        "privacy@inn.example",
        "São Paulo",
        "Café Zürich AG",
        "name",
    ],
)
def test_names_and_lists_of_terms_are_no_language_of_their_own(text: str) -> None:
    assert language_of(text, document="en") == "en"


def test_the_page_decides_only_where_the_words_do_not() -> None:
    assert document_language([TEXTS["en"]], hint="de-DE") == "en"
    assert document_language(["Impressum"], hint="de-DE") == "de"
    assert document_language(["Privacy"]) == "en"
    assert document_language(["123", "—"]) == "und"


def test_plain_english_does_not_load_the_model() -> None:
    sys.modules.pop("py3langid", None)
    document_language([TEXTS["en"]] * 50)
    language_of(TEXTS["en"], document="en")
    assert "py3langid" not in sys.modules
