"""The closed lists of words that :mod:`~privagraph.loaders.extraction.clauses` reads sentences with.

Each pattern says what it is for. They are kept apart from the reading so that the lists can be gone through, and
extended, without touching how they are used. All are matched without regard to case; both apostrophes count.
"""

from __future__ import annotations

import re

__all__ = [
    "BE_AFTER",
    "BE_BEFORE",
    "BREAK",
    "CHOICE_BEFORE",
    "CHOICE_NAME",
    "CONDITION",
    "CONDITION_STOP",
    "CONTRAST",
    "DONE_TO_USER",
    "EXCEPTION",
    "FINITE",
    "FRONT",
    "HARM_AFTER",
    "INERT_AFTER",
    "INERT_NOUN",
    "LIABILITY",
    "MAIN_CLAUSE",
    "MODAL",
    "NARROW_STOP",
    "NEGATED_BEFORE",
    "NEGATION",
    "NO_LONGER_THAN",
    "NO_CONDITION_BEFORE",
    "PARTICIPLE_AFTER",
    "PLACE_BEFORE",
    "QUICK",
    "RELATIVE_BEFORE",
    "RELATIVE_SUBJECT",
    "SECURITY_TALK",
    "STOP",
    "SUBJECT_START",
    "UNDONE_AFTER",
    "USER_BEFORE",
]


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_USERS = (
    r"(?:you|users?|visitors?|customers?|clients?|students?|pupils?|learners?|parents?|guardians?|teachers?|children"
    r"|child|minors?|individuals?|persons?|people|anyone|everyone|who|subscribers?|members?|players?|applicants?)"
)
_ADVERBS = (
    r"(?:(?:\w+ly|also|ever|otherwise|always|even|further|hereby|in\s+any\s+(?:way|form|case)|at\s+any\s+time"
    r"|under\s+any\s+circumstances?|as\s+a\s+rule|in\s+general|as\s+such|so|yet|then|either|directly\s+or\s+indirectly)"
    r"\s+)"
)
_AUX = r"(?:do|does|did|will|would|shall|should|can|could|may|might|must|is|are|was|were|be|am|has|have|had|need|shall)"

QUICK = _re(
    r"\b(?:not|never|no|nor|neither|none|nothing|cannot|refus\w+|refrain\w*|exclud\w+|without|instead|rather"
    r"|prohibited|forbidden|barred)\b|n['’]t\b|\b(?:do|does|did|wo|ca|is|are)\s?nt\b"
)
"""A sentence without any of these has no negation; a cheap test before the dear ones."""

NEGATION = _re(
    rf"""
    (?P<aux> \b{_AUX}\b (?:\s+(?:also|currently|ever|otherwise|generally|usually|and\s+will|or\s+will|or\s+can))?
             (?:\s*,[^,]{{1,60}},)? \s+ not\b (?!\s+only\b)
           | \b(?:do|does|did|wo|would|sha|should|ca|could|must|is|are|was|were|has|have|had|ai)\s?n['’]?t\b
             (?!\s+only\b)
           | \bcannot\b )
  | (?P<longer> \bno\s+longer\b (?!\s+than) )
  | (?P<never> \bnever\b )
  | (?P<nor> \b(?:neither|nor)\b )
  | (?P<nowise> \b(?:in\s+no\s+(?:event|way|case|circumstances?)|under\s+no\s+circumstances?|by\s+no\s+means
             |at\s+no\s+time|on\s+no\s+account)\b )
  | (?P<no> \bno\b (?=\s+[A-Za-z]) | \bnone\s+of\b )
  | (?P<refuse> \b(?:refus(?:e|es|ed|ing)\s+to|refrain(?:s|ed|ing)?\s+from|(?:prohibited|forbidden|barred)\s+from)\b )
  | (?P<exclude> \b(?:not\s+including|excluding|exclud(?:e|es)|(?:instead\s+of|rather\s+than)(?=\s+\w+ing\b))
           | \bwithout\b (?=\s+(?:ever\s+)?(?:collecting|storing|saving|recording|sharing|disclosing|selling|using
             |processing|transferring|identifying|linking|revealing|disclosing|tracking|keeping|retaining|passing)\b) )
  | (?P<bare> (?<=\bbut\s)not\b | (?<=\band\s)not\b | (?<=\bor\s)not\b(?=\s+\w) | (?<=\()not\b | (?<=,\s)not\b
           | (?<=\bto\s)not\b | \bnot\s+to\b | (?<=\bwe\s)not\b | (?<=\)\s)not\b | (?<=[–—-]\s)not\b
           | \A\s*not\b )
    """
)
"""The words that can say no. Which of them do is decided one by one."""

