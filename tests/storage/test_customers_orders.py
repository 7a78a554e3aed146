"""The customer's orders by account and telephone, and what they spent, in the shop's currency."""

from deskterm.domain.messages import Address
from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment, PostalAddress, Refund
from deskterm.storage import customers, orders

NOW = 1_790_000_000


def made(number, email, **more):
    more = {"phone": "", "total": Money(1000, "EUR"), "placed_at": NOW} | more
    return Order(
        store="kiln", external_id=str(number), number=str(number), email=email, customer_name="",
        payment=Payment.PAID, fulfilment=Fulfilment.SHIPPED, ship_to=PostalAddress(country="DE"), **more,
    )  # fmt: skip


def related(tx, number):
    return [one.number for one in orders.related_to(tx, orders.by_numbers(tx, [str(number)]))]


def test_the_same_telephone_or_account_with_another_address_is_related(db):
    with db.write() as tx:
        listed = [
            made(1, "ann@x.example", phone="0171 1234567", customer_id="7"),
            made(2, "ann@work.example", phone="+49 171 123 45 67"),
            made(3, "old@x.example", customer_id="7"),
            made(4, "bob@x.example", phone="0171 7654321", customer_id="8"),
            made(5, "carl@x.example"),
        ]
        orders.upsert_all(tx, listed, NOW)
        assert sorted(related(tx, 1)) == ["2", "3"]
        assert related(tx, 4) == related(tx, 5) == []


def test_an_account_of_another_store_is_another(db):
    with db.write() as tx:
        other = made(2, "b@x.example", customer_id="7")
        orders.upsert_all(tx, [made(1, "a@x.example", customer_id="7"), type(other)(**{
            **{name: getattr(other, name) for name in other.__slots__}, "store": "loom"})], NOW)  # fmt: skip
        assert related(tx, 1) == []


def test_a_number_that_many_addresses_gave_says_nothing(db):
    with db.write() as tx:
        orders.upsert_all(tx, [made(n, f"c{n}@x.example", phone="030 1234567") for n in range(1, 6)], NOW)
        assert related(tx, 1) == []


def test_spent_is_in_the_shops_currency_without_refunds_and_test_orders(db):
    with db.write() as tx:
        who = customers.upsert(tx, Address("Ann", "ann@x.example"), NOW)
        dollars = {"total": Money(2000, "USD"), "shop_total": Money(1800, "EUR")}
        listed = [
            made(1, "ann@x.example", placed_at=NOW - 500),
            made(2, "ann@x.example", **dollars, refunds=(Refund(NOW, Money(1000, "USD")),)),
            made(3, "ann@x.example", test=True, total=Money(99_900, "EUR")),
        ]
        orders.upsert_all(tx, listed, NOW)
        facts = customers.facts(tx, who, 0)
    assert (facts.orders, facts.spent, facts.since) == (2, (Money(1900, "EUR"),), NOW - 500)


def test_two_addresses_of_one_mailbox_count_an_order_once(db):
    with db.write() as tx:
        who = customers.upsert(tx, Address("Ann", "ann@gmail.com"), NOW)
        assert customers.upsert(tx, Address("Ann", "a.nn@gmail.com"), NOW) == who
        orders.upsert_all(tx, [made(1, "ann@gmail.com")], NOW)
        assert customers.facts(tx, who, 0).orders == 1
