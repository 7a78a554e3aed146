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


POLICY = """\
# What Oak & Wool promises everybody. docs/config.md lists all that can be said here.
return_days = 30
warranty_months = 24
shipping_times = "two to four working days within Germany, four to eight elsewhere in Europe"
goodwill_per_ticket = 25
"""


class Product(NamedTuple):
    """A product. `cents` is the price of one piece in minor units."""

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

# Stock by SKU; products not listed have twelve.
STOCK = {
    "THROW-GREY": 0,
    "SLIPPER-41": 0,
    "SLIPPER-38": 2,
    "CARDIGAN-L": 1,
    "BLANKET-OAT": 4,
    "MUG-BLUE": 0,
    "CANDLE-LARGE": 0,
}
NOTES = {
    "THROW-GREY": """---
skus: [THROW-GREY, THROW-MOSS, THROW-RUST, THROW-CREAM]
---
## Care

Wool cleans itself: air it for a day. A stain is dabbed with cold water at once. Never the machine.

## Size

130 × 170 cm, 900 g.
""",
    "MUG-SPECKLED": """---
skus: [MUG-SPECKLED, MUG-SAND]
---
## Care

The dishwasher is fine, the microwave too.
""",
    "MUG-BLUE": """---
back_in_stock: {day}
---
The kiln is full until then.

## Care

The dishwasher is fine, the microwave too.
""",
}
BY_SKU = {product.sku: product for product in PRODUCTS}
# A word in a mail and the product it means; the first match counts.
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


def sku_of(product: Product, variant: str) -> str:
    """`THROW-NIGHTBLUE`, or the product's own SKU without variants."""
    return f"{product.sku}-{variant.upper().replace(' ', '')}" if variant else product.sku


def products_csv() -> str:
    """The products in WooCommerce's export format."""
    rows = ["ID,Type,SKU,Name,Published,In stock?,Stock,Regular price,Parent,Attribute 1 value(s)"]
    for at, product in enumerate(PRODUCTS, 1):
        price = f"{product.cents / 100:.2f}"
        if product.variants == ("",):
            rows.append(f"{at},simple,{product.sku},{product.title},1,1,12,{price},,")
            continue
        rows.append(f"{at},variable,{product.sku},{product.title},1,1,,,,")
        for number, variant in enumerate(product.variants, 1):
            sku = sku_of(product, variant)
            stock = STOCK.get(sku, 12)
            rows.append(
                f"{at}{number:02},variation,{sku},{product.title},1,{int(stock > 0)},{stock},{price},"
                f"id:{at},{variant}"
            )
    return "\n".join(rows) + "\n"
