"""Products in letters: what `product.*` says, what makes a letter amber, what keeps the back-in-stock list."""

from dataclasses import replace

import pytest

from desk.conftest import BEN, DAY, NOW
from deskterm.domain.formats import Formats
from deskterm.domain.orders.order import Fulfilment, Money, OrderLine
from deskterm.domain.playbook import Effects, Macro, StockEffect
from deskterm.domain.products.notes import ProductNote
from deskterm.domain.products.product import ProductChoice, ProductVariant, StoreProduct
from deskterm.domain.review.replies import Level
from deskterm.domain.sources import Source, SourceKind, SourcePart
from deskterm.domain.tickets import Listing
from deskterm.errors import NotNow
from deskterm.intake.orders_in import orders_arrived
from deskterm.intake.products_in import products_arrived
from deskterm.storage import orders as stored_orders
from deskterm.storage import sources
from deskterm.storage.products import waits
from deskterm.widgets.product_card import product_lines

EUR = Money(4900, "EUR")
GREY = ProductVariant("v1", "WT", "grey", EUR, 0, 5)
MOSS = ProductVariant("v2", "WT-M", "moss", EUR, 3)
THROW = StoreProduct("loom", "p1", "Wool throw", (GREY, MOSS), "https://loom.example/throw")
MUG = StoreProduct("loom", "p2", "Stoneware mug", (ProductVariant("v3", "MUG", "", EUR),))
NOTE = ProductNote(
    "WT",
    ("WT", "WT-M"),
    "## Care\n\nAir it.\n\n## Size chart\n\n130 x 170",
    "2026-12-12",
    "https://v.example/1",
)
STOCK = Macro(
    "stock", "Stock", "Hello,\n\n{{ product.title }} ({{ product.variant }}) is {{ product.availability }}: {{ product.stock }} there, "
    "{{ product.incoming }} coming, back {{ product.back_in_stock | date }}. {{ product.care }}",
)  # fmt: skip
SOFT = Macro("soft", "Soft", "Hello,\n\nthe {{ product.title }}{% if product.stock %} is there{% endif %}.")
PROMISE = Macro(
    "promise", "Promise", "Hello,\n\nI write as soon as {{ product.title }} is back.",
    effects=Effects(back_in_stock=StockEffect.PROMISE),
)  # fmt: skip
TELL = Macro(
    "tell", "Tell", "Hello,\n\n{{ product.title }} ({{ product.variant }}) is back.",
    effects=Effects(back_in_stock=StockEffect.TELL),
)  # fmt: skip


@pytest.fixture
def shop(shop):
    book = shop.desk.playbook.playbook
    macros = {one.id: one for one in (STOCK, SOFT, PROMISE, TELL)}
    shop.desk.playbook.playbook = replace(book, macros=book.macros | macros, notes={"WT": NOTE})
    arrive(shop, THROW, MUG)
    with shop.db.write() as tx:
        part = Source("loom", SourceKind.ORDERS, SourcePart.PRODUCTS)
        sources.mark_complete(tx, part, complete_to=NOW, at=NOW)
    return shop


def arrive(shop, *products, at=NOW):
    with shop.db.write() as tx:
        products_arrived(tx, products, at)


def restock(shop, stock, at=NOW + 60):
    arrive(shop, replace(THROW, variants=(replace(GREY, stock=stock), MOSS)), at=at)


def review(shop, ticket, macro, at=NOW, order=None):
    shop.desk.replies.take(ticket, macro, order, at)
    return shop.desk.replies.review(ticket, at)


def ambers(found):
    return [one.words for one in found.concerns if "product" in one.words.lower() or "throw" in one.words.lower()
            or "stock" in one.words or "mug" in one.words.lower()]  # fmt: skip


def listed(shop):
    return [
        (row.wait.ticket_id, row.wait.title, row.wait.back_at is not None)
        for row in shop.desk.products.stock_list.rows()
    ]


