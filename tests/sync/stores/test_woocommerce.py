"""A WooCommerce shop read exactly, first and again, whatever happens in it meanwhile."""

import random
from datetime import datetime, timedelta

import pytest

from deskterm.domain.orders.order import Fulfilment, Money, OrderNote, Payment
from deskterm.domain.sources import SourceKind
from deskterm.errors import NotFound, StoreGaps
from deskterm.storage import orders, sources
from deskterm.sync.stores.open_store import open_store
from deskterm.sync.stores.read_orders import read_one, read_orders
from deskterm.sync.stores.woocommerce.changes import PAGE, ChangeWalk, RowPage

DAY = 86_400


def stored(db, key):
    with db.read() as tx:
        return orders.by_keys(tx, "kiln", [str(key)])[str(key)]


def count(db):
    with db.read() as tx:
        return orders.count(tx)


def assert_same_rows(shop, db):
    """Each order of the shop is stored as the shop has it now, and each that it no longer has is marked."""
    with db.read() as tx:
        ids = [row[0] for row in tx.execute("SELECT id FROM shop_order")]
        here = {int(order.external_id): order for order in orders.by_ids(tx, ids)}
    there = {key: row for key, row in shop.orders.items() if row["status"] != "trash"}
    assert {key for key, order in here.items() if order.gone_at is None} == there.keys()
    for key, row in there.items():
        order = here[key]
        assert order.ship_to.street == row["shipping"]["address_1"], key
        assert [f"-{one.amount.minor / 100:.2f}" for one in order.refunds] == [
            one["total"] for one in row["refunds"]
        ], key
        tracked = [one["tracking_number"] for meta in row["meta_data"] for one in meta["value"]]
        assert [one.number for one in order.shipments] == tracked, key


def test_an_order_is_read_whole(shop, server, access, db):
    key = shop.add(
        "WEB-1042",
        customer_note="Ring\ntwice",
        customer_id=7,
        coupon_lines=[{"id": 1, "code": "spring"}],
        date_paid_gmt="2026-09-21T10:00:00",
    )
    shop.track(key, "1Z999")
    shop.clock += 60
    shop.refund(key, "5.00", "scratched", pieces=1)
    assert read_orders(access(), db) == 1
    order = stored(db, key)
    assert (order.number, order.email, order.customer_name) == (
        "WEB-1042",
        f"ann{key}@example.com",
        f"Ann Lee {key}",
    )
    assert (order.payment, order.fulfilment) == (Payment.PARTLY_REFUNDED, Fulfilment.SHIPPED)
    assert order.fulfilment_text == "unfulfilled, a parcel left"
    assert order.total == Money(2900, "USD")
    assert (order.placed_at, order.changed_at) == (shop.clock - 60, shop.clock)
    (line,) = order.lines
    assert (line.sku, line.title, line.quantity, line.refunded, line.price) == (
        "MUG",
        "Mug",
        2,
        1,
        Money(1200, "USD"),
    )
    (parcel,) = order.shipments
    assert (parcel.carrier, parcel.number, parcel.shipped_at) == ("UPS", "1Z999", shop.clock - 60)
    assert parcel.url == "https://www.ups.com/track?tracknum=1Z999"
    (refund,) = order.refunds
    assert (refund.at, refund.amount, refund.reason) == (shop.clock, Money(500, "USD"), "scratched")
    assert order.ship_to.lines == (f"Ann Lee {key}", f"{key} Main St", "Austin, TX 78701", "US")
    assert (order.note, order.discount_codes, order.customer_id) == ("Ring\ntwice", ("spring",), "7")
    assert (order.payment_method, order.shipping_method) == ("Card", "Flat rate")
    assert order.admin_url == f"{server.url}/wp-admin/post.php?post={key}&action=edit"


