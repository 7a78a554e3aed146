"""The review's rules as a table: what is said about a reply, and how gravely."""

from dataclasses import replace

import pytest

from deskterm.domain.messages import Address
from deskterm.domain.review.case import AttachedFiles, OrderInText, ReviewCase
from deskterm.domain.review.concerns import concerns, holes
from deskterm.domain.review.replies import Claim, Level
from deskterm.domain.suggest.further_questions import AskKind, SideAsk

JANA = Address("Jana Mertens", "jana@mertens.example")
GOOD = ReviewCase(
    words="Your parcel left on Monday.",
    body="Your parcel left on Monday.\n\n-- \nLoom & Clay",
    sender="hello@loom.example",
    recipients=(JANA,),
    sends=True,
    own=frozenset({"hello@loom.example"}),
    people=frozenset({JANA.key, "hello@loom.example"}),
)


def test_a_sound_reply_is_green():
    assert concerns(GOOD) == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"body": "Order [order.number?] left, see [tracking.url?]."}, "order.number and tracking.url"),
        ({"body": "Order {{ order.number }} left."}, "not filled"),
        ({"body": "{% if x %}"}, "not filled"),
        ({"words": " \n"}, "no words"),
        ({"recipients": ()}, "no recipient"),
        ({"recipients": (Address("", "jana"),)}, "not a mail address"),
        ({"recipients": (Address("", "a@b.example\r\nBcc: c@d.example"),)}, "not a mail address"),
        *(
            ({"recipients": (Address("", address),)}, "Nobody reads")
            for address in (
                "No-Reply@x.example",
                "noreply+7@x.example",
                "shop.donotreply@x.example",
                "MAILER-DAEMON@x.example",
                "postmaster@x.example",
                "nicht-antworten@x.example",
                "bounces+17-jana=x.example@mail.example",
            )
        ),
        ({"recipients": (Address("", "8f5b@no-address.invalid"),)}, "names no address"),
        ({"sends": False}, "hello@loom.example"),
        ({"files": AttachedFiles(1, unreadable=("label.pdf",))}, "label.pdf"),
        ({"orders": (OrderInText("#1041", False, other="Ben Ode", named=True),)}, "Ben Ode"),
        ({"orders": (OrderInText("#1041", False, email="x@y.example"),)}, "not named it"),
    ],
)
def test_red_stops_a_reply_and_says_why(change, words):
    found = concerns(replace(GOOD, **change))
    assert found[0].level is Level.RED
    assert words in found[0].words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"claims": (Claim("address changed", ticked=False),)}, "address changed"),
        ({"recipients": (JANA, Address("", "who@else.example"))}, "who@else.example"),
        ({"recipients": (JANA, Address("", "Hello@Loom.example"))}, "your own"),
        ({"customer": frozenset({"ben@ode.example"})}, "jana@mertens.example"),
        ({"unfit": ("Order #1042 is delivered.",)}, "is delivered"),
        ({"words": "The label is attached."}, "attachment"),
        ({"words": "I attach your refund receipt."}, "attachment"),
        ({"files": AttachedFiles(1, 31_000_000)}, "31 MB"),
        ({"answered": "Another reply is queued"}, "Another reply is queued"),
        ({"wrote_again": True}, "wrote again"),
        ({"orders": (OrderInText("#1041", False, named=True, email="x@y.example"),)}, "x@y.example"),
    ],
)
def test_amber_needs_the_other_key(change, words):
    found = concerns(replace(GOOD, **change))
    assert [concern.level for concern in found] == [Level.AMBER]
    assert words in found[0].words


@pytest.mark.parametrize(
    "local", ["norah", "replying", "nora.reply", "no.one.replies", "post", "nobody.knows"]
)
def test_a_persons_address_is_no_robots(local):
    people = (Address("", f"{local}@x.example"),)
    assert concerns(replace(GOOD, recipients=people, people=frozenset({people[0].key}))) == ()