def test_a_macro_says_what_the_store_and_the_owners_note_say(shop):
    ticket = shop.ticket(text="Is the grey wool throw back soon?")
    found = review(shop, ticket, "stock")
    assert "Wool throw (grey) is out of stock: 0 there, 5 coming, back 12 Dec 2026. Air it." in " ".join(
        found.draft.body.split()
    )
    sources_ = {value.name: value.source for value in found.values}
    assert sources_["product.incoming"] == "product Wool throw, grey"
    assert sources_["product.care"] == "notes/WT.md"
    assert ambers(found) == []


def test_the_product_is_the_one_of_the_order_where_the_mail_names_none(shop):
    ticket = shop.ticket(text="Where is my parcel?")
    order = shop.order(lines=(OrderLine("MUG", "Stoneware mug", "", 1, EUR),))
    assert "Stoneware mug" in review(shop, ticket, "soft", order=order).draft.body


def test_a_fact_that_nobody_knows_makes_the_letter_amber(shop):
    found = review(shop, shop.ticket(text="Is the mug dishwasher safe? The stoneware mug."), "soft")
    assert ambers(found) == [
        "Not known for Stoneware mug: product.stock. Check that the letter is still true."
    ]
    assert found.level is Level.AMBER


def test_a_letter_about_no_known_product_or_about_one_of_two_is_amber(shop):
    assert any("none is known" in one for one in ambers(review(shop, shop.ticket(text="Hello?"), "soft")))
    two = shop.ticket(text="The moss wool throw and the stoneware mug: how many?")
    assert "The mail may mean" in ambers(review(shop, two, "soft"))[0]


def test_stock_that_was_read_long_ago_makes_it_amber(shop):
    ticket = shop.ticket(text="Is there a moss wool throw?")
    assert ambers(review(shop, ticket, "soft", NOW + 3 * DAY)) == ["The stock was last read 3 days ago."]


def test_a_promise_puts_the_customer_on_the_list_and_a_letter_brought_back_takes_them_off(shop):
    ticket = shop.ticket(text="Is the grey wool throw back soon?")
    found = review(shop, ticket, "promise")
    assert "put on the back-in-stock list for Wool throw, grey" in found.follows
    shop.desk.replies.send(ticket, found, NOW, Level.AMBER)
    assert listed(shop) == [(ticket, "Wool throw, grey", False)]
    shop.desk.undo.undo(NOW + 5)
    assert listed(shop) == []


def test_when_it_is_back_the_top_line_counts_and_the_letter_takes_them_off(shop):
    ticket = shop.ticket(text="Is the grey wool throw back soon?")
    shop.desk.products.stock_list.add(
        ticket, shop.desk.products.stock_list.beside(ticket, NOW)[0].choice, NOW
    )
    early = review(shop, ticket, "tell")
    assert "is not in stock now" in ambers(early)[0]
    restock(shop, 4)
    assert shop.desk.inbox.counts().back == 1
    found = review(shop, ticket, "tell", NOW + 90)
    assert "Wool throw (grey) is back." in found.draft.body
    assert "off the back-in-stock list for Wool throw, grey" in found.follows
    assert ambers(found) == []
    shop.desk.replies.send(ticket, found, NOW + 90, Level.AMBER)
    assert (listed(shop), shop.desk.inbox.counts().back) == ([], 0)
    shop.desk.undo.undo(NOW + 95)
    assert listed(shop) == [(ticket, "Wool throw, grey", True)]


def test_a_letter_about_one_product_leaves_the_other_that_is_waited_for_on_the_list(shop):
    ticket, stock_list = (
        shop.ticket(text="The grey wool throw and the stoneware mug?"),
        shop.desk.products.stock_list,
    )
    for one in stock_list.beside(ticket, NOW):
        stock_list.add(ticket, one.choice, NOW)
    restock(shop, 4)
    review(shop, ticket, "tell", NOW + 70)
    arrive(shop, replace(MUG, variants=(replace(MUG.variants[0], stock=2),)), at=NOW + 80)
    found = review(shop, ticket, "tell", NOW + 90)
    assert "Wool throw (grey) is back." in found.draft.body
    assert found.follows.endswith("off the back-in-stock list for Wool throw, grey")
    shop.desk.replies.send(ticket, found, NOW + 90, Level.AMBER)
    assert listed(shop) == [(ticket, "Stoneware mug", True)]