def test_a_second_reading_asks_only_for_what_changed(shop, access, db):
    for _ in range(5):
        shop.add()
        shop.clock += 3600
    assert read_orders(access(), db) == 5
    shop.clock += 60
    new = shop.add()
    shop.asked.clear()
    assert read_orders(access(), db) == 1
    walk = shop.asked[0][1]
    assert walk["dates_are_gmt"] == "true"
    assert not walk["modified_after"].endswith("Z")
    assert stored(db, new).number == str(new)


@pytest.mark.parametrize("offset", [-5, 0, 9])
def test_the_shops_own_time_zone_hides_nothing(offset, shop, access, db):
    shop.offset = timedelta(hours=offset)
    shop.add()
    assert read_orders(access(), db) == 1
    shop.clock += 5
    shop.add()
    assert read_orders(access(), db) == 1


def test_a_change_of_the_very_second_that_was_read_last_is_not_missed(shop, access, db):
    shop.add()
    assert read_orders(access(), db) == 1
    late = shop.add()  # stored in the same second, after the answer was made
    assert read_orders(access(), db) == 1
    assert stored(db, late)


def test_an_order_dated_in_the_future_hides_no_others(shop, access, db):
    """A server's clock was wrong once."""
    ahead = shop.add(date_modified_gmt="2099-01-01T00:00:00")
    assert read_orders(access(), db) == 1
    shop.clock += 60
    later = shop.add()
    assert read_orders(access(), db) == 1
    assert stored(db, later)
    assert stored(db, ahead)


def test_a_change_that_does_not_move_the_date_is_found_by_reading_recent_orders_again(shop, access, db):
    """Addresses and tracking numbers, on the posts tables."""
    key = shop.add()
    read_orders(access(), db)
    shop.clock += DAY
    shop.move(key, address_1="1 New Road")
    shop.track(key, "1Z7")
    assert read_orders(access(), db) == 1
    order = stored(db, key)
    assert (order.ship_to.street, order.shipments[0].number) == ("1 New Road", "1Z7")


def test_old_orders_have_their_turn_after_those_of_open_tickets_and_unsent_ones(shop, access, db):
    """A fifth of what is read again, those read longest ago first: 100 of 120 in one pass, all in two."""
    shop.hpos = False
    sent = [shop.add(status="completed") for _ in range(120)]
    unsent = shop.add()
    shop.clock += 60
    shop.add(status="cancelled")  # the last change is always asked for again
    read_orders(access(), db)
    shop.move(sent[110], address_1="1 New Road")
    again = []
    for _ in range(2):
        shop.clock += 90 * DAY
        shop.asked.clear()
        read_orders(access(), db)
        included = [asked["include"].split(",") for _, asked, _ in shop.asked if "include" in asked]
        again.append([int(one) for page in included for one in page])
    assert again == [[unsent, *sent[:100]], [unsent, *sent[100:], *sent[:80]]]
    assert stored(db, sent[110]).ship_to.street == "1 New Road"


def test_a_cancelled_order_that_was_paid_stays_paid(shop, access, db):
    """WooCommerce gives no money back by cancelling: a refund can follow."""
    paid, unpaid = shop.add(status="cancelled"), shop.add(status="cancelled", date_paid_gmt=None)
    read_orders(access(), db)
    assert (stored(db, paid).payment, stored(db, paid).fulfilment) == (Payment.PAID, Fulfilment.CANCELLED)
    assert stored(db, unpaid).payment is Payment.VOIDED


@pytest.mark.parametrize("seed", range(3))
def test_after_a_shuffle_the_rows_are_the_shops(seed, shop, access, db):
    """Address, tracking, refund, trash, deletion, new orders: before, between and while pages are read."""
    chance = random.Random(seed)
    for _ in range(230):
        shop.add()
        shop.clock += chance.choice([0, 0, 1, 30])

    def happen(_=None):
        live = [key for key, row in shop.orders.items() if row["status"] != "trash"]
        key = chance.choice(live)
        do = chance.randrange(6)
        if do == 0:
            shop.move(key, address_1=f"{chance.randrange(999)} Elm St")
        elif do == 1:
            shop.track(key, f"1Z{chance.randrange(10**6)}")
        elif do == 2:
            shop.refund(key, "1.00")
        elif do == 3:
            shop.trash(key)
        elif do == 4:
            shop.delete(key)
        else:
            shop.add()
        shop.clock += chance.choice([0, 1, 3])

    shop.before = happen  # an edit before each answer: pages shift while they are read
    read_orders(access(), db)
    for _ in range(40):
        happen()
    read_orders(access(), db)
    shop.before = lambda _: None
    shop.clock += 10
    read_orders(access(), db)
    assert_same_rows(shop, db)


