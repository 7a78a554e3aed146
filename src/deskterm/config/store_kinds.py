"""The kinds of stores: a record each, from which settings, setup, adapters and actions take what they need.

A new kind is a record here and an adapter in `sync/stores/`. The formats of export files, which are all of
the kind `file`, are listed in `sync/stores/exports/forms.py`.
"""

from dataclasses import field
from enum import StrEnum
from typing import NamedTuple

from deskterm.value_class import dataclass


class Ability(StrEnum):
    """What a store can do for deskterm: questions it can answer, and actions on an order."""

    ONE_ORDER = "one order"  # the current state of an order, by the store's id
    PRODUCTS = "products"
    STOCK = "stock"
    INCOMING = "incoming stock"
    REFUND = "refund"
    CANCEL = "cancel"
    ADDRESS = "address"  # change the shipping address
    REPLACE = "replacement"
    RETURN = "return"
    GIFT_CARD = "gift card"
    CREDIT = "store credit"  # money of the order, credited to the customer in the store
    CODE = "discount code"
    NOTE = "note"
    TAGS = "tags"
    RESEND = "confirmation"  # send the order's confirmation again
    FULFIL = "fulfilment"  # with a tracking number


class KeyWords(NamedTuple):
    """What a shop calls the two parts of its key, and a hint beside each."""

    key: str
    key_hint: str
    secret: str
    secret_hint: str


class ShopMail(StrEnum):
    """Whether the shop itself mails the customer about an action."""

    AS_ASKED = "as asked"  # only if the action asks for it
    ALWAYS = "always"
    NEVER = "never"
    ITS_SETTINGS = "as its own settings say"


@dataclass(frozen=True, slots=True)
class StoreKind:
    """A kind of store. `adapter` is the module below `sync/stores/` and the class that reads it.

    `address_hint` is an address as this kind has it. `can` are the actions it may be able to do, with all
    permissions. `mails` says when the shop mails the customer about an action; default: never.
    `cancel_refunds`: cancelling can refund in the same step. `cancel_restocks`: cancelling always puts the
    goods back into stock.
    """

    name: str
    adapter: str  # a text: nothing here may import `sync`
    is_live: bool = True
    keys: KeyWords = KeyWords("Key", "", "Secret", "")
    address_hint: str = ""
    can: frozenset[Ability] = frozenset()
    mails: dict[Ability, ShopMail] = field(default_factory=dict)
    cancel_refunds: bool = False
    cancel_restocks: bool = False

    def mail(self, ability: Ability) -> ShopMail:
        """Whether the shop mails the customer about that action."""
        return self.mails.get(ability, ShopMail.NEVER)


_EVERY_SHOP = frozenset(
    {
        Ability.REFUND,
        Ability.CANCEL,
        Ability.ADDRESS,
        Ability.NOTE,
        Ability.FULFIL,
        Ability.CODE,
        Ability.REPLACE,
    }
)
STORE_KINDS = {
    "file": StoreKind("a file", "file.FileStore", is_live=False),
    "shopify": StoreKind(
        "Shopify",
        "shopify.store.ShopifyStore",
        keys=KeyWords("Client id", "empty for a token shpat_…", "Client secret", "or the token"),
        address_hint="https://your-shop.myshopify.com",
        can=_EVERY_SHOP | {Ability.TAGS, Ability.RETURN, Ability.GIFT_CARD, Ability.CREDIT},
        mails={
            Ability.RETURN: ShopMail.AS_ASKED,
            Ability.CREDIT: ShopMail.AS_ASKED,
            Ability.REPLACE: ShopMail.ITS_SETTINGS,
            Ability.REFUND: ShopMail.AS_ASKED,
            Ability.CANCEL: ShopMail.AS_ASKED,
            Ability.FULFIL: ShopMail.AS_ASKED,
        },
        cancel_refunds=True,
    ),
    "woocommerce": StoreKind(
        "WooCommerce",
        "woocommerce.store.WooStore",
        keys=KeyWords("Consumer key", "ck_…", "Consumer secret", "cs_…"),
        can=_EVERY_SHOP | {Ability.RESEND},
        mails={
            Ability.REPLACE: ShopMail.ITS_SETTINGS,
            Ability.RESEND: ShopMail.ALWAYS,
            Ability.REFUND: ShopMail.ALWAYS,
            Ability.FULFIL: ShopMail.ALWAYS,
            Ability.CANCEL: ShopMail.ITS_SETTINGS,
        },
        cancel_restocks=True,
    ),
    "vendure": StoreKind(
        "Vendure",
        "vendure.store.VendureStore",
        keys=KeyWords("Administrator", "the name; empty for an API key", "Password", "or the API key"),
        can=_EVERY_SHOP,
        mails={
            Ability.REPLACE: ShopMail.ITS_SETTINGS,
            Ability.REFUND: ShopMail.ITS_SETTINGS,
            Ability.CANCEL: ShopMail.ITS_SETTINGS,
            Ability.FULFIL: ShopMail.ITS_SETTINGS,
        },
        cancel_restocks=True,
    ),
}

LIVE_KINDS = {kind: store for kind, store in STORE_KINDS.items() if store.is_live}
