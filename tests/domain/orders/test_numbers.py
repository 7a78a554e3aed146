"""Which numbers in a text are order numbers."""

import pytest

from deskterm.domain.orders.numbers import numbers, unnamed_numbers

NAMED = [
    "#2077", "order 2077", "Order no. 2077", "order ref: 2077", "my order number is “2077”", "Order № 2077", "Order No.2077",
    "the order is number 2077", "I ordered last week, order confirmation 2077", "my purchase 2077", "order # 2077",
    "Die Bestellnummer lautet 2077.", "Bestell-Nr.: 2077", "Meine Onlinebestellung 2077", "Auftrag 2077",
    "die Bestellung vom 3. November mit der Nummer 2077", "die Bestellung (2077) fehlt", "ma commande n°2077",
    "le numéro de ma commande est le 2077", "Nº de pedido: 2077", "mi pedido es el 2077", "numero ordine: 2077",
    "il mio ordine è il 2077", "bestelling met nummer 2077", "o meu pedido é o 2077", "numer zamówienia to 2077",
    "Mitt ordernummer är 2077", "Ordrenummeret er 2077", "tilausnumeroni on 2077", "číslo objednávky je 2077",
    "sipariş numaram 2077", "Номер заказа: 2077", "注文番号は２０７７です", "2077番の注文", "订单号：2077", "주문번호는 2077입니다",
    "رقم الطلب ٢٠٧٧", "orders 2076 and 2077", "orders 2076/2077", "Order number:\n2077", "Order 2,077",
    "bestelnr. 2077", "rendelésem száma 2077", "comanda mea 2077", "2077 is my order number", "2077 est mon numéro de commande",
    "2077 lautet meine Bestellnummer", "2077 è il mio numero d'ordine", "order number=2077",
    "Ordernr2077 ontbreekt", "bestilling2077", "Order_2077", "mijn bestelling2077", "encomenda2077", "Best.Nr.2077", "Zam. nr 2077", "BestNr 2077",
    "order 2 077", "pedido n.º 2 077", "#2077/1 came broken", "order no.2077-B", "commande 2077_2", "the order has the number 2077",
    "my order numbers are 2077 and 2078", "Kd-Nr 5512, Auftrag 2077",
]  # fmt: skip
OTHERS = [
    "order 302-2077123-1234567", "order 20771", "order 12077", "order of 2077 EUR", "the order cost €2077", "ordered for 2077.50",
    "about my order: +49 30 2077 55", "order on 20.77.2026", "my customer number is 2077", "Kundennummer 2077 zur Bestellung",
    "the tracking number of my order is 2077", "ticket #2077", "https://mugs.example/orders/#2077", "&#2077; order",
    "write to order2077@mugs.example", "the order is 2077 mm wide",
    "Kundennr2077 zur Bestellung", "haus2077", "border2077", "Kd-Nr 2077, Auftrag 5512", "order in 2 077 555 pieces", "Best, Ann\n2077 Hill",
    "PLZ 2077 Bestellung", "2077 is my tracking number for the order",
]  # fmt: skip


@pytest.mark.parametrize("text", NAMED)
def test_a_number_that_the_text_calls_an_orders_is_one(text):
    assert "2077" in numbers(text)


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_are_no_orders(text):
    assert "2077" not in numbers(text)


def test_a_bare_number_may_be_an_orders_unless_it_is_plainly_something_else():
    assert unnamed_numbers("Where is 2077?") == ("2077",)
    assert unnamed_numbers("Please send order 75 to me, not 12") == ("75",)  # a young shop's
    assert unnamed_numbers("In 2024 I paid 3055 EUR, call 030 4411, tracking 77120") == ()


def test_prefix_and_bare_number_are_both_candidates():
    assert numbers("order R-2077") == ("R-2077", "2077")


@pytest.mark.parametrize("piece", ["2077 ", "order ", "a1-", "#1", "1.1.", "1"])
def test_long_texts_take_no_time(piece):
    assert len(numbers(piece * 50_000)) <= 20


@pytest.mark.parametrize(
    "text",
    [
        "I would like to order 123 mugs for our staff",
        "we ordered 250 tiles for the hall",
        "je voudrais commander 500 bougies",
        "un pedido de 123 tazas",
        "Ich bestelle 250 Tassen",
    ],
)
def test_a_quantity_is_no_order_number(text):
    assert numbers(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Customer number: 5567\nOrder number: 1041",
        "my customer number is 1044, my order number is 1041",
        "Ma facture no 887, commande no 1041",
        "Kunden-Nr.: 998877\nBestell-Nr.: 1041\nTelefon: 0401234567",
        "I ordered 1041 last week",
        "order 1041 arrived broken",
    ],
)
def test_an_order_named_after_another_number_is_the_one(text):
    assert numbers(text) == ("1041",)


@pytest.mark.parametrize(
    "text",
    [
        "I ordered 500g of coffee",
        "my order confirmation 13/11/2026",
        "Bestellung 2026-11-13",
        "my order in 2026",
    ],
)
def test_a_measure_a_day_and_a_year_are_no_order_numbers(text):
    assert numbers(text) == ()


def test_numbers_that_only_look_like_a_day_are_read():
    assert numbers("order 2026-0042") == ("2026-0042",)
    assert "302-1234567-7654321" in numbers("order 302-1234567-7654321")
