"""Oak & Wool, the sample store: who it is and what it sells. All of it is invented."""

from typing import NamedTuple

NAME = "Oak & Wool"
ADDRESS = "help@oakandwool.example"
ROBOT = "wordpress@oakandwool.example"  # the shop's own program: forms and order notices
OWNER = "Lena at Oak & Wool"
SIGNATURE = "Lena\nOak & Wool\noakandwool.example"
STORE = "oakandwool"
CURRENCY = "EUR"
ZONE = "Europe/Berlin"
LOCALE = "en_GB"
HOURS = "Mon-Fri 09:00-17:00"


class Product(NamedTuple):
    """One thing the shop sells. `cents` is the price of a piece in minor units."""

    sku: str
    title: str
    variants: tuple[str, ...]
    cents: int


PRODUCTS = (
    Product("THROW", "Wool throw", ("grey", "moss", "rust", "cream"), 4900),
    Product("BLANKET", "Lambswool blanket", ("oat", "night blue"), 11900),
    Product("MUG", "Stoneware mug", ("speckled", "blue", "sand"), 2200),
    Product("CANDLE", "Beeswax candle", ("small", "large"), 1450),
    Product("HOLDER", "Oak candle holder", ("",), 2800),
    Product("SLIPPER", "Felt slippers", ("38", "39", "40", "41", "42", "43"), 5400),
    Product("CUSHION", "Cushion cover", ("green", "rust", "grey"), 3200),
    Product("BOARD", "Oak bread board", ("",), 3900),
    Product("CARDIGAN", "Wool cardigan", ("S", "M", "L"), 12900),
    Product("SOCKS", "Alpaca socks", ("36-39", "40-43"), 1800),
    Product("BOWL", "Stoneware bowl", ("sand", "blue"), 2600),
    Product("SPOON", "Cherry wood spoon", ("",), 1200),
)

BY_SKU = {product.sku: product for product in PRODUCTS}
# A word of a mail and the product it means; the first that is found counts.
SAID = (
    ("candle holder", "HOLDER"),
    ("mug", "MUG"),
    ("tasse", "MUG"),
    ("tazza", "MUG"),
    ("kubek", "MUG"),
    ("slippers", "SLIPPER"),
    ("hausschuhe", "SLIPPER"),
    ("zapatillas", "SLIPPER"),
    ("tofflorna", "SLIPPER"),
    ("cardigan", "CARDIGAN"),
    ("moss instead of rust", "THROW"),
    ("blanket", "BLANKET"),
    ("throw", "THROW"),
    ("decke", "BLANKET"),
    ("candle", "CANDLE"),
)

CARRIERS = (
    ("DHL", "0034043416109{:07d}", "https://dhl.example/track/{}"),
    ("DPD", "0150{:010d}", "https://dpd.example/parcel/{}"),
    ("PostNord", "00370730{:010d}", "https://postnord.example/{}"),
)