def test_ticked_claims_own_orders_and_real_attachments_say_nothing():
    case = replace(
        GOOD,
        words="The label is attached.",
        files=AttachedFiles(1),
        claims=(Claim("label made", ticked=True),),
        orders=(OrderInText("#1042", theirs=True),),
    )
    assert concerns(case) == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"body": "Your parcel left on Monday."}, "without a sign-off. `signature` in config.toml"),
        ({"body": "Your parcel left.", "signature": "Lena"}, "without a sign-off."),
        ({"words": "Hello Paul,\n\nit left.", "mail": "Where is it?\n\nThanks\nJana"}, "Jana wrote the mail"),
        (
            {"unanswered": (SideAsk(AskKind.QUESTION, "Is it wool?", 0, 11),)},
            "They also ask: “Is it wool?” The",
        ),
        ({"unanswered": (SideAsk(AskKind.BY_DATE, "Friday", 0, 6),)}, "They name a day: “Friday”"),
        ({"untimely": ("today",), "goes_on": "Wed 09:00"}, "It goes out Wed 09:00: “today”"),
    ],
)
def test_amber_says_what_is_odd_about_the_letter(change, words):
    (found,) = concerns(replace(GOOD, **change))
    assert found.level is Level.AMBER
    assert words in found.words


def test_the_shops_own_signature_signs_a_letter():
    assert (
        concerns(replace(GOOD, body="It left.\n\noak & wool, est. 1998.", signature="oak & wool, est. 1998."))
        == ()
    )


def test_the_gravest_comes_first():
    case = replace(GOOD, claims=(Claim("x", ticked=False),), body="[order.number?]\n\nBest, Lena")
    assert [concern.level for concern in concerns(case)] == [Level.RED, Level.AMBER]


def test_every_hole_is_found_with_its_place():
    text = "Order [order.number?]: [tracking.url?], [order.number?]"
    assert [text[hole.start : hole.end] for hole in holes(text)] == [
        "[order.number?]",
        "[tracking.url?]",
        "[order.number?]",
    ]


@pytest.mark.parametrize("text", ["Really [is it?] so", "see [1]", "[sic]", "a list [a, b?]"])
def test_ordinary_brackets_are_no_holes(text):
    assert holes(text) == ()


def test_a_hole_of_a_list_is_found_whole():
    assert [hole.name for hole in holes("It was [order.lines[0].title?].")] == ["order.lines[0].title"]


@pytest.mark.parametrize(
    "orders",
    [
        (OrderInText("#1042", theirs=True), OrderInText("#1041", theirs=False, other="Ben Ode")),
        (OrderInText("#1041", theirs=False, other="Ben Ode"), OrderInText("#1042", theirs=True)),
    ],
)
def test_an_order_of_theirs_hides_no_other_customers(orders):
    assert [one.level for one in concerns(replace(GOOD, orders=orders))] == [Level.RED]


def test_a_letter_in_their_language_is_green_and_one_in_another_is_amber():
    words = "Ihr Paket ist am Montag abgegangen und sollte in den nächsten Tagen bei Ihnen sein."
    assert concerns(replace(GOOD, words=words, written_in="de")) == ()
    (found,) = concerns(replace(GOOD, words=words, written_in="en"))
    assert (found.level, found.words) == (Level.AMBER, "They wrote English; this letter is German.")


@pytest.mark.parametrize(
    ("words", "came", "amber"),
    [
        ("Thank you for the photo.", False, True),
        ("Thank you for the photo.", True, False),
        ("Your parcel left.", False, False),
    ],
)
def test_thanks_for_a_photo_that_never_came_are_odd(words, came, amber):
    assert bool(concerns(replace(GOOD, words=words, photo_came=came))) is amber


def test_two_greetings_are_one_too_many():
    assert concerns(replace(GOOD, words="Hello Jana,\n\nit left on Monday.")) == ()
    (found,) = concerns(replace(GOOD, words="Hello Jana,\n\nHello Jana,\n\nit left on Monday."))
    assert "greets twice" in found.words


def test_a_claim_is_known_as_one_and_an_empty_address_is_named_so():
    (claim,) = concerns(replace(GOOD, claims=(Claim("address changed", ticked=False),)))
    assert claim.of_claim
    (found,) = concerns(replace(GOOD, recipients=(Address("", ""),)))
    assert found.words == "An empty text is not a mail address."
    (found,) = concerns(replace(GOOD, recipients=(Address("", "jana"),)))
    assert found.words == "jana is not a mail address."


@pytest.mark.parametrize(("weight", "told"), [(15_000_000, False), (15_000_001, True)])
def test_attachments_are_heavy_above_what_servers_take(weight, told):
    assert bool(concerns(replace(GOOD, files=AttachedFiles(1, weight)))) is told
