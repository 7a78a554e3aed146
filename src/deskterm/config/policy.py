"""The shop's policy: what it promises customers and allows itself."""

from deskterm.config.setting import check_codes, check_countries, declare, declare_table
from deskterm.value_class import dataclass

_MOST_GOODWILL = 10_000_000


@dataclass(frozen=True, slots=True)
class Policy:
    """What the shop promises customers. Macros use it as `policy.*`, the radar judges by it."""

    ships_within_days: int = declare(
        3,
        "business days within which a paid order is to leave; the radar names those that did not",
        bounds=(0, 90),
    )
    silent_after_days: int = declare(
        5,
        "days without a movement after which the radar names a parcel, and the review a letter that says it "
        "is on its way",
        bounds=(1, 90),
    )
    return_parcel_days: int = declare(
        21,
        "days after its label was sent within which a return is to be back; then the radar names it",
        bounds=(1, 365),
    )
    refund_days: int = declare(
        14,
        "days after a return is back within which its money goes back; then the radar names it",
        bounds=(0, 365),
    )
    goodwill_per_ticket: int = declare(
        0,
        "how much you may give on one ticket beyond what its order owes, in whole units of the shop's "
        "currency; above it a reason is asked for; 0: no limit",
        bounds=(0, _MOST_GOODWILL),
    )
    goodwill_per_customer: int = declare(
        0, "the same for one customer within a year", bounds=(0, _MOST_GOODWILL)
    )
    goodwill_per_month: int = declare(
        0, "the same for all customers within a calendar month", bounds=(0, _MOST_GOODWILL)
    )
    codes: tuple[str, ...] = declare(
        (),
        "discount codes that you have made in your shop and give out one by one, for stores where deskterm "
        'cannot make any: `"SORRY-1 = 10 %"`, `"SORRY-2 = 5.00"`',
        check=check_codes,
    )
    return_days: int = declare(0, "days within which goods may come back; 0: not said", bounds=(0, 3650))
    warranty_months: int = declare(0, "months of warranty; 0: not said", bounds=(0, 600))
    free_shipping_from: str = declare("", 'from which amount on shipping is free, as in `"€60"`')
    shipping_times: str = declare("", 'how long parcels take, as in `"2 to 4 working days within Germany"`')
    shipping_times_to: dict[str, str] = declare_table(
        "the same by the two letters of the country that an order goes to: "
        '`{ AT = "4 to 6 working days", CH = "5 to 8 working days" }`',
        check=check_countries,
    )
