"""The closed lists of words by which negations are found and bounded.

Each pattern says what it is for. They are kept apart from :mod:`~privagraph.loaders.extraction.denials`, which uses
them, so that the lists can be gone through and extended by themselves. Case makes no difference; both apostrophes
count.
"""

from __future__ import annotations

from privagraph.loaders.extraction.conditions import pattern

__all__ = [
    "ALLOWED_AFTER",
    "ASKED_AFTER",
    "BE_AFTER",
    "BE_BEFORE",
    "CEASE_ASKED",
    "CEASE_STOP",
    "CEASING",
    "CHOICE_BEFORE",
    "CHOICE_NAME",
    "CONSENT_UNASKED",
    "DONE_AND_LISTED",
    "DONE_TO_USER",
    "FINITE",
    "GIVEN_TO_NO_ONE",
    "HARM_AFTER",
    "INERT_AFTER",
    "INERT_NOUN",
    "LIABILITY",
    "NARROW_STOP",
    "NEEDED_BEFORE",
    "NEGATED_BEFORE",
    "NEGATION",
    "NO_LONGER_THAN",
    "NO_ONE_BEFORE",
    "OTHER_PURPOSES",
    "OWN_OBJECT",
    "PARTICIPLE_AFTER",
    "PUT_IN",
    "QUICK",
    "REFUSED",
    "RELATIVE_BEFORE",
    "RELATIVE_SUBJECT",
    "REQUEST",
    "SECURITY_TALK",
    "STOP",
    "SUBJECT_START",
    "TAKES_PLACE_AFTER",
    "UNABLE",
    "UNDONE_AFTER",
    "UNPROMISED_BEFORE",
    "USER_BEFORE",
    "USER_MAY",
]

_USERS = (
    r"(?:you|users?|visitors?|customers?|clients?|students?|pupils?|learners?|parents?|guardians?|teachers?|children"
    r"|child|minors?|individuals?|persons?|people|anyone|everyone|who|subscribers?|members?|players?|applicants?)"
)
_ADVERBS = (
    r"(?:(?:\w+ly|also|ever|otherwise|always|even|further|hereby|in\s+any\s+(?:way|form|case)|at\s+any\s+time"
    r"|under\s+any\s+circumstances?|as\s+a\s+rule|in\s+general|as\s+such|so|yet|then|either"
    r"|directly\s+or\s+indirectly)\s+)"
)
_AUXILIARY = r"(?:do|does|did|will|would|shall|should|can|could|may|might|must|is|are|was|were|be|am|has|have|had|need)"

_CEASE = (
    r"\b(?:ceas(?:e|es|ed|ing)|stop(?:s|ped|ping)?|discontinu(?:e|es|ed|ing)|avoid(?:s|ed|ing)?|declin(?:e|es|ed|ing)"
    r"|(?:abstain|desist)(?:s|ed|ing)?(?=\s+from))\b(?:\s*,?\s+(?:and|or)\s+\w+)?\s+(?:to\s+|from\s+)?(?=(?:\w+ly\s+)?(?:collect|process"
    r"|us(?:e|ing)\b|sell|shar(?:e|ing)|track|stor(?:e|ing)|provid|disclos|transfer|retain|record|keep)\w*)"
)

QUICK = pattern(
    r"""
    \b (?: (?:ceas|stop|discontinu|avoid|abstain|declin|desist)\w*\b
          | (?:not|never|no|nor|neither|none|nothing|cannot|refus\w+|refrain\w*|exclud\w+|without|instead|rather
              |prohibited|forbidden|barred|nobody|against)\b
          | (?:do|does|did|wo|ca|is|are)\s?nt\b )
  | n['’]t\b
    """
)
"""A sentence without any of these has no negation; a cheap test before the dear ones."""