CHOICE_NAME = _re(
    r"do\s+not\s+track\b|do\s+not\s+(?:sell|share)(?:\s+or\s+(?:sell|share))?\s+my\b|do\s+not\s+(?:call|contact)\s+(?:list|registry)"
)
"""The names of signals and links, which are no negations."""

CHOICE_BEFORE = _re(
    r"(?:\b(?:right|choose|chooses|chosen|choice|choosing|opt|opted|prefer|decide|decides|decided|elect|instruct|ask|asks"
    r"|tell|request|requests|requested|require|want|wish|whether\s+or|option|if|or\s+why)"
    r"(?:\s+(?:that\s+)?(?:us|we|you|for\s+us))?|\bwhether\s+(?:or\s+)?)\s*$"
)
"""What makes of a following "not" the wish of the reader, or one of two ways."""

INERT_AFTER = _re(
    rf"""
    \s* (?:,[^,]{{1,60}},\s*)? {_ADVERBS}* (?:be(?:en|ing)?\s+)? {_ADVERBS}* (?:(?:in\s+)?any\s+\w+\s+)??
    (?: responsib\w+ | liab\w+ | accountable | answerable | controll?\b | control(?:s|led)?\b | guarantee\w*
      | warrant\w* | ensure | promise | assume | accept\s+(?:any\s+)?(?:responsib|liab) | vouch
      | have\s+(?:any\s+|full\s+|the\s+)?(?:control|responsib|access\s+to\s+or\s+control|influence|liab|oblig|duty|abilit|means)\w*
      | limited | restricted\s+to | only | just | solely | necessarily | merely | hesitate | appl(?:y|ies|icable)\b
      | cover(?:s|ed)?\b | endorse\w* | (?:required|obliged|obligated|bound|needed|necessary|mandatory|compulsory)\b
      | able | capable | possible | feasible | affect\w* | mean\b | constitute | forget | wish\b | want\b | agree\b
      | understand\b | sure\b | aware\b | function\b | work\b | operate\b | available\b | secure\b | safe\b | perfect\b
      | 100 | completely\s+(?:secure|safe) | entirely\s+(?:secure|safe) | infallible | satisfied | happy | exceed\w*
      | more\s+than | less\s+than | later\s+than | longer\s+than | exhaustive | imply | form\s+part | supersede
      | be\s+able | yet\b | uncommon | unusual | unlawful | prejudice | represent\b | relieve\w* | take\s+responsib\w+
      | bear\s+\w* | advise | recommend | in\s+a\s+position | under\s+(?:any|an)\s+oblig\w+ | review(?:ed)?\s+by
      | need\b | needs\b | have\s+to\b | require\s+consent | know\b | find\b | expire\b | hear\b )
    """
)
"""What makes a negation inert when it follows: talk of duties, abilities and guarantees, not of what is done."""

USER_BEFORE = _re(
    rf"(?:^|[\s(,\"“])(?:{_USERS}|if)(?:\s+(?:\w+ly|also|under\s+\d+(?:\s+years)?(?:\s+of\s+age)?))?\s*$"
)
"""The reader or another person as the subject: what they do not do is no practice of the controller."""