def test_a_letter_that_was_refused_and_given_up_leaves_them_on_the_list(shop):
    ticket, stock_list = shop.ticket(text="Is the grey wool throw back soon?"), shop.desk.products.stock_list
    stock_list.add(ticket, stock_list.beside(ticket, NOW)[0].choice, NOW)
    restock(shop, 4)
    shop.desk.replies.send(ticket, review(shop, ticket, "tell", NOW + 90), NOW + 90, Level.AMBER)
    (row,) = shop.desk.outbox.rows()
    shop.sent(row.id, state="refused")
    shop.desk.outbox.discard(row.id, NOW + 200)
    assert listed(shop) == [(ticket, "Wool throw, grey", True)]


def test_a_day_that_was_given_and_is_past_makes_it_amber_and_is_shown_as_past_on_the_card(shop):
    def doubts(now):
        return ambers(review(shop, ticket, "stock", now)), card(now)

    def card(now):
        (found,) = shop.desk.products.stock_list.beside(ticket, now)
        lines = product_lines([found], (), Formats("en_GB", "Europe/Berlin"), now, 60)
        return [bit.text for line in lines for bit in line.bits if "your note" in bit.text]

    ticket, the_day = shop.ticket(text="Is the grey wool throw back soon?"), NOW + 22 * DAY
    for at in (the_day, the_day + DAY):
        with shop.db.write() as tx:
            part = Source("loom", SourceKind.ORDERS, SourcePart.PRODUCTS)
            sources.mark_complete(tx, part, complete_to=at, at=at)
    assert doubts(the_day) == ([], ["back 12 Dec according to your note"])
    past = "The day you give out for Wool throw, grey, 12 Dec 2026, is past."
    assert doubts(the_day + DAY) == ([past], ["due back 12 Dec according to your note"])


def test_old_stock_is_reported_even_if_only_a_translation_speaks_of_it(shop):
    book = shop.desk.playbook.playbook
    there = Macro(
        "there", "There", "Hello,\n\nyes.", translations=(("de", "Hallo,\n\n{{ product.title }}: ja."),)
    )
    shop.desk.playbook.playbook = replace(book, macros=book.macros | {"there": there})
    ticket = shop.ticket(text="Is there a moss wool throw?")
    assert ambers(review(shop, ticket, "there", NOW + 3 * DAY)) == ["The stock was last read 3 days ago."]


@pytest.mark.parametrize("typed", ["FRÜHSTÜCK", "frühstück", "fruhstuck", "grösse", "GROẞ", "ü-1"])
def test_products_are_found_whatever_the_case_of_their_umlauts(shop, typed):
    large = ProductVariant("v9", "Ü-1", "Größe L, groß", EUR)
    arrive(shop, StoreProduct("loom", "p9", "Frühstücksteller", (large,)))
    assert [one.product.title for one in shop.desk.products.stock_list.find(typed, NOW)] == [
        "Frühstücksteller"
    ]


def test_a_promise_of_what_is_there_or_of_no_certain_variant_is_amber(shop):
    assert "is in stock now" in ambers(review(shop, shop.ticket(text="A moss wool throw?"), "promise"))[0]
    unclear = review(shop, shop.ticket(BEN, text="Is the wool throw back?"), "promise")
    assert "put it on the back-in-stock list first" in ambers(unclear)[0]