NEGATION = pattern(
    rf"""
    (?P<aux> \b{_AUXILIARY}\b (?:\s+(?:also|currently|ever|otherwise|generally|usually|and\s+will|or\s+will|or\s+can))?
             (?:\s*,[^,]{{1,60}},)? \s+ not\b (?!\s+only\b)
           | \b(?:do|does|did|wo|would|sha|should|ca|could|must|is|are|was|were|has|have|had|ai)\s?n['’]?t\b
             (?!\s+only\b)
           | \bcannot\b )
  | (?P<longer> \bno\s+longer\b (?!\s+than) )
  | (?P<never> \bnever\b )
  | (?P<nor> \b(?:neither|nor)\b )
  | (?P<nowise> \b(?:in\s+no\s+(?:event|way|case|circumstances?)|under\s+no\s+circumstances?|by\s+no\s+means
             |at\s+no\s+(?:time|point)|on\s+no\s+account)\b )
  | (?P<no> \bno\b (?=\s+[A-Za-z]) | \bnone\s+of\b | \bnobody\b | \bnothing\b )
  | (?P<refuse> \b(?:refus(?:e|es|ed|ing)\s+to|refrain(?:s|ed|ing)?\s+from|(?:prohibited|forbidden|barred)\s+from)\b
             | \bagainst\s+(?:our|the|company)\s+(?:\w+\s+)??(?:polic(?:y|ies)|rules?|principles?|practices?)\s+to\b )
  | (?P<cease> {_CEASE} )
  | (?P<exclude> \b(?:not\s+including|excluding|exclud(?:e|es)|(?:instead\s+of|rather\s+than)(?=\s+\w+ing\b))
           | \b(?:rather\s+than|instead\s+of)\b(?=\s+(?:your|their)\b)
           | \bwithout\b (?=\s+(?:ever\s+|us\s+|our\s+)*(?:collecting|storing|saving|recording|sharing|disclosing
             |selling|using|processing|transferring|identifying|linking|revealing|tracking|keeping|retaining|passing
             |knowing|seeing|reading|giving|providing|renting|publishing)\b) )
  | (?P<bare> (?<=\bbut\s)not\b | (?<=\band\s)not\b | (?<=\bor\s)not\b(?=\s+\w) | (?<=\()not\b | (?<=,\s)not\b
           | (?<=\bto\s)not\b | \bnot\s+to\b | (?<=\bwe\s)not\b | (?<=\)\s)not\b | (?<=[–—-]\s)not\b
           | \A\s*not\b )
    """
)
"""The words that can say no. Which of them do is decided one by one."""

CHOICE_NAME = pattern(
    r"""
    (?-i:Do\s+Not\s+Track|DO\s+NOT\s+TRACK)\b
  | do\s+not\s+track\W{0,3}\s*(?:\(?dnt\b|signals?|requests?|headers?|settings?|mechanisms?|options?|features?|browser)
  | do\s+not\s+(?:sell|share)(?:\s+or\s+(?:sell|share))?\s+my\b
  | do\s+not\s+(?:call|contact)\s+(?:list|registry)
    """
)
"""The names of signals and links, which are no negations."""

REQUEST = pattern(
    r"\W*(?:please,?\s+(?:\w+\s+)?(?:do\s+not|don['’]t|never)|(?:do\s+not|don['’]t|never)\b(?:.{0,40}"
    r"\b(?:us|your\s+(?:password|account|login|credentials|user\s?name))\b"
    r"|\s+(?:send|include|provide|submit|enter|upload|post|write|attach|give|e-?mail|mail|supply|transmit|type|put)\b))"
)
"""A request to the reader ("please do not send us", "never share your password")."""

CHOICE_BEFORE = pattern(
    r"""
    (?: \bright\s+to | \b(?:right|choose|chooses|chosen|choice|choosing|opt|opted|prefer|decide|decides|decided|elect
        |instruct|ask|asks|tell|request|requests|requested|require|want|wish|whether\s+or|option|if|or\s+why)
        (?:\s+(?:that\s+)?(?:us|we|you|for\s+us))?
      | \bwhether\s+(?:or\s+)? )\s*$
    """
)
"""What makes of a following "not" the wish of the reader, or one of two ways."""

