"""What a phrase means in its sentence, on sentences invented for these tests; the mention stands in brackets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.loaders.document import Document
from privagraph.loaders.extraction.passages import passages
from privagraph.loaders.extraction.senses import as_meant
from privagraph.loaders.extraction.sentences import sentences
from privagraph.loaders.facts import Mention, Polarity, Role
from privagraph.ontology.namespaces import compact, expand

Meant = Callable[..., Mention | None]


@pytest.fixture
def meant(document: Callable[..., Document]) -> Meant:
    """The mention in brackets, which may stand in any of the lines, as its sentence means it."""

    def read(role: Role, concept: str | None, *lines: str) -> Mention | None:
        whole = document(*(line.replace("[", "").replace("]", "") for line in lines))
        joined = "\n".join(line[2:] if line[:2] in ("# ", "- ") else line for line in lines)
        start = joined.index("[")
        end = joined.index("]") - 1
        holding = [passage for passage in passages(whole, sentences(whole)) if passage.start <= start]
        return as_meant(holding[-1], Mention(start, end, role, expand(concept) if concept else None))

    return read


def told(mention: Mention | None) -> str | None:
    """A mention in words: its role, concept, and whether it is denied."""
    if mention is None:
        return None
    concept = f" {compact(mention.concept)}" if mention.concept else ""
    return f"{mention.role.value}{concept}{' denied' * (mention.polarity is Polarity.DENIED)}"


WITHDRAWAL = "right eu-gdpr:A7-3"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("You may [withdraw your consent] at any time.", WITHDRAWAL),
        ("Where you have agreed, you may [revoke this] by writing to us.", WITHDRAWAL),
        ("See our page on [withdrawal] of permission.", WITHDRAWAL),
        (
            "You can [revoke our access to your maps] at https://kites.example/permissions.",
            "opt_out dpv:PermissionManagement",
        ),
        ("By writing to us [you give your consent to this].", None),
        ("You can [unsubscribe from our newsletter] with one click.", "right eu-gdpr:A21"),
        ("You can [stop receiving our monthly e-mails] in your profile.", "right eu-gdpr:A21"),
        ("You can [opt out of the club news] whenever you like.", "right eu-gdpr:A21"),
        ("You can [revoke our access to your calendar] in its settings.", "opt_out dpv:PermissionManagement"),
        (
            "You can [stop all collection of data by removing the app].",
            "opt_out dpv:PermissionManagement",
        ),
    ],
)
def test_consent_is_withdrawn_and_mail_is_objected_to(meant: Meant, line: str, expected: str | None) -> None:
    assert told(meant(Role.RIGHT, "eu-gdpr:A7-3", line)) == expected


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("You can ask us to [delete your account].", True),
        ("On your request we will [erase your data].", True),
        ("To [delete your photos], write to the librarian.", True),
        ("[DELETE YOUR DATA]", True),
        ("If a child has signed up, we will promptly [remove the entry].", False),
        ("Marigold Music will take steps to [erase such data] from its books.", False),
        ("In that case [we delete it] at once.", False),
    ],
)
def test_what_the_controller_erases_by_itself_is_no_right(meant: Meant, line: str, stays: bool) -> None:
    assert (meant(Role.RIGHT, "eu-gdpr:A17", line) is not None) is stays


def test_other_rights_are_left_alone(meant: Meant) -> None:
    line = "You may [unsubscribe from our newsletter]."
    assert told(meant(Role.RIGHT, "eu-gdpr:A15", line)) == "right eu-gdpr:A15"


@pytest.mark.parametrize(
    ("role", "concept", "line", "denied"),
    [
        (Role.LEGAL_BASIS, "dpv:Consent", "We send it with [your consent].", False),
        (
            Role.LEGAL_BASIS,
            "dpv:Consent",
            "Some adverts are shown if you have not given us [your consent].",
            True,
        ),
        (Role.LEGAL_BASIS, "dpv:Consent", "Plain adverts appear if [you have not agreed to this].", True),
        (Role.LEGAL_BASIS, "dpv:Consent", "We do not sell your name without [your consent].", False),
        (
            Role.TRANSFER_SAFEGUARD,
            "eu-gdpr:AdequacyDecision",
            "Peru is covered by an [adequacy decision].",
            False,
        ),
        (
            Role.TRANSFER_SAFEGUARD,
            "eu-gdpr:AdequacyDecision",
            "For countries not covered by an [adequacy decision] we sign clauses.",
            True,
        ),
        (
            Role.TRANSFER_SAFEGUARD,
            "eu-gdpr:AdequacyDecision",
            "In the absence of an [adequacy decision] we sign clauses.",
            True,
        ),
        (
            Role.TRANSFER_SAFEGUARD,
            "dpv:SafeguardForDataTransfer",
            "Data stay here unless there are [adequate controls in place].",
            False,
        ),
    ],
)
def test_a_basis_or_safeguard_that_is_lacking_is_denied(
    meant: Meant, role: Role, concept: str, line: str, denied: bool
) -> None:
    mention = meant(role, concept, line)
    assert mention is not None
    assert (mention.polarity is Polarity.DENIED) is denied


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("This rests on [our legitimate interests].", False),
        ("This rests on [legitimate interests pursued by the choir].", False),
        ("This rests on [the Association's legitimate business interests].", False),
        (
            "This is [necessary for the legitimate interests pursued by the choir or by others].",
            False,
        ),
        ("We have a legitimate interest in [keeping the hall safe].", True),
    ],
)
def test_the_mere_words_name_no_interest(meant: Meant, line: str, named: bool) -> None:
    mention = meant(Role.LEGITIMATE_INTEREST, "dpv:EnforceSecurity", line)
    assert mention is not None
    assert mention.concept == expand("dpv:EnforceSecurity" if named else "dpv:LegitimateInterestOfController")


@pytest.mark.parametrize(
    ("concept", "line", "stays"),
    [
        ("loc:CA", "We transfer your data to [Canada].", True),
        ("loc:CA", "Your data may be accessed from [Canada] by our staff.", True),
        ("loc:CA", "Our servers are located in [Canada].", True),
        (None, "The data go to [other parts of the world].", True),
        ("loc:EEA", "We transfer data from the [EEA] to Canada.", False),
        ("loc:GB", "We transfer data from the EEA or the [UK] to Canada.", False),
        ("loc:AU", "If you live in [Australia], other rules hold.", False),
        ("dpv:ThirdCountry", "If you are located [outside the Union], please note this.", False),
        ("loc:KE", "For residents of [Kenya] a second page applies.", False),
        ("dpv:ThirdCountry", "For visitors [outside the Union] a second page applies.", False),
        ("dpv:ThirdCountry", "We share it with institutions located within or [outside India].", True),
        ("loc:PT", "Country refers to: [Portugal]", False),
        ("loc:IE", "It is run by Brightwater [Ireland] Limited.", False),
        ("loc:AE", "We are a company registered in [Dubai].", False),
        ("loc:US", "The [United States] may not have the same data protection laws.", False),
        ("loc:EEA", "Their laws may differ from those in the [EEA].", False),
        (None, "Your data are [encrypted during transfer].", False),
        (None, "See [https://example.org/privacy] for more.", False),
        (None, "They advertise on [third-party apps].", False),
    ],
)
def test_a_destination_is_where_data_go(meant: Meant, concept: str | None, line: str, stays: bool) -> None:
    assert (meant(Role.TRANSFER_DESTINATION, concept, line) is not None) is stays


REQUIRED, OPTIONAL = "mandatory_provision dpv:Required", "mandatory_provision dpv:Optional"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[If you do not provide your address, we cannot deliver the kite].", REQUIRED),
        ("[We cannot open an account unless you give us your name].", REQUIRED),
        ("Orders [may be affected if you refuse to supply the necessary details].", REQUIRED),
        ("[You are required to submit this information].", REQUIRED),
        ("[The fields with a star are mandatory].", REQUIRED),
        ("[We require such billing information] in order to charge you.", REQUIRED),
        ("[The provision of your data is a statutory requirement].", REQUIRED),
        ("[Your e-mail address is required to create an account].", REQUIRED),
        ("[Without this information we are unable to answer you].", REQUIRED),
        ("[Giving your age is optional]; all other data are voluntary.", OPTIONAL),
        ("[You may choose not to provide information about your school].", OPTIONAL),
        ("[The provision of these data is voluntary].", OPTIONAL),
        ("[If you block cookies, parts of the site may not work].", "mandatory_provision"),
        ("We disclose data [if required to do so by law].", None),
        ("We do so [to comply with a court order].", None),
        ("[You must be sixteen years old] to sign up.", None),
        ("It is lawful where [provision of your data is necessary for the performance of our deal].", None),
    ],
)
def test_what_people_must_provide(meant: Meant, line: str, expected: str | None) -> None:
    assert told(meant(Role.MANDATORY_PROVISION, None, line)) == expected


@pytest.mark.parametrize(
    ("line", "concept"),
    [
        ("[We keep it for as long as you are a member].", "dpv:StorageDuration"),
        ("[The records are kept for two school years].", "dpv:StorageDuration"),
        ("They are [stored on your device].", "dpv:StorageCondition"),
        ("[Your drawings will be retained by us].", "dpv:StorageCondition"),
    ],
)
def test_that_data_are_kept_is_no_period(meant: Meant, line: str, concept: str) -> None:
    assert told(meant(Role.RETENTION, "dpv:StorageDuration", line)) == f"retention {concept}"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("[13 months]", "P13M"),
        ("The drawings go [six weeks after the fair].", "P6W"),
        ("The drawings go [when the fair is over].", None),
    ],
)
def test_a_period_has_its_length(meant: Meant, line: str, value: str | None) -> None:
    mention = meant(Role.RETENTION, "dpv:TemporalDuration", line)
    assert mention is not None
    assert mention.value == value


def test_what_erases_data_is_a_period(meant: Meant) -> None:
    erased = meant(Role.RETENTION, "dpv:StorageDeletion", "We will [erase it if we no longer need it].")
    assert told(erased) == "retention dpv:UntilEventDuration"
    at_once = meant(Role.RETENTION, "dpv:StorageDeletion", "We will [erase it immediately].")
    assert told(at_once) == "retention dpv:StorageDeletion"


@pytest.mark.parametrize(
    ("line", "concept"),
    [("to pursue [our legitimate interests]", True), ("to [avoid liability]", False)],
)
def test_an_interest_is_a_basis_where_it_is_called_one(meant: Meant, line: str, concept: bool) -> None:
    mention = meant(Role.LEGAL_BASIS, "dpv:LegitimateInterest", f"We use it {line}.")
    assert mention is not None
    assert (mention.concept is not None) is concept


def test_words_about_no_machine_are_no_automated_decision(meant: Meant) -> None:
    assert meant(Role.AUTOMATED_DECISION, None, "Our site [does not work without a map].") is None


@pytest.mark.parametrize(
    ("lines", "role"),
    [
        (("Prices are set by [automated decision-making].",), Role.AUTOMATED_DECISION),
        (
            ("We use [profiling] to choose a course for you. You have the right to object.",),
            Role.AUTOMATED_DECISION,
        ),
        (("You have the right not to be subject to [automated decisions].",), Role.RIGHT),
        (("You may object to [profiling].",), Role.RIGHT),
        (("You have these rights:", "- a say in [automated decision-making]"), Role.RIGHT),
    ],
)
def test_a_right_against_decisions_states_no_decision(
    meant: Meant, lines: tuple[str, ...], role: Role
) -> None:
    mention = meant(Role.AUTOMATED_DECISION, "dpv:AutomatedDecisionMaking", *lines)
    assert mention is not None
    assert mention.role is role
    assert (mention.concept == expand("eu-gdpr:A22")) is (role is Role.RIGHT)


@pytest.mark.parametrize(
    ("lines", "role"),
    [
        (("Write to our [data protection officer] at dpo@lark.example.",), Role.DPO),
        (("Attn: [Privacy Officer]", "12 Mill Road, Ashby"), Role.DPO),
        (("Our data protection officer:", "Ms Amber Okafor", "[amber@lark.example]"), Role.DPO),
        (("Please ask our [privacy officer] for advice.",), None),
        (("The authorities are listed at [https://authorities.example].",), None),
        (("For more write to [hello@lark.example].",), Role.CONTACT),
    ],
)
def test_an_officer_is_there_to_be_reached(meant: Meant, lines: tuple[str, ...], role: Role | None) -> None:
    mention = meant(Role.DPO, None, *lines)
    assert (None if mention is None else mention.role) is role


def test_roles_without_a_second_look_and_mentions_without_a_sentence_stay(meant: Meant) -> None:
    assert told(meant(Role.RECIPIENT, None, "We share it with [our printers].")) == "recipient"
    mention = Mention(0, 4, Role.MANDATORY_PROVISION)
    assert as_meant(None, mention) is mention


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("You can [complain to our data protection officer].", False),
        ("If you want to [complain], write to us.", False),
        ("Please e-mail us if you wish to [make a complaint].", False),
        ("You can [complain to us] or to the regulator.", True),
        ("You have the [right to lodge a complaint].", True),
        ("You may [lodge a complaint] about our shop with the data protection office.", True),
    ],
)
def test_a_complaint_to_an_authority_is_a_right(meant: Meant, line: str, stays: bool) -> None:
    assert told(meant(Role.RIGHT, "eu-gdpr:A77", line)) == ("right eu-gdpr:A77" if stays else None)


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("Our printers sign standard clauses. You can [get a copy of them] from us.", False),
        ("You may [obtain a copy] of the safeguards.", False),
        ("You can [get a copy of the signed contract] by post.", False),
        ("You may [obtain a copy of your data].", True),
        ("We hold your orders. You can [get a copy of them] from us.", True),
        ("Our printers sign standard clauses. You can [get a copy of this information].", True),
    ],
)
def test_a_copy_of_clauses_is_no_access(meant: Meant, line: str, stays: bool) -> None:
    assert told(meant(Role.RIGHT, "eu-gdpr:A15", line)) == ("right eu-gdpr:A15" if stays else None)


def test_a_refused_right_is_denied(meant: Meant) -> None:
    assert (
        told(meant(Role.RIGHT, "eu-gdpr:A17", "You have no [right to erasure]."))
        == "right eu-gdpr:A17 denied"
    )
