"""Reading a ticket, changing it, and its files."""

import pytest

from desk.conftest import DAY, JANA, NOW
from deskterm.desk.attachments import safe_name, save
from deskterm.domain.tickets import Listing, Status
from deskterm.domain.views import SearchResult
from deskterm.errors import NotFound, NotNow


def test_a_ticket_is_shown_with_everything_beside_it(shop):
    ticket = shop.ticket(text="Where is my order?")
    order = shop.order()
    view = shop.desk.tickets.view(ticket, NOW)
    assert [message.text for message in view.messages] == ["Where is my order?"]
    assert [one.id for one in view.orders] == [order]
    assert (view.customer.customer.display_name, view.customer.orders) == ("Jana Mertens", 1)
    assert view.macros[0].id == "order-status"


def test_the_sop_of_the_category_is_beside_it_with_its_ticks(shop):
    ticket = shop.ticket()
    shop.desk.tickets.categorise((ticket,), "shipping", None, NOW)
    assert shop.desk.tickets.tick(ticket, "late", "look", NOW).words == f"Ticked a step of T{ticket}"
    assert shop.desk.tickets.view(ticket, NOW).sop.done == frozenset({"look"})
    assert "unticked a step" in shop.desk.tickets.tick(ticket, "late", "look", NOW).words.lower()
    assert shop.desk.tickets.view(ticket, NOW).sop.done == frozenset()


def test_an_unknown_ticket_is_refused(shop):
    with pytest.raises(NotFound, match="T4"):
        shop.desk.tickets.view(4, NOW)


def test_a_note_is_saved_and_an_empty_one_refused(shop):
    ticket = shop.ticket()
    shop.desk.tickets.note(ticket, "Call\x1b[2J her", NOW)
    assert "\x1b" not in shop.desk.tickets.view(ticket, NOW).messages[-1].text
    with pytest.raises(NotNow):
        shop.desk.tickets.note(ticket, " \n", NOW)


def test_a_solved_ticket_leaves_the_inbox_and_is_answered(shop):
    ticket = shop.ticket()
    assert shop.desk.inbox.count(Listing.INBOX) == 1
    assert shop.desk.tickets.solve((ticket,), NOW).words == f"Solved T{ticket}"
    assert shop.desk.inbox.count(Listing.INBOX) == 0
    assert shop.desk.tickets.view(ticket, NOW).ticket.unanswered_since is None
    assert shop.desk.tickets.solve((ticket,), NOW).action == 0


def test_a_snooze_hides_until_its_time_and_no_earlier_time_is_taken(shop):
    ticket = shop.ticket()
    with pytest.raises(NotNow):
        shop.desk.tickets.snooze((ticket,), NOW, NOW)
    shop.desk.tickets.snooze((ticket,), NOW + DAY, NOW)
    assert (shop.desk.inbox.count(Listing.INBOX), shop.desk.inbox.counts().snoozed) == (0, 1)
    assert shop.desk.inbox.wake(NOW + DAY - 1) == 0
    assert shop.desk.inbox.wake(NOW + DAY) == 1
    assert shop.desk.inbox.page(Listing.INBOX, 0, 5)[0].ticket_id == ticket


def test_a_snooze_that_the_customer_asked_for_says_so_and_is_undone_and_done_again(shop):
    ticket = shop.ticket()
    done = shop.desk.tickets.snooze((ticket,), NOW + DAY, NOW, asked=True)
    assert done.words == f"Snoozed T{ticket} as the customer asked"
    shop.desk.undo.undo(NOW + 1)
    assert shop.desk.inbox.counts().snoozed == 0
    shop.desk.undo.redo(NOW + 2)
    assert shop.desk.tickets.view(ticket, NOW + 3).ticket.snoozed_until == NOW + DAY


def test_spam_and_trash_come_back_to_the_inbox(shop):
    ticket = shop.ticket()
    shop.desk.tickets.spam((ticket,), NOW)
    shop.desk.tickets.trash((ticket,), NOW)
    assert shop.desk.inbox.count(Listing.TRASH) == 1
    shop.desk.tickets.restore((ticket,), NOW)
    view = shop.desk.tickets.view(ticket, NOW)
    assert (view.ticket.status, shop.desk.inbox.count(Listing.INBOX)) == (Status.OPEN, 1)


