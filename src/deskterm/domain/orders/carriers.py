"""Carriers: how stores write them (`ups`, `Deutsche Post DHL`), their names and tracking pages."""

import re
from typing import NamedTuple
from urllib.parse import quote


class Carrier(NamedTuple):
    """A carrier: how it is written, and a parcel's page ("" if that needs more than the tracking number)."""

    name: str
    pattern: str
    page: str = ""


_CARRIERS = tuple(
    Carrier(*one)
    for one in (
        ("DHL Express", r"dhl[ -]?express", "https://www.dhl.com/en/express/tracking.html?AWB={}"),
        ("DHL", r"(?:deutsche[ -]?post[ -]?)?dhl(?:[ -]?(?:de|us|paket|parcel|germany))?",
         "https://www.dhl.com/en/home/tracking.html?tracking-id={}"),
        ("UPS", r"ups(?:[ -](?:us|de|uk))?|united parcel service", "https://www.ups.com/track?tracknum={}"),
        ("USPS", r"usps|us postal service|united states postal service",
         "https://tools.usps.com/go/TrackConfirmAction?tLabels={}"),
        ("FedEx", r"fed[ -]?ex(?:[ -]\w+)?", "https://www.fedex.com/fedextrack/?trknbr={}"),
        ("DPD", r"dpd(?:[ -](?:de|germany))?", "https://tracking.dpd.de/status/en_US/parcel/{}"),
        ("GLS", r"gls(?:[ -]\w+)?", "https://gls-group.eu/track/{}"),
        ("Hermes", r"(?:my)?hermes(?:[ -]\w+)?",
         "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation/#{}"),
        ("Evri", r"evri", "https://www.evri.com/track/parcel/{}"),
        ("Royal Mail", r"royal[ -]?mail", "https://www.royalmail.com/track-your-item#/tracking-results/{}"),
        ("La Poste", r"la[ -]?poste|colissimo|chronopost", "https://www.laposte.fr/outils/suivre-vos-envois?code={}"),
        ("Canada Post", r"canada[ -]?post",
         "https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor={}"),
        ("Australia Post", r"(?:australia[ -]?post|auspost)", "https://auspost.com.au/mypost/track/#/details/{}"),
        ("Österreichische Post", r"(?:österreichische|oesterreichische|austrian)[ -]?post|post[ -]at",
         "https://www.post.at/sv/sendungsdetails?snr={}"),
        ("PostNL", r"post[ -]?nl"),
        ("bpost", r"bpost"),
        ("Swiss Post", r"(?:die |swiss[ -]?|schweizerische )post"),
        ("Deutsche Post", r"deutsche[ -]?post"),
        ("Correos", r"correos"),
        ("Poste Italiane", r"poste[ -]?italiane"),
        ("PostNord", r"post[ -]?nord(?:[ -]\w+)?"),
        ("InPost", r"in[ -]?post(?:[ -]\w+)?"),
    )
)  # fmt: skip


def find_carrier(text: str) -> str:
    """The carrier's usual name, or the text itself if deskterm does not know it."""
    found = _find(text)
    return found.name if found else text.strip()


def is_carrier(text: str) -> bool:
    """Whether a text is the name of a carrier that deskterm knows."""
    return _find(text) is not None


def tracking_page(carrier: str, number: str) -> str:
    """The address of a parcel's tracking page, "" if unknown."""
    found = _find(carrier)
    return (
        found.page.format(quote(number.strip(), safe="")) if found and found.page and number.strip() else ""
    )


def _find(text: str) -> Carrier | None:
    words = " ".join(text.casefold().replace("_", "-").split())
    return next((one for one in _CARRIERS if re.fullmatch(one.pattern, words)), None)
