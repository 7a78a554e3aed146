"""The name of a cause, what to change in the shop because of it, and the incident for it."""

from deskterm.domain.figures.causes import Cause, CauseKind, Shared
from deskterm.domain.incidents.incident import IncidentIdea


def name_cause(cause: Cause) -> str:
    """`DHL parcels of week 46`, `“Wool cardigan”, too small`."""
    if cause.kind is CauseKind.PARCELS:
        return f"{cause.name} parcels of week {_week(cause)}"
    if cause.kind is CauseKind.CARRIER:
        return f"{cause.name} parcels"
    return f"“{cause.name}”, {cause.detail}" if cause.detail else f"“{cause.name}”"


def _week(cause: Cause) -> str:
    return cause.detail.rpartition("W")[2].lstrip("0")


def share_of(about: str, shared: Shared) -> str:
    """`7 about …`, or of a reason `9 of 11 return tickets about “Throw” say it is too small`."""
    number = len(shared.tickets)
    if shared.cause.kind is CauseKind.REASON:
        of = f"all {number}" if shared.of == number else f"{number} of {shared.of}"
        return f"{of} {about} tickets about “{shared.cause.name}” say it is {shared.cause.detail}"
    return f"{f'all {number}' if shared.of == number else number} about {name_cause(shared.cause)}"


_BY_REASON = {
    "too small": "say on its page that it runs small, with measurements",
    "too large": "say on its page that it runs large, with measurements",
    "not as pictured": "take its picture again in daylight",
    "broken": "pack it better",
}
_BY_CATEGORY = {
    "damaged": "look at how it is packed",
    "wrong item": "look at where it lies beside what was sent",
    "return": "compare its page with what arrives",
    "exchange": "put measurements beside its sizes",
    "stock": "say on its page when it is back",
    "question": "answer it on its page",
}


def remedy(category: str, cause: Cause) -> str:
    """What to change in the shop."""
    if cause.kind is CauseKind.REASON:
        return _BY_REASON[cause.detail]
    if cause.kind is CauseKind.PARCELS:
        return f"ask {cause.name}, and tell those who have not written"
    if cause.kind is CauseKind.CARRIER:
        return f"compare {cause.name} with another carrier"
    return _BY_CATEGORY.get(category, "look at what its page says")


def incident_about(cause: Cause) -> IncidentIdea:
    """The incident that would answer all customers affected by a cause."""
    name = cause.name.replace('"', " ")
    if cause.kind is CauseKind.PARCELS:
        query = f'carrier:"{name}" sent:{cause.detail} is:undelivered'
        return IncidentIdea(query, f"{name} parcels of week {_week(cause)}", "late-parcel")
    if cause.kind is CauseKind.CARRIER:
        return IncidentIdea(f'carrier:"{name}" is:undelivered', f"{name} parcels", "late-parcel")
    return IncidentIdea(f'product:"{name}"', name)
