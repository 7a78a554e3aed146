"""What each kind of store can do, and whether it mails the customer about it."""

from dataclasses import field
from enum import StrEnum

from deskterm.domain.orders.actions import Ability
from deskterm.value_class import dataclass


class ShopMail(StrEnum):
    """Whether the shop itself mails the customer about an action."""

    AS_ASKED = "as asked"  # only if the action asks for it
    ALWAYS = "always"
    NEVER = "never"
    ITS_SETTINGS = "as its own settings say"


@dataclass(frozen=True, slots=True)
class StoreKind:
    """A kind of store. `mails` says when the shop mails the customer about an action; default: never.

    `cancel_refunds`: cancelling can refund in the same step. `cancel_restocks`: cancelling always puts the
    goods back into stock.
    """

    name: str
    can: frozenset[Ability] = frozenset()
    mails: dict[Ability, ShopMail] = field(default_factory=dict)
    cancel_refunds: bool = False
    cancel_restocks: bool = False

    def mail(self, ability: Ability) -> ShopMail:
        """Whether the shop mails the customer about that action."""
        return self.mails.get(ability, ShopMail.NEVER)


STORE_KINDS = {
    "file": StoreKind("a file"),
    "shopify": StoreKind(
        "Shopify",
        frozenset(
            {
                Ability.REFUND,
                Ability.CANCEL,
                Ability.ADDRESS,
                Ability.NOTE,
                Ability.TAGS,
                Ability.FULFIL,
                Ability.CODE,
                Ability.REPLACE,
                Ability.RETURN,
                Ability.GIFT_CARD,
                Ability.CREDIT,
            }
        ),
        {
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
        frozenset(
            {
                Ability.REFUND,
                Ability.CANCEL,
                Ability.ADDRESS,
                Ability.NOTE,
                Ability.FULFIL,
                Ability.CODE,
                Ability.REPLACE,
                Ability.RESEND,
            }
        ),
        {
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
        frozenset(
            {
                Ability.REFUND,
                Ability.CANCEL,
                Ability.ADDRESS,
                Ability.NOTE,
                Ability.FULFIL,
                Ability.CODE,
                Ability.REPLACE,
            }
        ),
        {
            Ability.REPLACE: ShopMail.ITS_SETTINGS,
            Ability.REFUND: ShopMail.ITS_SETTINGS,
            Ability.CANCEL: ShopMail.ITS_SETTINGS,
            Ability.FULFIL: ShopMail.ITS_SETTINGS,
        },
        cancel_restocks=True,
    ),
}
