"""Testing a store: each permission that deskterm uses, one by one."""

from collections.abc import Callable

from deskterm.errors import DesktermError
from deskterm.sync.stores.adapter import RightCheck, StoreAccess
from deskterm.sync.stores.open_store import open_store
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class StoreTrial:
    """The result of testing a store: its permissions, or what stopped the test."""

    rights: tuple[RightCheck, ...] = ()
    error: DesktermError | None = None

    @property
    def works(self) -> bool:
        """Whether orders can be read: nothing failed, and the first permission is there."""
        return self.error is None and bool(self.rights) and self.rights[0].granted


def try_store(access: StoreAccess, report: Callable[[RightCheck], None] = lambda _: None) -> StoreTrial:
    """Test a store without changing anything there or here; `report` gets each permission at once.

    Raises nothing that the store fails with.
    """
    found: list[RightCheck] = []
    try:
        with open_store(access) as adapter:
            for one in adapter.check_rights():
                found.append(one)
                report(one)
    except DesktermError as error:
        return StoreTrial(tuple(found), error)
    return StoreTrial(tuple(found))