def test_more_orders_than_a_page_has_may_change_in_one_second(shop, access, db):
    """A bulk edit, with edits while its orders are counted through."""
    keys = [shop.add() for _ in range(350)]
    shop.clock += 100
    edits = iter([keys[3], keys[120], keys[200]])

    def edit(asked):
        if asked.get("page", "1") != "1" and (key := next(edits, None)):
            shop.change(key, status="completed")
            shop.clock += 1

    shop.before = edit
    read_orders(access(), db)
    assert count(db) == 350
    assert_same_rows(shop, db)


def test_a_deleted_order_stays_here_and_says_so(shop, access, db):
    kept, gone = shop.add(), shop.add()
    read_orders(access(), db)
    shop.clock += DAY
    shop.delete(gone)
    assert read_orders(access(), db) == 1
    assert stored(db, gone).gone_at == shop.clock
    assert stored(db, kept).gone_at is None


def test_an_order_back_from_the_trash_is_there_again(shop, access, db):
    key = shop.add()
    read_orders(access(), db)
    shop.clock += 60
    shop.trash(key)
    read_orders(access(), db)
    assert stored(db, key).gone_at
    shop.clock += 60
    shop.change(key, status="processing")
    read_orders(access(), db)
    assert stored(db, key).gone_at is None


def test_one_order_is_asked_for_with_its_notes_which_lists_do_not_take_away(shop, access, db):
    key = shop.add()
    read_orders(access(), db)
    shop.note(key, "Payment received")
    shop.clock += 60
    shop.note(key, "Shipped tomorrow", to_customer=True)
    assert read_one(access(), db, str(key))
    notes = stored(db, key).notes
    assert [(one.text, one.to_customer) for one in notes] == [
        ("Payment received", False),
        ("Shipped tomorrow", True),
    ]
    assert isinstance(notes[0], OrderNote)
    shop.move(key, address_1="1 New Road")
    read_orders(access(), db)
    assert stored(db, key).notes == notes


def test_one_order_that_is_gone_says_so(shop, access, db):
    key = shop.add()
    read_orders(access(), db)
    shop.delete(key)
    with pytest.raises(NotFound):
        read_one(access(), db, str(key))
    assert stored(db, key).gone_at == shop.clock


def test_fulfilments_say_which_pieces_are_on_their_way(shop, access, db):
    key = shop.add()
    shop.fulfil(key, "9400", pieces=1)
    read_orders(access(), db)
    order = stored(db, key)
    assert (order.fulfilment, order.lines[0].sent) == (Fulfilment.PARTLY, 1)
    assert (order.shipments[0].carrier, order.shipments[0].number) == ("USPS", "9400")
    shop.clock += 60
    shop.fulfil(key, "9401", pieces=1)
    read_orders(access(), db)
    assert stored(db, key).fulfilment is Fulfilment.SHIPPED


def test_refunds_have_their_own_time_in_a_shop_without_a_list_of_all(shop, access, db):
    shop.has_all_refunds = False
    keys = [shop.add(), shop.add()]
    for key in keys:
        shop.clock += 60
        shop.refund(key, "29.00")
    read_orders(access(), db)
    assert [stored(db, key).refunds[0].at for key in keys] == [shop.clock - 60, shop.clock]
    assert stored(db, keys[0]).payment is Payment.REFUNDED


