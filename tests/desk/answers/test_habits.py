"""The first evening at the desk."""

from desk.conftest import DAY, NOW, ShopOfOne
from deskterm.desk import Desk
from deskterm.desk.playbook import PlaybookFiles
from deskterm.domain.messages import Address
from deskterm.intake import learning

TYPED = (
    "Hello {name},\n\nyour order #{order} has left us today with the post, and from here it takes three days."
    " You need not be at home: the carrier leaves it with a neighbour.\n\nWarm wishes\nAnna, Loom & Clay"
)


def evening(shop: ShopOfOne):
    context = shop.desk.shop
    folder = context.home.config_folder
    (folder / "macros").mkdir(parents=True, exist_ok=True)
    return Desk(context.db, context.settings, context.home, PlaybookFiles(folder), context.formats)


def typed(shop, count):
    tickets = []
    for number in range(count):
        who = Address(f"Kim{'abcdefghij'[number]} Sand", f"kim{number}@sand.example")
        ticket = shop.ticket(who, subject="Hi", text=f"Has it left yet, number {number}?")
        shop.answer(
            ticket,
            to=(who,),
            at=NOW - DAY // 2,
            text=TYPED.format(name=f"Kim{'abcdefghij'[number]}", order=1000 + number),
        )
        tickets.append(ticket)
    with shop.db.write() as tx:
        learning.teach(tx, tickets, shop.desk.playbook.current())
    return tickets


def test_an_answer_typed_four_times_is_shown_with_its_questions_and_becomes_a_macro(shop):
    desk = evening(shop)
    typed(shop, 4)
    found = desk.habits.find()
    (habit,) = found.habits
    assert (found.read, habit.count) == (4, 4)
    assert habit.questions[0].startswith("Has it left yet")
    assert "Hello {{ customer.first_name" in habit.body
    assert "order #{{ order.number }} has left us" in habit.body
    assert "Loom & Clay" not in habit.body
    done = desk.habits.keep(habit)
    assert ".md written: " in done.words
    (macro,) = desk.playbook.current().macros.values()
    assert desk.playbook.current().broken == ()
    with shop.db.read() as tx:
        labels = {row[0] for row in tx.execute("SELECT label FROM lesson")}
    assert labels == {macro.id}
    assert desk.habits.find().habits == ()


def test_what_was_left_alone_is_not_shown_again(shop):
    desk = evening(shop)
    typed(shop, 4)
    (habit,) = desk.habits.find().habits
    desk.habits.leave(habit)
    assert desk.habits.find().habits == ()


def test_the_first_sync_says_once_how_many_there_are(shop, monkeypatch):
    desk = evening(shop)
    typed(shop, 4)
    monkeypatch.setattr(learning, "_LEAST", 4)
    learning.fit(shop.db, desk.playbook.current())
    assert desk.habits.news() == "4 answers read: 1 you keep typing. {habits} shows them."
    assert desk.habits.news() == ""
