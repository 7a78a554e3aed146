"""The envelope of Shopify's answers: data, errors, costs and warnings."""

from enum import StrEnum

import msgspec
from msgspec import Struct, field

from deskterm.sync.stores.graphql import Answered


class ErrorCode(StrEnum):
    """The error codes that deskterm handles; others are reported as they are."""

    THROTTLED = "THROTTLED"
    TOO_COSTLY = "MAX_COST_EXCEEDED"
    DENIED = "ACCESS_DENIED"


class ErrorExtensions(Answered):
    """The details of an error."""

    code: str = ""
    required_access: str = ""
    cost: float = 0
    max_cost: float = 0


class GraphError(Answered):
    """One error. `path` names the field that is null because of it."""

    message: str = ""
    path: tuple[str | int, ...] = ()
    extensions: ErrorExtensions = field(default_factory=ErrorExtensions)

    @property
    def field_name(self) -> str:
        """The field it is about, "" for the whole query."""
        named = [part for part in self.path if isinstance(part, str)]
        return named[-1] if named else ""


class ThrottleStatus(Answered):
    """The points available, and how many are restored per second."""

    maximum_available: float
    currently_available: float
    restore_rate: float


class QueryCost(Answered):
    """The maximum cost of a query."""

    throttle_status: ThrottleStatus | None = None
    requested_query_cost: float | None = None


class SearchWarning(Answered):
    """A search term that Shopify ignored: the list then contains everything."""

    field: str = ""
    message: str = ""


class SearchNote(Answered):
    """The warnings of one search."""

    query: str = ""
    warnings: tuple[SearchWarning, ...] = ()


class AnswerExtensions(Answered):
    """The additional parts of an answer."""

    cost: QueryCost | None = None
    search: tuple[SearchNote, ...] = ()


class GraphAnswer(Struct, kw_only=True):
    """A whole answer. `errors` is a string or an object if the query was not run."""

    data: msgspec.Raw = msgspec.Raw(b"null")
    errors: list[GraphError] | str | dict[str, object] | None = None
    extensions: AnswerExtensions = field(default_factory=AnswerExtensions)

    @property
    def faults(self) -> list[GraphError]:
        """The errors, in whichever form they came."""
        if isinstance(self.errors, list):
            return self.errors
        return [GraphError(message=str(self.errors))] if self.errors else []

    @property
    def has_data(self) -> bool:
        """Whether there is any data."""
        return bytes(self.data).strip() != b"null"

    @property
    def codes(self) -> set[str]:
        """The codes of all its errors."""
        return {one.extensions.code for one in self.faults}
