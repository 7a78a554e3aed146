"""Changing a WooCommerce address without losing parts that deskterm does not show."""

from deskterm.domain.orders.order import PostalAddress
from deskterm.sync.stores.woocommerce.rows import WooOrder


def changed_shipping(order: WooOrder, current: PostalAddress, wanted: PostalAddress) -> dict[str, str]:
    """The shipping address to send: the current one, changed where `wanted` differs.

    A changed street replaces company, street and floor, which deskterm shows as one line.
    """
    row = order.shipping if order.shipping.address_1 or order.shipping.city else order.billing
    asked = {
        "first_name": row.first_name,
        "last_name": row.last_name,
        "company": row.company,
        "address_1": row.address_1,
        "address_2": row.address_2,
        "city": wanted.city,
        "postcode": wanted.postcode,
        "state": wanted.region,
        "country": wanted.country,
        "phone": row.phone or "",
    }
    if wanted.name != current.name:
        first, _, last = wanted.name.rpartition(" ")
        asked |= {"first_name": first, "last_name": last}
    if wanted.street != current.street:
        asked |= {"company": "", "address_1": wanted.street, "address_2": ""}
    return asked