def test_putting_on_and_taking_off_by_hand_is_undone(shop):
    ticket, stock_list = shop.ticket(text="Is the grey wool throw back?"), shop.desk.products.stock_list
    choice = stock_list.beside(ticket, NOW)[0].choice
    stock_list.add(ticket, choice, NOW)
    with pytest.raises(NotNow):
        stock_list.add(ticket, choice, NOW)
    (wait,) = stock_list.for_ticket(ticket)
    assert (
        stock_list.drop(wait.id, NOW + 1).words
        == f"T{ticket} is off the back-in-stock list for Wool throw, grey"
    )
    assert listed(shop) == []
    assert "off the back-in-stock list" in shop.desk.undo.undo(NOW + 2).words
    assert len(listed(shop)) == 1
    shop.desk.undo.undo(NOW + 3)
    assert listed(shop) == []
    shop.desk.undo.redo(NOW + 4)
    assert len(listed(shop)) == 1


def test_a_list_goes_along_when_tickets_are_merged_and_taken_apart(shop):
    one, other = shop.ticket(text="Is the grey wool throw back?"), shop.ticket(text="And?")
    shop.desk.products.stock_list.add(one, shop.desk.products.stock_list.beside(one, NOW)[0].choice, NOW)
    shop.desk.merging.merge((other, one), NOW + 1)
    (wait,) = shop.desk.products.stock_list.rows()
    kept = wait.wait.ticket_id
    shop.desk.undo.undo(NOW + 2)
    assert {kept, shop.desk.products.stock_list.rows()[0].wait.ticket_id} <= {one, other}
    assert shop.desk.products.stock_list.rows()[0].wait.ticket_id == one


def test_a_snooze_until_back_or_shipped_ends_with_it(shop):
    waiting, shipping = (
        shop.ticket(text="Is the grey wool throw back?"),
        shop.ticket(BEN, text="When do you ship?"),
    )
    stock_list = shop.desk.products.stock_list
    stock_list.snooze_until_back(waiting, stock_list.beside(waiting, NOW)[0].choice, NOW)
    order = shop.order("1077", BEN, fulfilment=Fulfilment.UNFULFILLED, shipments=())
    stock_list.snooze_until_shipped((shipping,), NOW)
    assert len(shop.desk.inbox.page(Listing.SNOOZED, 0, 9)) == 2
    restock(shop, 2)
    with shop.db.write() as tx:
        (found,) = stored_orders.by_ids(tx, [order])
        orders_arrived(tx, [replace(found, fulfilment=Fulfilment.SHIPPED)], NOW + 90)
    rows = {row.ticket_id: row.due for row in shop.desk.inbox.page(Listing.INBOX, 0, 9)}
    assert rows == {waiting: "Wool throw, grey is back in stock", shipping: "order #1077 is on its way"}


def test_no_snooze_for_what_has_happened(shop):
    ticket = shop.ticket(text="A moss wool throw?")
    with pytest.raises(NotNow):
        shop.desk.products.stock_list.snooze_until_back(
            ticket, shop.desk.products.stock_list.beside(ticket, NOW)[0].choice, NOW
        )
    with pytest.raises(NotNow):
        shop.desk.products.stock_list.snooze_until_shipped((ticket,), NOW)


def test_forgetting_a_customer_takes_them_off_the_list(shop):
    ticket = shop.ticket(text="Is the grey wool throw back?")
    shop.desk.products.stock_list.add(
        ticket, shop.desk.products.stock_list.beside(ticket, NOW)[0].choice, NOW
    )
    from deskterm.storage.upkeep import forget

    with shop.db.write() as tx:
        forget.erase(tx, forget.find(tx, "jana@mertens.example"))
        assert waits.waiting_list(tx) == ()


def test_products_are_found_by_title_sku_and_the_words_of_notes(shop):
    def found(typed):
        return [one.product.title for one in shop.desk.products.stock_list.find(typed, NOW)]

    assert found("thr") == ["Wool throw"]
    assert found("mug") == ["Stoneware mug"]
    assert found("130 x") == ["Wool throw"]
    assert found("grey THROW") == found("throw grey") == ["Wool throw"]
    assert found("throw mug") == []
    assert found("") == []


