"""The signs by which a document is known for a policy or for something else, as patterns; admission counts them."""

from __future__ import annotations

import re

__all__ = [
    "ABOUT_POLICIES",
    "AGREEMENT_TITLE",
    "BOT_WALL",
    "CONSENT_PAGE",
    "COOKIE_TITLE",
    "ERROR_PAGE",
    "ITS_OWN_POLICY",
    "NEEDS_SCRIPT",
    "PASSIVE",
    "POLICY_TITLE",
    "PRACTICE",
    "PRIVACY_TITLE",
    "PRIVACY_WORDS",
    "REPORTING",
    "SIGN_IN",
    "TERMS_TITLE",
    "TERMS_WORDS",
    "WE",
    "WE_OR_YOU",
    "WORD",
]

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")

PRIVACY_TITLE = re.compile(
    r"privacy|data protection|data policy|protection of (?:personal )?data|personal (?:data|"
    r"information)|how we (?:use|handle) your (?:data|information)|"
    r"information (?:we collect|collection)|gdpr",
    re.IGNORECASE,
)
POLICY_TITLE = re.compile(
    r"privacy[ -](?:policy|notice|statement|charter|disclosure|practices)|(?:data|information) "
    r"(?:protection|privacy|processing) "
    r"(?:policy|notice|statement|declaration|information)",
    re.IGNORECASE,
)
PRIVACY_WORDS = re.compile(
    r"\bprivacy\b|\bpersonal(?:ly)?[ -](?:data|information|identif\w+|details)|\bdata (?:protection|"
    r"subject|controller|processing)\b|\bgdpr\b|\bccpa\b|"
    r"\bthird[ -]part(?:y|ies)\b|\bcookies?\b|\bopt[ -]out\b|\bconsent\b",
    re.IGNORECASE,
)
PRACTICE = re.compile(
    r"\b(?:collect|gather|stor|process|us(?:e|es|ed|ing)\b|shar|disclos|sell|sold|obtain|receiv|"
    r"retain|transfer|access|record|track|log|keep|kept|request|"
    r"delet|transmit|save|hold|held|provid|submit)\w{0,5}\b(?:[^.!?\n]|(?<=[:;,])\n+){0,90}?\b(?:data|information|cookies?|details|photos?|"
    r"e-?mails?|address(?:es)?|names?|location|identifiers?|contacts)\b",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    r"\b(?:data|information|cookies?|details|photos?|e-?mails?|address(?:es)?|names?|location|"
    r"identifiers?|contacts)\b[^.!?\n]{0,60}"
    r"\b(?:is|are|be|been|being|was|were|gets?)\b(?: \w+){0,3} (?:collected|gathered|stored|processed|"
    r"used|shared|disclosed|sold|obtained|received|"
    r"retained|transferred|accessed|recorded|kept|requested|deleted|transmitted|saved|sent)\b",
    re.IGNORECASE,
)
WE = re.compile(r"\b(?:we|our|us|ours)\b", re.IGNORECASE)
WE_OR_YOU = re.compile(r"\b(?:we|our|us|ours|you|your|yours|I|my)\b", re.IGNORECASE)

BOT_WALL = re.compile(
    r"just a moment\.{0,3}|checking (?:if the site connection is secure|your browser)|verify(?:ing)? "
    r"(?:that )?you are (?:a )?human|"
    r"enable javascript and cookies to continue|attention required!|why have i been blocked|sorry, "
    r"you have been blocked|"
    r"you don['’]t have permission to access|pardon our interruption|press (?:and|&) hold|are you a "
    r"robot|unusual traffic from your|"
    r"request unsuccessful\. incapsula|ddos protection by|performance (?:and|&) security by "
    r"cloudflare|ray id:|complete the captcha|"
    r"reference (?:id|#)\s*[0-9a-f.]{8,}|please complete the security check|access to this page has "
    r"been denied",
    re.IGNORECASE,
)
NEEDS_SCRIPT = re.compile(
    r"(?:enable|requires?|turn on|need(?:s)?(?: to enable)?|works? (?:best )?with) java\s?script|"
    r"java\s?script (?:is )?(?:disabled|required|must be enabled)",
    re.IGNORECASE,
)
ERROR_PAGE = re.compile(
    r"\b(?:404|410|500|502|503)\b|page (?:was |is |could )?(?:not|cannot|can['’]t)(?: be)? found|page "
    r"(?:you (?:requested|are looking for|were looking for)|"
    r"doesn['’]t exist|does not exist|no longer)|not found|something went wrong|bad gateway|service "
    r"unavailable",
    re.IGNORECASE,
)
SIGN_IN = re.compile(
    r"\b(?:sign|log) ?in\b|forgot(?:ten)? (?:your )?password|remember me|create (?:an )?account|"
    r"don['’]t have an account",
    re.IGNORECASE,
)
CONSENT_PAGE = re.compile(
    r"accept all|reject all|allow all|deny all|accept cookies|manage (?:options|preferences|choices|"
    r"cookies|consent|settings)|cookie (?:settings|preferences)|"
    r"save (?:preferences|choices|settings)|confirm my choices|strictly necessary|vendor list|list of "
    r"partners|always active|we value your privacy|before you continue",
    re.IGNORECASE,
)
TERMS_TITLE = re.compile(
    r"\bterms (?:of|and|&) (?:service|use|conditions|sale|business|trade)|^(?:\w+ ){0,3}terms$|"
    r"general terms|conditions of (?:use|sale|service)|user agreement|licen[cs]e agreement|\beula\b|"
    r"acceptable use|code of conduct|"
    r"refund policy|return policy|shipping policy|service level agreement|community guidelines|"
    r"disclaimer|imprint|impressum",
    re.IGNORECASE | re.MULTILINE,
)
TERMS_WORDS = re.compile(
    r"\bliab(?:le|ility)\b|\bwarrant(?:y|ies)\b|\bindemnif\w+|governing law|\barbitrat\w+|"
    r"intellectual property|\bterminat\w+|\bthese terms\b|\blicen[cs]e\b|"
    r"as is|\brefunds?\b|\bsubscription\b|user content|prohibited|class action|severab\w+",
    re.IGNORECASE,
)
AGREEMENT_TITLE = re.compile(
    r"data processing (?:agreement|addendum)|\bDPA\b|business associate agreement|standard "
    r"contractual clauses",
    re.IGNORECASE,
)
REPORTING = re.compile(
    r"\b(?:said|told|tells|says|according to|announced|reported(?:ly)?|spokes(?:man|woman|person)|"
    r"journalists?|reporters?|fined|lawsuit|alleged(?:ly)?|"
    r"critics|investigation|regulators?|published on|read more|min read)\b",
    re.IGNORECASE,
)
ABOUT_POLICIES = re.compile(
    r"\b(?:your|a good|a|every|write|draft|create|template|generator|sample)(?: own| website['’]s| "
    r"site['’]s| app['’]s| company['’]s)? privacy (?:policy|notice|statement)\b",
    re.IGNORECASE,
)
ITS_OWN_POLICY = re.compile(
    r"\b(?:this|our|the present|the following)(?: [A-Z]?\w+){0,3} (?:privacy|data protection|policy|"
    r"notice|statement)\b",
    re.IGNORECASE,
)
COOKIE_TITLE = re.compile(r"\bcookies?\b(?! (?:jar|recipe|dough))", re.IGNORECASE)
