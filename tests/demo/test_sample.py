"""The sample store: plausible on any day, complete, and readable by the rooms that use it."""

import json
import mailbox
import stat
from collections import defaultdict
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from deskterm.config import settings_file as settings
from deskterm.config.paths import Home
from deskterm.demo import texts, write_sample_store
from deskterm.demo.mime import as_bytes
from deskterm.demo.people import people
from deskterm.demo.sample import sample
from deskterm.domain.messages import MachineKind
from deskterm.errors import NotNow
from deskterm.mail.read import read_mail
from deskterm.sync.stores.exports import orders_json

NOW = int(datetime(2025, 11, 21, 9, 43, tzinfo=UTC).timestamp())
DAY = 86400
OWN = frozenset({"help@oakandwool.example"})
MOMENTS = [NOW + days * DAY + days * 4321 for days in (0, 1, 2, 3, 4, 40, 129, 200, 303)]  # also across DST


@pytest.fixture(scope="module")
def told():
    return sample(NOW)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    write_sample_store(home, NOW)
    return home


def conversations(letters):
    found = defaultdict(list)
    for letter in letters:
        if letter.key[0] in "hn" and not letter.key.endswith(".away") and not letter.key.startswith("news"):
            found[letter.key.rpartition(".")[0]].append(letter)
    return found.values()


def test_the_same_moment_gives_the_same_store(told):
    assert sample(NOW) == told
    assert [as_bytes(letter) for letter in sample(NOW).letters] == [
        as_bytes(letter) for letter in told.letters
    ]


@pytest.mark.parametrize("now", MOMENTS)
def test_on_any_day_twenty_five_tickets_are_open_and_nothing_lies_ahead(now):
    letters, orders = sample(now)
    assert all(letter.at <= now for letter in letters)
    assert 380 <= len(letters) <= 540
    open_now = [letters[-1] for letters in conversations(letters) if not letters[-1].ours]
    assert len(open_now) == 25
    assert all(12 * 60 <= now - letter.at <= 2 * DAY for letter in open_now)
    for order in orders:
        assert order.placed_at <= now
        for parcel in order.shipments:
            assert order.placed_at <= parcel.shipped_at <= now
            assert parcel.delivered_at is None or parcel.shipped_at < parcel.delivered_at <= now


def test_it_is_as_large_as_a_small_shop(told):
    assert len(told.orders) == 171
    assert 110 <= len(people()) <= 130
    assert len({letter.text for letter in told.letters if not letter.ours}) >= 150
    assert min(letter.at for letter in told.letters) < NOW - 68 * DAY
    waiting = [one for one in conversations(told.letters) if one[-1].ours and NOW - one[-1].at < 7 * DAY]
    assert len(waiting) >= 8


def test_customers_ask_in_many_words_and_languages():
    openings = texts.openings()
    assert len({text.body for text in openings}) >= 90
    assert {text.language for text in openings} >= {
        "en",
        "de",
        "fr",
        "es",
        "it",
        "nl",
        "sv",
        "pl",
        "pt",
        "ja",
    }


def test_no_brace_is_left_in_a_mail(told):
    assert [letter.key for letter in told.letters if "{" in letter.subject + letter.text] == []


def test_every_mail_reads_back_as_what_it_is(told):
    kinds = defaultdict(int)
    for letter in told.letters:
        read = read_mail(as_bytes(letter), OWN)
        assert read.mail.unreadable == ""
        assert read.mail.sender.address == letter.address
        kinds[read.verdict.kind] += not letter.ours
        if not letter.raw and read.writer.channel == "mail":
            assert read.mail.subject == letter.subject
            assert letter.text.split("\n")[0] in read.text
    assert kinds[MachineKind.BOUNCE] == kinds[MachineKind.VACATION] == 1
    assert kinds[MachineKind.LIST] == 10
    assert kinds[MachineKind.NOTICE] >= 15


def test_the_contact_form_hands_on_its_customer(told):
    form = next(letter for letter in told.letters if letter.key.startswith("n-maeve"))
    writer = read_mail(as_bytes(form), OWN).writer
    assert (writer.customer.address, writer.channel) == ("maeve.obrien@mailhaus.example", "contact form")


def test_the_photo_is_a_real_picture(told):
    (photo,) = next(letter.attachments for letter in told.letters if letter.attachments)
    assert photo[:2] == ("mug.png", "image/png")
    assert photo[2].startswith(b"\x89PNG\r\n\x1a\n")
    assert photo[2].endswith(b"IEND\xaeB`\x82")


def test_jana_has_three_tickets_and_a_silent_parcel(told):
    jana = [one for one in conversations(told.letters) if one[-1].name == "Jana Mertens" and not one[-1].ours]
    assert len(jana) == 3
    order = [order for order in told.orders if order.customer_name == "Jana Mertens"][-1]
    assert order.shipments[0].delivered_at is None
    assert NOW - order.shipments[0].last_scan_at >= 8 * DAY


def test_two_customers_share_a_surname():
    names = [person.name.split()[-1] for person in people()]
    assert names.count("Lindqvist") == names.count("Mertens") == 2


def test_it_is_written_as_a_maildir_dated_by_arrival(home, told):
    inbox = mailbox.Maildir(home / "mail", create=False)
    assert len(inbox) + len(inbox.get_folder("Sent")) == len(told.letters)
    assert len(list((home / "mail" / "new").iterdir())) == 25
    path = next((home / "mail" / "new").glob("*"))
    assert int(path.stat().st_mtime) == int(path.name.split(".")[0])
    assert stat.S_IMODE((home / "mail" / "new").stat().st_mode) == 0o700


def test_the_orders_file_reads_back_as_the_same_orders(home, told):
    text = (home / "orders.json").read_text(encoding="utf-8")
    assert json.loads(text)["currency"] == "EUR"
    reading = orders_json.read_json(text, "oakandwool", ZoneInfo("Europe/Berlin"))
    assert (reading.orders, reading.problems) == (told.orders, ())


def test_the_settings_read_back(home):
    read_back = settings.load(Home(home))
    assert read_back.shop.name == "Oak & Wool"
    assert read_back.mailboxes[0].path == str(home / "mail")
    assert read_back.mailboxes[0].delivery == "maildir"
    assert read_back.stores[0].path == str(home / "orders.json")
    assert 'path = "mail"' in (home / "config.toml").read_text(encoding="utf-8")


def test_it_never_overwrites_a_desk(home):
    with pytest.raises(NotNow, match="There is a desk"):
        write_sample_store(home, NOW)
