"""The settings of a store."""

from deskterm.config.secret.place import NamedSecret
from deskterm.config.setting import check_states, declare, declare_table
from deskterm.config.store_kinds import LIVE_KINDS, STORE_KINDS
from deskterm.value_class import dataclass

_LIVE = [f"`{kind}`" for kind in LIVE_KINDS]
_PIN = r"(?:(?:[0-9a-fA-F]{2}:?){32})?"
_ADDRESS = (
    r"(?:https://[^\s/@]+(?:/[^\s@]*)?|http://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:/[^\s@]*)?)?"
)


@dataclass(frozen=True, slots=True)
class Store:
    """Where a store's orders come from: an export file, or the store's own interface over the network."""

    name: str = declare("", "required, and unique: it stands beside the store's orders")
    kind: str = declare(
        "file",
        "`file` (an export, or JSON as `docs/orders-json.md` describes it), "
        f"{', '.join(_LIVE[:-1])} or {_LIVE[-1]}",
        choices=tuple(STORE_KINDS),
    )
    path: str = declare(
        "",
        "required for `file`: the orders file",
        is_path=True,
        label="Orders file",
        hint="JSON or a CSV export",
    )
    shipments: str = declare(
        "",
        "a second file of parcels as label services write it (order, tracking number, carrier, link, date), "
        "or a folder of such files",
        is_path=True,
    )
    products: str = declare(
        "",
        "a file of products as Shopify or WooCommerce export it, or a folder of such files; live stores are "
        "asked for theirs without it",
        is_path=True,
    )
    address: str = declare(
        "",
        'required for live stores: the shop\'s address, as in `"https://shop.example"`',
        pattern=_ADDRESS,
        wrong='`address` is the shop\'s, as in "https://shop.example"',
        label="Shop's address",
        hint="as in: https://shop.example",
    )
    key: str = declare(
        "",
        "what the key is known by: WooCommerce's consumer key, Shopify's client id (empty for a token of the "
        "form `shpat_…`), Vendure's user",
        label="Key",
        hint="consumer key, client id or user",
    )
    secret: str = declare(
        "keyring",
        "where the key's secret is: `keyring`, `command`, or `file` (encrypted with a passphrase)",
        choices=("keyring", "command", "file"),
        label="Secret from",
    )
    password_command: str = declare(
        "", "the command whose first line is the secret", hint="as in: pass show shop"
    )
    version: str = declare(
        "",
        "the version of the store's interface, if not deskterm's own choice (Shopify: as in `2026-07`)",
        pattern=r"(?:\d{4}-\d{2}|unstable)?",
        wrong='`version` is written as in "2026-07"',
    )
    recent_days: int = declare(
        60,
        "how old orders may be that are read again in each pass, because some stores do not say that an "
        "address or a tracking number changed",
        bounds=(0, 3660),
    )
    ca_file: str = declare(
        "",
        "a PEM file: the only certificate authority trusted for this store",
        is_path=True,
        hint="a PEM file, as in: ~/ca.pem",
    )
    pin: str = declare(
        "",
        "the SHA-256 fingerprint of the only certificate accepted from `address`, whoever signed it",
        pattern=_PIN,
        wrong="`pin` is a certificate's SHA-256 fingerprint, 64 digits and letters a to f",
    )
    currency: str = declare(
        "",
        'ISO 4217, as in `"EUR"`, for exports that do not name theirs',
        label="Its currency",
        hint="as in: EUR; only for a file that names none",
    )
    status: dict[str, str] = declare_table(
        'what your store\'s own words for an order\'s state mean, as in `"Handed to courier" = "shipped"`',
        check=check_states,
    )

    @property
    def is_live(self) -> bool:
        """Whether its orders come over the network."""
        return self.kind in LIVE_KINDS

    @property
    def key_secret(self) -> NamedSecret:
        """Where the key's secret is: by a name of its own, as a mailbox may bear the store's."""
        return NamedSecret(f"store {self.name}", self.secret, self.password_command, self.address)

    @property
    def token(self) -> NamedSecret:
        """Where a token is kept that the store gives for a while; with a command it cannot be."""
        return NamedSecret(f"store {self.name} (token)", self.secret, "", self.address)