def test_categories_and_tags_in_use_are_offered(shop):
    ticket = shop.ticket()
    shop.desk.tickets.categorise((ticket,), " wool\ncare ", ("b", "a", "b", " "), NOW)
    assert shop.desk.tickets.categories() == ("shipping", "address", "wool care")
    assert shop.desk.tickets.tags() == ("a", "b")
    assert shop.desk.tickets.view(ticket, NOW).ticket.tags == ("b", "a")


def test_an_unknown_order_cannot_be_chosen(shop):
    with pytest.raises(NotFound):
        shop.desk.tickets.choose_order(shop.ticket(), 77, NOW)


def test_the_raw_mail_is_the_mail_as_it_came(shop):
    ticket = shop.ticket()
    (message,) = shop.desk.tickets.view(ticket, NOW).messages
    assert shop.desk.tickets.raw(message.id) == b"Subject: x\r\n\r\nbody"


def test_the_inbox_is_read_in_pages_and_knows_each_place(shop):
    ids = [shop.ticket(JANA, at=NOW - DAY * number) for number in range(1, 4)]
    rows = shop.desk.inbox.page(Listing.INBOX, 0, 10)
    assert [row.ticket_id for row in rows] == ids[::-1], "the longest unanswered stands first"
    assert shop.desk.inbox.position(Listing.INBOX, ids[0]) == 2
    assert shop.desk.inbox.rows((ids[1], ids[0]))[0].ticket_id == ids[1]


def test_waiting_is_counted_in_business_hours(shop):
    """Mailed on Thursday at noon UTC, 13:00 in Berlin: four hours that day, four on Friday until 13:00."""
    shop.ticket(at=NOW - DAY)
    (row,) = shop.desk.inbox.page(Listing.INBOX, 0, 1)
    assert shop.desk.inbox.waiting_since(row, NOW) == 8 * 3600


def test_the_revision_changes_with_every_change(shop):
    before = shop.desk.inbox.revision()
    shop.ticket()
    assert shop.desk.inbox.revision() != before


def test_search_finds_a_ticket_by_its_words(shop):
    ticket = shop.ticket(text="The celadon mug broke")
    found = shop.desk.search.find("celadon", NOW)
    assert ([hit.row.ticket_id for hit in found.hits], found.total) == ([ticket], 1)
    assert shop.desk.search.find('"(((', NOW) == SearchResult()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../.ssh/authorized_keys", "authorized_keys.data"),
        ("C:\\temp\\evil.exe", "evil.exe.txt"),
        ("/etc/passwd", "passwd.data"),
        ("..", "attachment.data"),
        ("", "attachment.data"),
        ("a\x1b[2Jb\n.txt", "a__2Jb .txt"),
        ("-rf.txt", "rf.txt"),
        (".bashrc", "bashrc.data"),
        ("typing.py", "typing.py.txt"),
        ("sitecustomize.PTH", "sitecustomize.PTH.txt"),
        ("module.cpython-311-x86_64-linux-gnu.so", "module.cpython-311-x86_64-linux-gnu.so.txt"),
        ("Makefile", "Makefile.data"),
        ("割れた.jpg", "割れた.jpg"),
    ],
)
def test_an_attachments_name_is_only_a_name(name, safe):
    assert safe_name(name).replace("␛", "_") == safe


def test_an_attachment_never_overwrites_a_file(tmp_path):
    first, second = save(tmp_path, "a.txt", b"1"), save(tmp_path, "a.txt", b"2")
    assert (first.read_bytes(), second.read_bytes(), second.name) == (b"1", b"2", "a (2).txt")
    assert second.stat().st_mode & 0o777 == 0o600


def test_a_link_in_the_folder_is_not_followed(tmp_path):
    outside = tmp_path / "outside"
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").symlink_to(outside)
    save(folder, "a.txt", b"1")
    assert not outside.exists()


def test_a_long_name_is_shortened_and_keeps_its_ending(tmp_path):
    assert save(tmp_path, "x" * 300 + ".pdf", b"").name.endswith("x.pdf")