INERT_AFTER = pattern(
    rf"""
    \s* (?:,[^,]{{1,60}},\s*)? {_ADVERBS}* (?:be(?:en|ing)?\s+)? {_ADVERBS}* (?:(?:in\s+)?any\s+\w+\s+)??
    (?: responsib\w+ | liab\w+ | accountable | answerable | control(?:s|led)?\b | guarantee\w* | warrant\w* | ensure
      | promise | assume | accept\s+(?:any\s+)?(?:responsib|liab) | vouch
      | have\s+(?:any\s+|full\s+|the\s+)?
          (?:control|responsib|access\s+to\s+or\s+control|influence|liab|oblig|duty|abilit|means)\w*
      | limited | restricted\s+to | only | just | solely | necessarily | merely | hesitate | appl(?:y|ies|icable)\b
      | cover(?:s|ed)?\b | endorse\w* | (?:required|obliged|obligated|bound|needed|necessary|mandatory|compulsory)\b
      | able | capable | possible | feasible | affect\w* | mean\b | constitute | forget | wish\b | want\b | agree\b
      | understand\b | sure\b | aware\b | function\b | work\b | operate\b | available\b | secure\b | safe\b | perfect\b
      | 100 | completely\s+(?:secure|safe) | entirely\s+(?:secure|safe) | infallible | satisfied | happy | exceed\w*
      | more\s+than | less\s+than | later\s+than | longer\s+than | exhaustive | imply | form\s+part | supersede
      | yet\b | uncommon | unusual | unlawful | prejudice | represent\b | relieve\w* | take\s+responsib\w+ | bear\s+\w*
      | held\s+(?:\w+\s+)?(?:liab|responsib|accountab)\w* | made\s+(?:\w+\s+)?(?:secure|safe)\b
      | object\b | mind\b | advise | recommend | in\s+a\s+position | under\s+(?:any|an)\s+oblig\w+ | reviewed\s+by
      | needs?\b | have\s+to\b
      | require\s+(?:\w+\s+){0, 3}?(?:consent|permission|agreement)\b | know\b | find\b | expire\b | hear\b )
    """
)
"""What makes a negation inert when it follows: talk of duties, abilities and guarantees, not of what is done."""

USER_BEFORE = pattern(
    rf"(?:^|[\s(,\"“])(?:{_USERS}|if)(?:\s+(?:\w+ly|also|under\s+\d+(?:\s+years)?(?:\s+of\s+age)?))?\s*$"
)
"""The reader or another person as the subject: what they do not do is no practice of the controller."""

CEASE_ASKED = pattern(
    r"\b(?:ask|tell|request|require|instruct|want|like|wish|order|object|right|if|where|when|until|before|after)\b[^.;,]{0,60}$"
)
"""Before a verb of ceasing, that it is only asked for or supposed."""

OTHER_PURPOSES = pattern(
    r"""
    \bfor\s+(?:any\s+|all\s+)?other\s+(?:\w+\s+)?(?:purposes?|reasons?|uses?)\b(?P<than>\s+than\b)?
  | \bfor\s+(?:any\s+)?(?:purposes?|reasons?)\s+(?P<but>other\s+than|besides|except)\b
    """
)
"""What limits a denial to other purposes than those that are named."""

OWN_OBJECT = pattern(
    r"(?:\s+\S+){3,}?\s*,?\s+(?P<at>(?:or|nor)\s+(?:\w+ly\s+)?(?:use|process|handle|share|disclose)\b)"
)
"""After a negation, a first act with an object of its own, which the limit of the second does not reach."""

CEASE_STOP = pattern(r",?\s+(?:and|or)\s+(?:\w+ly\s+)?(?:delet|eras|remov|anonymi|destr|block)\w*")
"""What is done instead, after a verb of ceasing ("we stop using your name and delete it")."""