DONE_TO_USER = _re(
    rf"\s+{_ADVERBS}*be\s+{_ADVERBS}*(?:subject(?:ed)?|tracked|identified|contacted|profiled|charged|asked|sold|monitored"
    r"|recorded|targeted)\b"
)
"""What is not done to people is a denial, though they are the subject."""

FINITE = _re(r"\b(?:is|are|was|were|will|may|can|must|shall|has|have|do|does)\b")
"""Auxiliary verbs, by which a clause is known."""

RELATIVE_SUBJECT = _re(r"\b(?:that|which|who|we|you|they|it)\s+(?:\w+ly\s+|also\s+|may\s+|will\s+|can\s+)?$")
"""Before a verb, what makes its clause a relative one within the subject ("data that is collected")."""

HARM_AFTER = _re(
    rf"\s+{_ADVERBS}*(?:be(?:en|ing)?\s+)?{_ADVERBS}*(?:lost|misused|altered|damaged|destroyed|compromised|stolen"
    r"|breached|intercepted|(?:accessed|viewed|read|disclosed)\s+by\s+(?:an\s+)?unauthori[sz]ed)\b"
)
"""Harm that security keeps off is no practice that is denied."""

INERT_NOUN = _re(
    r"\s+(?:control|responsibilit|liabilit|obligation|guarantee|warrant|method|system|security|charge|fee|cost|longer"
    r"|later|more\b|less\b|event|matter|doubt|need|reason|interest|change|effect|impact|legal\s+basis|adequacy"
    r"|(?:data\s+)?transmission|internet|website|measure|age\b|right|contract|effort|statutory|consequence|influence"
    r"|way\s+to|other\s+way|such\s+obligation|existing|further\s+action|action\b|later\s+than|time\s+limit|access\s+to\s+or\s+control)"
)
"""Nouns after "no" that are not about data."""

SECURITY_TALK = _re(r"\b(?:guarantee|secure\b|100\s?%|responsib|liab|warrant)")
LIABILITY = _re(r"\b(?:liable|liability|responsible)\b")
NEGATED_BEFORE = _re(r"(?:\b(?:not|never)|n['’]t)\s+(?:be\s+)?(?:\w+ly\s+)?$")
"""A negation of the negation ("is not prohibited from")."""

UNDONE_AFTER = _re(
    rf"\s*{_ADVERBS}*(?:prevent|preclude|prohibit|limit\b|limits\b|restrict\b|fail|refuse|stop|hinder|impede|exclude)\w*"
)
"""A verb of hindering after a negation: "does not prevent us from sharing" denies no sharing."""

RELATIVE_BEFORE = _re(r"\b(?:that|which)\s+(?:\w+ly\s+|by\s+\w+\s+|alone\s+)?$")
"""A negation within a relative clause stays there."""

STOP = _re(
    r"""
    ; | \bbut\b | \b(?:however|although|though|whereas|instead|because|provided\s+that|so\s+that|therefore|thus
      |nevertheless|notwithstanding|rather)\b(?!\s+than)
    | \bsince\b | ,?\s*\bas\s+(?:we|it|they|this|these|you|otherwise)\b
    | ,\s+while\b | \bin\s+order\s+to\s+(?:protect|ensure|safeguard|keep|comply|preserve)\b
    | ,?\s+(?:and|or|so)\s+(?:we|you|they|it|he|she|there|please)\b
    | ,\s+(?:we|you|they|it|please|only|just|then)\b
    | \band\s+(?:will|may|can|shall|must|only|always|have|has|are|is|therefore|thereby|hence)\b
    | ,?\s+and\s+(?!(?:any|other|all)\b)(?:(?!(?:that|which|who|whom|we|you)\b)[\w'’-]+\s+){1,5}(?:may|will|can|must|shall|do|does|is|are|has|have)\b
    | [–—-]\s+(?:we|it|they|you|instead|these|this)\b | \s(?:only|just)\s+(?:with|for|when|if|where|to)\b
    | [.!]\s+(?=[A-Z])
    """
)
"""Where a negation's reach ends: contrast, reason, a new main clause."""

