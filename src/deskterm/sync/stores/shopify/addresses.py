"""Changing an address without losing parts that deskterm does not show: floor, telephone number."""

from deskterm.domain.orders.order import PostalAddress
from deskterm.sync.stores.shopify.answers import AddressRow

_CODE = 3  # letters at most of a province's code


def changed_address(row: AddressRow, current: PostalAddress, wanted: PostalAddress) -> dict[str, object]:
    """The address to send to Shopify: the current one, changed where `wanted` differs.

    A changed street replaces company, street and floor, which deskterm shows as one line.
    """
    asked: dict[str, object] = {
        "firstName": row.first_name,
        "lastName": row.last_name,
        "company": row.company,
        "address1": row.address1,
        "address2": row.address2,
        "city": wanted.city,
        "zip": wanted.postcode,
        "provinceCode": row.province_code,
        "countryCode": wanted.country,
        "phone": row.phone,
    }
    if wanted.name != current.name:
        first, _, last = wanted.name.rpartition(" ")
        asked |= {"firstName": first, "lastName": last}
    if wanted.street != current.street:
        asked |= {"company": "", "address1": wanted.street, "address2": ""}
    if wanted.region != current.region or wanted.country != current.country:
        asked["provinceCode"] = wanted.region.upper() if len(wanted.region) <= _CODE else None
    return asked