def test_a_note_is_shown_with_its_own_variant_alone(shop):
    book = shop.desk.playbook.playbook
    grey = replace(NOTE, skus=("WT",), body="The loom is full until then.")
    shop.desk.playbook.playbook = replace(book, notes={"WT": grey})

    def beside(text):
        (found,) = shop.desk.products.stock_list.beside(shop.ticket(text=text), NOW)
        lines = product_lines([found], (), Formats("en_GB", "Europe/Berlin"), NOW, 60)
        return found.note, "\n".join(bit.text for line in lines for bit in line.bits)

    assert beside("The moss wool throw?")[0] is None
    assert "The loom" not in beside("The moss wool throw?")[1]
    assert beside("The grey wool throw?")[0] == grey
    unclear, panel = beside("The wool throw?")
    assert unclear is None
    assert panel.index("grey") < panel.index("The loom") < panel.index("moss")


def test_goods_that_are_promised_once_more_and_not_there_make_it_amber_by_name(shop):
    book = shop.desk.playbook.playbook
    lost = Macro("lost", "Lost", "Hello,\n\nif it is lost, I send everything again.")
    told = Macro("told", "Told", "Hello,\n\nyour parcel left on Monday.")
    shop.desk.playbook.playbook = replace(book, macros=book.macros | {"lost": lost, "told": told})
    lines = (OrderLine("wt", "Wool throw", "grey", 1, EUR), OrderLine("WT-M", "Wool throw", "moss", 4, EUR))
    ticket, order = shop.ticket(text="Where is it?"), shop.order(store="loom", lines=lines)
    assert ambers(review(shop, ticket, "lost", order=order)) == [
        "The letter promises goods, but Wool throw, grey is out of stock according to the store.",
        "The letter promises goods, but of Wool throw, moss the store has 3 and the order has 4.",
    ]
    assert ambers(review(shop, ticket, "told", order=order)) == []
    restock(shop, 9)
    assert len(ambers(review(shop, ticket, "lost", NOW + 90, order=order))) == 1


def test_a_selection_is_put_on_the_list_except_who_is_on_it_and_taken_off_at_once(shop):
    stock_list = shop.desk.products.stock_list
    on_it, other = shop.ticket(text="Is the grey wool throw back soon?"), shop.ticket(text="And for me?")
    choice = stock_list.beside(on_it, NOW)[0].choice
    stock_list.add(on_it, choice, NOW)
    assert stock_list.add_all((on_it, other), choice, NOW).tickets == (other,)
    shop.desk.undo.undo(NOW)
    assert listed(shop) == [(on_it, "Wool throw, grey", False)]
    with pytest.raises(NotNow, match="for all of them"):
        stock_list.add_all((on_it,), choice, NOW)


def wait_for_both(shop):
    """A ticket that waits for both throws, which are back; gives it and the two entries."""
    ticket, stock_list = shop.ticket(text="Hello, is it back?"), shop.desk.products.stock_list
    for variant in THROW.variants:
        stock_list.add(ticket, ProductChoice(THROW, replace(variant, stock=0)), NOW)
    arrive(shop, replace(THROW, variants=tuple(replace(one, stock=0) for one in THROW.variants)))
    arrive(shop, replace(THROW, variants=tuple(replace(one, stock=4) for one in THROW.variants)))
    return ticket, stock_list.for_ticket(ticket)


def test_a_letter_is_about_the_entry_it_was_written_for_whatever_its_words_name(shop):
    ticket, (grey, moss) = wait_for_both(shop)
    shop.desk.replies.take(ticket, "tell", None, NOW + 70, wait_id=moss.id)
    draft = shop.desk.replies.begin(ticket, NOW + 70)
    shop.desk.replies.save(
        replace(draft, body="Hello,\n\nit is back: as warm as the grey Wool throw."), NOW + 71
    )
    found = shop.desk.replies.review(ticket, NOW + 72)
    assert found.follows.endswith("off the back-in-stock list for Wool throw, moss")
    shop.desk.replies.send(ticket, found, NOW + 72, Level.AMBER)
    assert [row.wait.id for row in shop.desk.products.stock_list.rows()] == [grey.id]
    shop.desk.undo.undo(NOW + 74)
    assert shop.desk.replies.begin(ticket, NOW + 75).wait_id == moss.id
    assert len(listed(shop)) == 2