NO_LONGER_THAN = _re(
    r"[^.;]{0,160}?\b(?:(?:any\s+)?longer\s+than|for\s+more\s+than|beyond\s+(?:the|what|this|that)|more\s+than\s+(?:is\s+)?necessary)\b"
)
"""A limit in time: "we do not keep it longer than a year" says that it is kept, and how long."""

NARROW_STOP = _re(
    r"""
    [;:)\]–—] | \bbut\b | \bhowever\b | \s-\s | [.]\s+(?=[A-Z])
    | \b(?:and|or)\s+(?:we|you|they|it|that|which|who|is|are|may|will|can)\b
    | \b(?:to|with)\s+(?:any\s+|our\s+|other\s+)?(?:third|partners?|affiliates?|advertisers?)\b
    | ,\s+(?:we|you|they|it|which|who|and\s+(?:we|you|they|it))\b
    """
)
"""Where the narrow negations end: "not your name", and those in relative clauses."""

SUBJECT_START = _re(
    r"""
    ; | \bbut\b | \bhowever\b,? | :\s | ,\s+which\b | ,\s+(?=(?:we|it|they)\b)
    | ,?\s+(?:and|so)\s+(?=(?:we|it|they|you)\b) | \band\s+(?=(?:your|our|the|this|these|such|all)\b)
    | \bthat\s+(?=(?:it|they)\b)
    | \b(?:note|aware|ensur(?:e|es|ing)|means?|says?|states?|confirm|agree|promise|sure|know|assure(?:\s+you)?|so|such
        |way)\s+that\b
    """
)
"""After which words the subject of a denied passive can begin."""

PARTICIPLE_AFTER = _re(
    rf"\s+{_ADVERBS}*(?:be(?:en|ing)?\s+)?{_ADVERBS}*(?:\w+ed\b|sold|kept|given|made|shown|sent|held|taken|lent|known|read"
    r"|passed|put|let|for\s+sale|lost|seen|subject)"
)
BE_BEFORE = _re(
    r"\b(?:is|are|was|were|be|been|being|am)\s*(?:not|n['’]?t|never|no\s+longer)?\s*$|\b(?:is|are|was|were)(?:\s+\w+)?(?:\s+not|n['’]?t|\s+never|\s+no\s+longer)\s*$"
)
BE_AFTER = _re(rf"\s+{_ADVERBS}*be(?:en|ing)?\b")

