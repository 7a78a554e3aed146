"""Which products a mail means: by SKU, by the words of titles, by the variant's own words."""

import pytest

from deskterm.domain.orders.order import Money
from deskterm.domain.products.naming import choose_variant, named_codes, naming_words, rank_named
from deskterm.domain.products.product import ProductVariant, StoreProduct


def product(title, *variants, sku="", key=""):
    own = [
        ProductVariant(f"{title}{at}", one.partition("=")[2], one.partition("=")[0], Money(100, "EUR"))
        for at, one in enumerate(variants or (f"={sku}",))
    ]
    return StoreProduct("kiln", key or title, title, tuple(own))


GOODS = [
    product("Wool throw", "grey=THROW-GREY", "moss=THROW-MOSS"),
    product("Wool throw large", sku="THROW-XL"),
    product("Felt slippers", "38=SL-38", "41=SL-41"),
    product("Oak candle holder", sku="HOLDER"),
    product("Beeswax candle", "small", "large"),
    product("Stoneware mug", "blue", "sand"),
    product("Set of 6 glasses – 0.3 l", sku="GL-63"),
]


def meant(text, goods=GOODS, language="en"):
    words = [naming_words(one.title) for one in goods]
    rarity = {word: sum(word in some for some in words) for own in words for word in own}
    return [one.title for one in rank_named(text, goods, rarity, language)]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Is the grey wool throw back soon?", ["Wool throw"]),
        ("do you have the LARGE wool throw", ["Wool throw large"]),
        ("My slippers are too small", ["Felt slippers"]),
        ("I felt cheated", []),
        ("the candle holder is bent", ["Oak candle holder"]),
        ("one candle burned down in an hour", ["Beeswax candle"]),
        ("two mugs and the glasses came broken", ["Stoneware mug", "Set of 6 glasses – 0.3 l"]),
        ("Where is my order #1042?", []),
        ("Any news on SL-41?", ["Felt slippers"]),
        ("I bought 6 of something, 0.3 or so", []),
    ],
)
def test_a_mail_means_the_products_it_names(text, titles):
    assert sorted(meant(text)) == sorted(titles)


def test_in_romance_languages_the_first_word_says_what_it_is():
    goods = [product("Taza de gres"), product("Cuenco de gres"), product("Manta de lana")]
    assert meant("mi taza llegó rota", goods, "es") == ["Taza de gres"]
    assert meant("quiero algo de lana", goods, "es") == []


def test_german_endings_and_umlauts_do_no_harm():
    goods = [product("Bienenwachskerze groß"), product("Wolldecke"), product("Frühstücksteller")]
    assert meant("Sind die Wolldecken wieder da?", goods, "de") == ["Wolldecke"]
    assert meant("zwei FRÜHSTÜCKSTELLER fehlen", goods, "de") == ["Frühstücksteller"]


def test_the_variant_is_the_one_named_else_that_of_the_order_else_none():
    throw, slippers = GOODS[0], GOODS[2]
    assert choose_variant(throw, "the moss throw").title == "moss"
    assert choose_variant(throw, "the throw", ["throw-grey"]).title == "grey"
    assert choose_variant(throw, "grey or moss?") is None
    assert choose_variant(slippers, "please SL-41", ["SL-38"]).title == "41"
    assert choose_variant(GOODS[3], "anything").sku == "HOLDER"


def test_bare_numbers_of_a_mail_are_no_skus():
    assert named_codes("order 1042, 2 pieces, 40 EUR, SKU 100234, T-38.") == {"100234", "t-38"}