def test_another_entry_takes_the_place_of_the_first_in_a_draft_left_as_it_was(shop):
    ticket, (grey, moss) = wait_for_both(shop)
    first = shop.desk.replies.take(ticket, "tell", None, NOW + 70, wait_id=grey.id)
    second = shop.desk.replies.take(ticket, "tell", None, NOW + 71, wait_id=moss.id)
    assert ("(grey)" in first.body, "(grey)" in second.body, "(moss)" in second.body) == (True, False, True)


def test_no_letter_is_about_an_entry_that_was_taken_off_or_is_another_tickets(shop):
    ticket, (grey, moss) = wait_for_both(shop)
    shop.desk.replies.take(ticket, "tell", None, NOW + 70, wait_id=grey.id)
    shop.desk.products.stock_list.drop(grey.id, NOW + 71)
    assert "off the back-in-stock list" not in shop.desk.replies.review(ticket, NOW + 72).follows
    other = shop.ticket(BEN, text="And mine?")
    taken = shop.desk.replies.take(other, "tell", None, NOW + 73, wait_id=moss.id)
    assert (taken.wait_id, "moss" in taken.body) == (None, False)


ADVICE = Macro(
    "advice",
    "Care",
    "Hello,\n\n{% if product.care %}{{ product.care }}{% else %}go by the label.{% endif %}",
)
OTHER = Macro("later", "Later", "Hello,\n\nI look it up.", words=("question", "machine"))


def with_notes(shop, *notes):
    book = shop.desk.playbook.playbook
    macros = {one.id: one for one in (ADVICE, OTHER)}
    shop.desk.playbook.playbook = replace(book, macros=macros, notes={one.id: one for one in notes})


def test_the_macro_with_the_note_that_answers_is_suggested_first(shop):
    said = "## Care\n\nNever the machine."
    notes = [ProductNote("WT", ("WT",), said), ProductNote("WT-M", ("WT-M",), said)]
    text = "A question: may the wool throw go into the machine?"
    with_notes(shop)
    ticket = shop.ticket(text=text)
    assert [one.id for one in shop.desk.tickets.view(ticket, NOW).suggested][:1] == ["later"]
    with_notes(shop, *notes)
    assert [one.id for one in shop.desk.tickets.view(ticket, NOW).suggested] == ["advice", "later"]
    beside = shop.ticket(text="The wool throw came out of the machine torn. Question: may I have another?")
    assert [one.id for one in shop.desk.tickets.view(beside, NOW).suggested][:1] == ["later"]
    found = review(shop, ticket, "advice")
    assert "Never the machine." in found.draft.body
    assert not any("your notes" in one.words for one in found.concerns)
    silent = shop.ticket(
        text="A question: is the wool throw for a big machine like mine or not, by its size?"
    )
    with_notes(shop, notes[0])  # the other variant may be something else
    assert any("your notes have no “care”" in one.words for one in review(shop, silent, "advice").concerns)


@pytest.mark.parametrize(
    ("question", "doubted"),
    [
        ("Is the wool throw safe for the dishwasher?", True),
        ("May the wool throw go into the machine?", False),
        ("How should I wash the wool throw?", False),
    ],
)
def test_a_note_without_a_word_of_the_question_makes_no_green_letter(shop, question, doubted):
    said = "## Care\n\nNever the machine."
    with_notes(shop, ProductNote("WT", ("WT",), said), ProductNote("WT-M", ("WT-M",), said))
    book = shop.desk.playbook.playbook
    macros = book.macros | {"advice": replace(ADVICE, words=("wash",))}
    shop.desk.playbook.playbook = replace(book, macros=macros)
    found = review(shop, shop.ticket(text=question), "advice")
    assert any("no word of their question" in one.words for one in found.concerns) is doubted