CONDITION = _re(
    r"""
    (?P<phrase>
        \b(?:with|without|only\s+with|subject\s+to|upon|after\s+obtaining|on\s+obtaining)\s+
            (?:first\s+|(?:obtaining|receiving|getting|having)\s+|(?:you|the\s+\w+|their|his|her|a|any)(?:['’]s|r|['’])?\s+|prior\s+
              |your\s+|parental\s+|parents?['’]?s?\s+|user['’]?s?\s+|(?:freely\s+)?(?:given|explicit|express|informed|written|verifiable|separate|specific|active|affirmative|previous|voluntary)\s*,?\s+|(?:and|or)\s+){0,6}
            (?:consent|permission|authori[sz]ation|approval|agreement)\b
            (?:\s+(?:of|from)\s+(?:the\s+|their\s+|his\s+|a\s+|your\s+)?(?:\w+\s+){0,3}?(?:parents?|guardians?|users?|person|subject|you|child|individuals?)\b(?:\s+or\s+(?:legal\s+)?guardians?)?)?
      | \bat\s+your\s+(?:own\s+)?(?:request|option|direction|instruction|choice|discretion)\b
      | \b(?:as|if|where|when|unless|except\s+as|except\s+where|to\s+the\s+extent|only\s+if|only\s+where|only\s+as|only\s+when)\s+(?:otherwise\s+|legally\s+|expressly\s+|is\s+|it\s+is\s+|we\s+are\s+)*
            (?:required|permitted|allowed|authori[sz]ed|obliged|compelled|mandated|necessary|appropriate|applicable|possible|relevant|needed)
            (?:\s+or\s+(?:required|permitted|allowed|authori[sz]ed|necessary|appropriate))?(?!\s+to\s+(?!do\b))
            (?:\s+(?:by|under|to\s+do\s+so\s+by|by\s+and\s+in\s+accordance\s+with)\s+(?:the\s+|any\s+)?(?:applicable\s+|relevant\s+|local\s+|national\s+)*(?:laws?|regulations?|legislation|court\s+orders?|statute)
              (?:\s+(?:or|and)\s+(?:the\s+)?(?:regulations?|legal\s+process|legislation|court\s+orders?))?)?\b
      | \b(?:upon|on)\s+(?:your\s+|receipt\s+of\s+|receiving\s+)?(?:request|registration|order|subpoena|warrant)s?\b
      | \bfor\s+(?:residents|users|visitors|individuals|persons|customers|people)\s+
            (?:of|in|from|(?:located|residing|resident|based)\s+in)\s+(?:the\s+)?(?-i:[A-Z])[\w.’'-]*
            (?:(?:\s+(?:and|or|of|the)){0,2}[\s,]+(?-i:[A-Z])[\w.’'-]*)*
    )
  | (?P<clause>
        \b(?: only\s+(?:if|when|where|once|after|in\s+(?:cases?|the\s+event))
          | except(?:\s+(?:if|when|where|as|that|for|to|with|in|by|under|from|pursuant|insofar))?
          | other\s+than | apart\s+from | aside\s+from | save\s+(?:for|as|where|when|that|in|to)
          | with\s+the\s+exception\s+of | unless | until | but\s+only\s+(?:if|when|where|to\s+the\s+extent)
          | if | in\s+case(?:\s+(?:of|that))? | in\s+the\s+event(?:\s+(?:that|of))? | in\s+(?:those\s+|the\s+)?cases\s+where
          | provided(?:\s+(?:always\s+)?that) | providing\s+that | on\s+(?:the\s+)?condition\s+that | to\s+the\s+extent(?:\s+that)?
          | (?:in\s+so\s+far|insofar|inasmuch)\s+as | so\s+long\s+as | as\s+long\s+as\s+(?=you\s+(?:consent|agree|allow|permit|have\s+given|do\s+not))
          | when(?:ever)? | where(?:ver)? | once | should(?=\s+(?:you|we|the|it|your)\s+\w+) | depending\s+(?:up)?on
          | without (?=\s+(?:first\s+|your\s+|you\s+|obtaining\s+|notif|inform|ask|the\s+(?:prior|express|knowledge|consent)|parental\s+|prior\s+|their\s+|a\s+valid|asking|legal)) )\b
    )
    """
)
"""The words that open a condition; a ``phrase`` ends by itself, a ``clause`` where the sentence says."""

EXCEPTION = _re(
    r"(?:except|unless|other\s+than|apart\s+from|aside\s+from|save\b|with\s+the\s+exception|without|until|only\b|but\s+only)"
)
"""Those that take something out of a denial."""

FRONT = _re(
    r"""
    \W* (?:[(\[]?[a-z0-9]{1,4}[.)\]]\s*)?
    (?: (?: and|but|or|however|also|in\s+addition|additionally|furthermore|moreover|similarly|likewise
          | (?:[\w’']+\s+){0,7}(?:inform|aware|know|understand|acknowledge|agree)(?:\s+you)?\s+that
          | for\s+(?:example|instance)|(?:please\s+)?note\s+that|even|in\s+particular|for\s+this\s+reason|finally
          | (?:[\w’'/&-]+\s+){0,5}[\w’'/&-]+(?:\s+\([^()]*\))?\s*[:.] ) \W* ){0,3}
    """
)
"""What may stand before a condition that still opens its sentence."""

