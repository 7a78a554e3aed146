"""The permissions (scopes) of a Shopify app, and what remains usable without each."""

from collections.abc import Iterable
from typing import NamedTuple

from deskterm.config.store_kinds import Ability
from deskterm.sync.stores.adapter import OrderGap, RightCheck
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.shopify.envelope import ErrorCode, GraphError


class Right(NamedTuple):
    """A permission: what it is for, and what is missing without it."""

    scope: str
    use: str
    without: str
    abilities: frozenset[Ability] = frozenset()


RIGHTS = (
    Right("read_orders", "orders, parcels and refunds", "no orders can be read"),
    Right(
        "read_all_orders",
        "orders older than 60 days",
        "orders older than 60 days are not shown to this app",
    ),
    Right(
        "read_customers",
        "the account of who ordered",
        "who ordered is known by what stands on the order alone",
    ),
    Right("read_returns", "returns", "returns are not known"),
    Right(
        "read_products",
        "products and their variants",
        "products are not known",
        frozenset({Ability.PRODUCTS}),
    ),
    Right(
        "read_inventory",
        "stock and incoming stock",
        "incoming stock is not known",
        frozenset({Ability.STOCK, Ability.INCOMING}),
    ),
    Right(
        "write_orders",
        "refunds, cancelling, addresses, notes and tags",
        "refunds, cancelling, addresses, notes and tags are done in Shopify's admin",
        frozenset(
            {Ability.REFUND, Ability.CREDIT, Ability.CANCEL, Ability.ADDRESS, Ability.NOTE, Ability.TAGS}
        ),
    ),
    Right(
        "write_merchant_managed_fulfillment_orders",
        "marking an order as shipped",
        "orders are marked as shipped in Shopify's admin",
        frozenset({Ability.FULFIL}),
    ),
    Right(
        "write_discounts",
        "discount codes",
        "discount codes are made in Shopify's admin",
        frozenset({Ability.CODE}),
    ),
    Right(
        "write_draft_orders",
        "replacements",
        "replacements are made in Shopify's admin",
        frozenset({Ability.REPLACE}),
    ),
    Right(
        "write_returns",
        "opening returns",
        "returns are opened in Shopify's admin",
        frozenset({Ability.RETURN}),
    ),
    Right(
        "write_gift_cards",
        "gift cards",
        "gift cards are made in Shopify's admin",
        frozenset({Ability.GIFT_CARD}),
    ),
)
_HIDDEN = {
    "email": "mail addresses are hidden",
    "defaultEmailAddress": "mail addresses are hidden",
    "phone": "telephone numbers are hidden",
    "defaultPhoneNumber": "telephone numbers are hidden",
    "shippingAddress": "addresses are hidden",
    "billingAddress": "addresses are hidden",
    "displayName": "names are hidden",
    "name": "names are hidden",
}
_PROTECTED = "the app lacks access to protected customer data"
ALWAYS = frozenset({Ability.ONE_ORDER})


class ScopeRow(Answered):
    """One right of the app, by Shopify's name."""

    handle: str


class InstallationRow(Answered):
    """The app as it is installed in this shop."""

    access_scopes: list[ScopeRow]


class VersionRow(Answered):
    """A version of the API, and whether Shopify still supports it."""

    handle: str
    supported: bool


class ShopRow(Answered):
    """The shop itself."""

    name: str
    myshopify_domain: str
    url: str
    currency_code: str
    iana_timezone: str


class ShopAnswer(Answered):
    """The shop and the app's installation in it."""

    shop: ShopRow
    current_app_installation: InstallationRow
    public_api_versions: tuple[VersionRow, ...] = ()

    @property
    def scopes(self) -> frozenset[str]:
        """The app's scopes. A scope to write includes the one to read."""
        given = {one.handle for one in self.current_app_installation.access_scopes}
        return frozenset(given | {f"read_{one[6:]}" for one in given if one.startswith("write_")})


def abilities(scopes: frozenset[str] | None) -> frozenset[Ability]:
    """What can be done with these scopes; with all of them while they are unknown."""
    granted = [one.abilities for one in RIGHTS if scopes is None or one.scope in scopes]
    return ALWAYS.union(*granted)


def scope_gaps(scopes: frozenset[str]) -> Iterable[OrderGap]:
    """The parts of orders that cannot be read with these scopes."""
    for right in RIGHTS[1:4]:
        if right.scope not in scopes:
            yield OrderGap(f"{right.without}: the app lacks {right.scope}", is_limit=True)


def fault_gap(fault: GraphError) -> OrderGap:
    """The gap that an error beside data means: a hidden field, or a part that failed."""
    details = fault.extensions
    if details.code == ErrorCode.DENIED:
        right = details.required_access.replace("`", "").removesuffix(" access scope.") or _PROTECTED
        lacks = right if right == _PROTECTED else f"the app lacks {right}"
        hidden = _HIDDEN.get(fault.field_name, f"{fault.field_name} is hidden")
        return OrderGap(f"{hidden}: {lacks}", is_limit=True)
    return OrderGap(f"Shopify could not give {fault.field_name or 'a part'}: {fault.message[:120]}")


def right_checks(answer: ShopAnswer, version: str) -> Iterable[RightCheck]:
    """Check each permission, those needed for reading first, then the API version."""
    for right in RIGHTS:
        granted = right.scope in answer.scopes
        yield RightCheck(
            right.scope,
            granted,
            right.use if granted else right.without,
            "" if granted else f"Give the app {right.scope} in the Dev Dashboard, and install it again.",
        )
    known = {one.handle: one.supported for one in answer.public_api_versions}
    if known:
        yield RightCheck(
            f"version {version}",
            version in known,
            "" if version in known else "Shopify no longer answers in this version, or not yet",
            "" if version in known else "Take `version` out of this store in config.toml.",
        )