def test_drafts_are_left_out_and_test_orders_marked(shop, access, db):
    shop.add(status="checkout-draft")
    tried = shop.add(meta_data=[{"id": 1, "key": "_wcpay_mode", "value": "test"}])
    assert read_orders(access(), db) == 1
    assert stored(db, tried).test


def left_out(db):
    with db.read() as tx:
        return sources.left_out(tx, "kiln", 9)


def test_a_status_of_the_shops_own_is_kept_in_its_words_and_read_as_the_owner_says(shop, access, db):
    """Until then it is listed, and is no failure."""
    key = shop.add(status="at-glazing")
    read_orders(access(), db)
    assert left_out(db)[0].startswith('the state "at-glazing" (1 order) is not known; say what it means')
    assert (stored(db, key).fulfilment, stored(db, key).fulfilment_word) == (Fulfilment.UNKNOWN, "at-glazing")
    shop.clock += 60
    shop.change(key, status="at-glazing")
    read_orders(access(status={"at glazing": "paid, unfulfilled"}), db)
    assert stored(db, key).fulfilment is Fulfilment.UNFULFILLED
    assert left_out(db) == ()


@pytest.mark.parametrize(
    "broken", [{"total": "a lot"}, {"date_created_gmt": "soon"}, {"line_items": "none"}, {"number": None}]
)
def test_a_broken_order_is_named_the_others_are_taken_in_and_the_gap_closes(broken, shop, access, db):
    good, bad = shop.add(), shop.add()
    whole = {name: shop.orders[bad][name] for name in broken}
    shop.change(bad, **broken)
    with pytest.raises(StoreGaps, match=r"could not be read whole: order"):
        read_orders(access(), db)
    assert stored(db, good)
    with db.read() as tx:
        (state,) = sources.states(tx, SourceKind.ORDERS)
    assert state.failing_since == shop.clock
    assert state.complete_to == shop.clock
    shop.clock += 60
    with pytest.raises(StoreGaps):
        read_orders(access(), db)
    shop.clock += 60
    shop.change(bad, **whole, status="completed")
    assert read_orders(access(), db) == 1
    with db.read() as tx:
        (state,) = sources.states(tx, SourceKind.ORDERS)
    assert state.failing_since is None
    assert not state.left_out


def test_products_come_with_variations_and_stock(shop, access):
    shop.products = {
        1: {"id": 1, "type": "simple", "name": "Mug", "sku": "MUG", "price": "12.00", "stock_quantity": 3,
            "manage_stock": True, "date_modified_gmt": "2026-09-01T00:00:00", "permalink": "https://x.example/mug"},
        2: {"id": 2, "type": "variable", "name": "Shirt", "sku": None, "price": "20.00", "stock_quantity": None,
            "manage_stock": False, "date_modified_gmt": "2026-09-01T00:00:01"},
        3: {"id": 3, "type": "variation", "parent_id": 2, "name": "Shirt - L", "sku": "SHIRT-L", "price": "20.00",
            "stock_quantity": 0, "manage_stock": True, "attributes": [{"id": 0, "name": "Size", "option": "L"}]},
    }  # fmt: skip
    with open_store(access()) as store:
        (page,) = store.products("")
    mug, shirt = page.products
    assert [(one.sku, one.stock, one.price) for one in mug.variants] == [("MUG", 3, Money(1200, "USD"))]
    assert [(one.sku, one.title, one.stock) for one in shirt.variants] == [("SHIRT-L", "L", 0)]


def test_a_walk_through_changes_says_how_many_follow_where_the_shop_does():
    def ask(asked):
        rows = [(n, 1000 + n, n) for n in range(250) if 1000 + n > since(asked)]
        return RowPage(rows[:PAGE], len(rows))

    def since(asked):
        after = asked.get("modified_after")
        return int(datetime.fromisoformat(after + "+00:00").timestamp()) if after else 0

    pages = list(ChangeWalk(ask, 0, 10**9).pages())
    assert sum(len(page.rows) for page in pages) == 250
    assert [page.left for page in pages] == [150, 52, 0]