NO_CONDITION_BEFORE = _re(
    r"\blong\s+$|\b(?:about|of|know|knows|see|learn|understand|determine|determines|remember|including|include|includes|on|track|record"
    r"|records|as\s+to|check|evaluate|detect|tell|such\s+as|identify|even|and|or|as|for|like|what|how|cases?|circumstances?)\s+(?:the\s+date\s+(?:and\s+time\s+)?)?$"
)
"""Words before ``when``, ``where`` or ``if`` that make an object or an example of the clause."""

PLACE_BEFORE = _re(
    r"\b(?:countr(?:y|ies)|jurisdictions?|states?|regions?|locations?|places?|areas?|sites?|servers?|pages?|from|territor\w+"
    r"|world|platforms?|websites?|sections?|channels?|courts?|facilit\w+|know|of|offices?|center|centre|cities|city)\s*,?\s*$"
)
"""Words before ``where`` that make a place of it."""

MAIN_CLAUSE = (
    _re(
        r",\s*(?:then\s+|also\s+|therefore\s+|in\s+(?:these|such|this|that)\s+(?:case|event|situation)s?,?\s+)?"
        r"(?:we|you|it|they|this|these|please|our|there|(?-i:I))\b"
    ),
    _re(
        r",\s*(?:the|your|any|all|such|no|certain|some|information|data|personal|cookies|third|only|he|she|(?-i:[A-Z])[\w’'.-]*)"
        r"(?:\s+[\w’'-]+){0,8}?\s+(?:is|are|will|may|can|must|shall|has|have|do|does|might|could|would|should|\w+s)\b"
    ),
)
"""The comma and subject with which the main clause begins after a fronted condition."""

CONDITION_STOP = _re(
    r";|,\s*(?:shall|will|may|can|must|is|are)\b|,\s*(?:and|but|or|so)?\s*(?:we|you|they|it|please|this|these|(?-i:I))\b|\bbut\b|[.!?]\s+(?=[A-Z])|:\s*$|\s[–—]\s"
    r"|\s+and\s+(?:we|you|they|it)\s"
)
"""Where a condition inside or at the end of a sentence stops."""

CONTRAST = _re(r";|\bbut\b|\bhowever\b|\botherwise\b")
"""What ends the reach of a fronted condition."""

BREAK = _re(
    r"(?:;|,?\s+but\b|\bhowever\b,?|,\s*(?:and|so|or|while|whereas)\s+(?=(?:we|you|they|it|he|she|please|this|these|our|your|the|such)\b)|\s+and\s+(?=(?:we|you|they|it)\b)"
    r"|,\s+(?=(?:we|you|they|it)\s+(?:may|will|can|do|also|must|are|have|use|collect|share)\b))\s*(?P<at>)"
)
"""Where a new main clause begins."""

MODAL = _re(
    r"""
    (?P<required> \bmust\b | (?<!may\sbe\s)(?<!might\sbe\s)\b(?:required|obliged|obligated|compelled|legally\s+bound)\s+(?:by\s+(?:\w+\s+){1,4})?to\b
        | (?<!\bmay\s)(?<!\bmight\s)\b(?:have|has|need|needs)\s+to\b )
  | (?P<possible> \b(?:may|might|can|could)\b(?:\s+be\s+(?:required|obliged|obligated|compelled|asked|necessary)\b)?
        | \breserves?\s+the\s+right\s+to\b | \bit\s+is\s+possible\b | \bpossibly\b )
  | (?P<asserted> \b(?:will|shall|do|does|always)\b | \b(?:we|they|it|you)\b(?!\s+(?:may|might|can|could|must|are|have)\b) )
    """
)
"""How firmly a verb is stated; the last before it in its clause counts."""