CEASING = pattern(
    rf"(?:\bwe\b|\bit\b|\bthey\b|\bour\s+\w+|\bthe\s+(?:company|app|site|website|service)|\A\W*)\s*(?:(?:{_AUXILIARY}|always|also|then|immediately|promptly|therefore|please|\w+ly|has|have)\s+){{0,4}}$"
    r"|\bwe\s+(?:will|shall|may|can|would)\b[^.;,]{0,80}\b(?:and|or)\s+$"
)
"""Before a verb of ceasing, a subject other than the reader."""

USER_MAY = pattern(rf"\b{_USERS}\s+(?:(?:can|may|could|might|should|also)\s+)*$")
"""The same before a verb of refusing."""

DONE_TO_USER = pattern(
    rf"\s+{_ADVERBS}*be\s+{_ADVERBS}*(?:subject(?:ed)?|tracked|identified|contacted|profiled|charged|asked|sold|monitored"
    r"|recorded|targeted)\b"
)
"""What is not done to people is a denial, though they are the subject."""

FINITE = pattern(r"\b(?:is|are|was|were|will|may|can|must|shall|has|have|do|does)\b")
"""Auxiliary verbs, by which a clause is known."""

RELATIVE_SUBJECT = pattern(
    r"\b(?:that|which|who|we|you|they|it)\s+(?:\w+ly\s+|also\s+|may\s+|will\s+|can\s+)?$"
)
"""Before a verb, what makes its clause a relative one within the subject ("data that is collected")."""

NEEDED_BEFORE = pattern(r"(?:\b(?:cannot|not|never)|n['’]t)\b[^.,;:]{0,60}$")
"""Before "without", that nothing goes without it ("the map cannot work without using your place")."""

REFUSED = pattern(r"\b(?:not|refuse|fail|decline|without|withdraw|object)\b|n['’]t\b")
UNABLE = pattern(
    r"\b(?:cannot|can\s+not|can['’]t|could\s+not|may\s+not|might\s+not|will\s+not\s+be\s+able)\b"
)
"""In a condition that the reader refuses something, and after it, that something is then not possible."""

HARM_AFTER = pattern(
    rf"\s+{_ADVERBS}*(?:be(?:en|ing)?\s+)?{_ADVERBS}*(?:lost|misused|altered|damaged|destroyed|compromised|stolen"
    r"|breached|intercepted|(?:accessed|viewed|read|disclosed)\s+by\s+(?:an\s+)?unauthori[sz]ed)\b"
)
"""Harm that security keeps off is no practice that is denied."""

NO_LONGER_THAN = pattern(
    r"""
    (?!\s*(?:\w+ly\s+|further\s+)*(?:disclose|share|sell|rent|trade|transfer|publish)\b)
    [^.;]{0,160}?\b(?:(?:any\s+)?longer\s+than|for\s+more\s+than|beyond\s+(?:the|what|this|that)
      |more\s+than\s+(?:is\s+)?necessary)\b
    """
)
"""A limit in time: "we do not keep it longer than a year" says that it is kept, and how long."""

INERT_NOUN = pattern(
    r"""
    \s+(?:control|responsibilit|liabilit|obligation|guarantee|warrant|method|system|security|charge|fee|cost|longer
      |later|more\b|less\b|event|matter|doubt|need|reason|interest|change|effect|impact|legal\s+basis|adequacy
      |(?:data\s+)?transmission|internet|website|measure|age\b|right|contract|effort|statutory|consequence|influence
      |(?:in|contained|here|herein)\b|way\s+to|other\s+way|such\s+obligation|existing|(?:further\s+)?action\b|time\s+limit
      |access\s+to\s+or\s+control)
    """
)
"""Nouns after "no" that are not about data."""

SECURITY_TALK = pattern(r"\b(?:guarantee|secure\b|100\s?%|responsib|liab|warrant)")
LIABILITY = pattern(r"\b(?:liable|liability|responsible)\b")
NEGATED_BEFORE = pattern(r"(?:\b(?:not|never)|n['’]t)\s+(?:be\s+)?(?:\w+ly\s+)?$")
"""A negation of the negation ("is not prohibited from")."""

