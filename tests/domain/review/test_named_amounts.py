"""The amounts that a letter names beside what was given back."""

import pytest

from deskterm.domain.orders.order import Fulfilment, Money, Order, OrderLine, Payment
from deskterm.domain.review.named_amounts import amounts_in, matches_refunds

LINE = OrderLine("M", "Mug", "", 2, Money(2000, "EUR"))
ORDER = Order(
    "loom", "x", "1042", "a@b.example", "Jana", 0, Payment.PAID, Fulfilment.SHIPPED, Money(4900, "EUR"), (LINE,)
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("I gave back 20 EUR today.", "EUR", [2000]),
        ("Sie bekommen 20,00\u00a0€.", "EUR", [2000]),
        ("You get €1,204.50, or 3.5 Euro.", "EUR", [120450, 350]),
        ("1.204,50 € zurück", "EUR", [120450]),
        ("1'204.50 CHF", "CHF", [120450]),
        ("¥4,900 has been refunded", "JPY", [4900]),
        ("KWD 1.500", "KWD", [1500]),
        ("$12.", "USD", [1200]),
        ("120kr tillbaka", "SEK", [12000]),
        ("12.50 is back", "EUR", [1250]),
        ("49,- € und 49,–€, 1.204,-- EUR, 20,-EUR", "EUR", [4900, 4900, 120400, 2000]),
        ("49.- CHF, Fr. 1'204.—", "CHF", [4900, 120400]),
        ("Sie bekommen 49,- zurück, also 49,\u2212€", "EUR", [4900, 4900]),
        ("You get €49.—Thanks, and order 1042 - 3 mugs", "EUR", [4900]),
        ("Order #1042 of 12.11.2026, 3 mugs, parcel 00340434, call 030 1234567, in 10 days", "EUR", []),
        ("at 10.30 Uhr, version 2.0, 5 %", "EUR", [1030]),  # in doubt it is one: then the owner ticks
    ],
)
def test_amounts_are_read_as_they_are_written(text, currency, minor):
    assert [one.minor for one in amounts_in(text, currency)] == minor


@pytest.mark.parametrize(
    ("letter", "given", "holds"),
    [
        ("I have refunded you.", [2000], True),
        ("I have refunded you 20 EUR.", [2000], True),
        ("I have refunded you 20 EUR.", [2500], False),
        ("I have refunded you 20 EUR of the 49,00 € you paid.", [2000], True),
        ("I have refunded you 20 EUR of the 49,00 € you paid.", [4900], True),
        ("I have refunded you 15 EUR of the 49,00 € you paid.", [4900], False),
        ("I have refunded you the 49 EUR.", [2000], False),
        ("I have refunded you 20 USD.", [2000], False),
        ("Ich habe Ihnen 5 € und 7 € erstattet.", [500, 700], True),
        ("Ich habe Ihnen die 49,- € erstattet.", [1000], False),
        ("I have refunded the full amount.", [1000], False),
        ("I have refunded the full amount.", [1000, 3900, 4900], True),
        ("Your order 1042 has been refunded in full.", [2000], False),
        ("We returned everything you paid.", [2000], False),
        ("You have had a full refund: 20 EUR.", [2000], True),
        ("Der Betrag wurde vollständig erstattet.", [1000], False),
        ("Ich habe Ihnen alles komplett erstattet.", [4900], True),
        ("Den gesamten Betrag habe ich erstattet.", [1000], False),
        ("Je vous ai remboursé la totalité.", [1000], False),
        ("Le he devuelto el importe completo.", [1000], False),
        ("Ho rimborsato l'intero importo.", [1000], False),
        ("Het volledige bedrag is terug.", [1000], False),
        ("I have refunded the mug. The parcel was full.", [1000], True),
    ],
)
def test_a_letter_matches_what_was_refunded_or_not(letter, given, holds):
    assert matches_refunds(letter, [Money(one, "EUR") for one in given], ORDER) is holds