UNDONE_AFTER = pattern(
    rf"\s*{_ADVERBS}*(?:prevent|preclude|prohibit|limits?\b|restrict\b|fail|refuse|stop|hinder|impede|exclude)\w*"
)
"""A verb of hindering after a negation: "does not prevent us from sharing" denies no sharing."""

UNPROMISED_BEFORE = pattern(
    r"(?:\b(?:cannot|not|never|no)|n['’]t)\s+(?:(?:can|be|make|give|any|however|therefore|fully|\w+ly)\s+){0,3}"
    r"(?:guarantee|promise|ensure|warrant|assur|certain|sure)\w*\b(?:(?!\bbut\b|\bhowever\b)[^.;]){0,160}$"
)
"""Before a negation, that it only tells what is not promised ("we cannot guarantee that it will never be seen")."""

CONSENT_UNASKED = pattern(
    r"\b(?:consent|permission|agreement|approval|authori[sz]ation|registration|account)\s+$"
)
ASKED_AFTER = pattern(
    rf"\s+{_ADVERBS}*(?:be\s+)?{_ADVERBS}*(?:sought|asked|required|needed|obtained|requested|necessary)\b"
)
"""Before and after a negation, that no leave is asked for; what it would be asked for is done."""

RELATIVE_BEFORE = pattern(
    r"\b(?:that|which)\s+(?:(?:can|may|is|are|was|were|will|has|have)\s+)?(?:\w+ly\s+|by\s+\w+\s+|alone\s+)?$"
)
"""A negation within a relative clause stays there."""

STOP = pattern(
    r"""
    ; | \bbut\b | \b(?:however|although|though|whereas|instead|because|provided\s+that|so\s+that|therefore|thus
      |nevertheless|notwithstanding|rather)\b(?!\s+than)
    | \bsince\b | ,?\s*\bas\s+(?:we|it|they|this|these|you|otherwise)\b
    | ,\s+while\b | \bin\s+order\s+to\s+(?:protect|ensure|safeguard|keep|comply|preserve)\b
    | ,?\s+(?:and|or|so)\s+(?:we|you|they|it|he|she|there|please)\b
    | ,\s+(?:we|you|they|it|please|only|just|then)\b
    | \band\s+(?:will|may|can|shall|must|only|always|have|has|are|is|therefore|thereby|hence)\b
    | ,?\s+and\s+(?!(?:any|other|all)\b)(?:(?!(?:that|which|who|whom|we|you)\b)[\w'’-]+\s+){1,5}
      (?:may|will|can|must|shall|do|does|is|are|has|have)\b
    | \band\s+(?:simply|merely|instead|solely|just|rather)\b
    | ,\s+which\s+(?:is|are|was|were|will|may|can)\s+(?:be\s+)?(?:\w+ly\s+)?(?:\w+ed|held|kept|sent|done)\b
    | ,\s+(?:is|are|was|were)\s+(?:\w+ly\s+)?(?:\w+ed|held|kept|sent|done)\b
    | [–—-]\s+(?:we|it|they|you|instead|these|this)\b | \s(?:only|just)\s+(?:with|for|when|if|where|to)\b
    | [.!]\s+(?=[A-Z])
    """
)
"""Where a negation's reach ends: contrast, reason, a new main clause."""

NARROW_STOP = pattern(
    r"""
    [;:)\]–—] | \bbut\b | \bhowever\b | \s-\s | [.]\s+(?=[A-Z])
    | \b(?:and|or)\s+(?:we|you|they|it|that|which|who|is|are|may|will|can)\b
    | \b(?:to|with)\s+(?:any\s+|our\s+|other\s+)?(?:third|partners?|affiliates?|advertisers?)\b
    | ,\s+(?:we|you|they|it|which|who|and\s+(?:we|you|they|it))\b
    """
)
"""Where the narrow negations end: "not your name", and those in relative clauses."""

SUBJECT_START = pattern(
    r"""
    \((?=[^()]*$) | \s[–—-]\s+(?=(?:it|they|this|these|we)\b) |
    ; | \bbut\b | \bhowever\b,? | :\s | ,\s+which\b | ,\s+(?=(?:we|it|they)\b)
    | ,?\s+(?:and|so)\s+(?=(?:we|it|they|you)\b) | \band\s+(?=(?:your|our|the|this|these|such|all)\b)
    | \bthat\s+(?=(?:it|they)\b)
    | \b(?:note|aware|ensur(?:e|es|ing)|means?|says?|states?|confirm|agree|promise|sure|know|assure(?:\s+you)?|so|such
        |way)\s+that\b
    """
)
"""After which words the subject of a denied passive can begin."""

DONE_AND_LISTED = pattern(
    r"\b(?:held|kept|\w+ed)\s*(?P<at>,)\s+(?!(?:and|or|nor|but|sold|kept|held|given|\w+ed)\b)"
)
"""Where a note such as "no names kept, valid for a week" goes on to something else."""

NO_ONE_BEFORE = pattern(
    r"""
    \b(?P<at>collects?|stor(?:e|es)|keeps?|uses?|process(?:es)?|shares?|sells?|discloses?|gives?|provides?|transfers?|rents?
      |passe?s?|sends?|records?|retains?|saves?|obtains?|gathers?|access(?:es)?|contains?|holds?|receives?|requests?
      |requires?|releases?|transmits?|engages?\s+in|involves?|conducts?)
    (?P<given>\s+(?:(?!(?:and|but|or|to|with|if|when|that|which)\b)[\w’'-]+,?\s+){0,8}?(?:with|to)\b)?\s+$
    """
)
"""A verb whose object, or whose receiver, is no one and nothing ("we sell none of it", "we share it with no one")."""

PARTICIPLE_AFTER = pattern(
    rf"""
    \s+{_ADVERBS}*(?:be(?:en|ing)?\s+)?{_ADVERBS}*(?:\w+ed\b|sold|kept|given|made|shown|sent|held|taken|lent|known|read
      |passed|put|let|for\s+sale|lost|seen|subject)
    """
)
"""A participle after a negation, by which a passive is known."""

ALLOWED_AFTER = pattern(
    rf"\s+{_ADVERBS}*(?:be\s+)?{_ADVERBS}*(?:authori[sz]ed|permitted|allowed|licensed|entitled|asked)\s+(?:by\s+us\s+)?to\b"
)
"""After a negation, that the subject is somebody who may not do something, and nothing that is done."""

TAKES_PLACE_AFTER = pattern(rf"\s+{_ADVERBS}*(?:take\s+place|occur|happen)\b")
"""After a negation, what is said of nouns ("a transfer does not take place")."""

GIVEN_TO_NO_ONE = pattern(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?(?:shared|sold|given|passed|disclosed|provided|shown|transferred|sent|rented"
    r"|leased|lent|revealed|released|transmitted|forwarded|known)\s+(?:(?:on|out|over)\s+)?(?:with|to|by)\s+$"
)
"""A passive whose receiver is no one ("your name is shared with no one")."""

PUT_IN = pattern(r"\s*,[^,;:]{1,40},(?=\s)")
"""A few words between commas after a negation ("is not, and never was, sold")."""

BE_BEFORE = pattern(
    r"""
    \b(?:is|are|was|were|be|been|being|am)\s*(?:not|n['’]?t|never|no\s+longer|neither)?\s*$
  | \b(?:is|are|was|were)(?:\s+\w+)?(?:\s+not|n['’]?t|\s+never|\s+no\s+longer)\s*$
    """
)
BE_AFTER = pattern(rf"\s+{_ADVERBS}*be(?:en|ing)?\b")
