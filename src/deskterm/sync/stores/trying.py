"""Trying a store: each right that deskterm uses, one by one."""

from collections.abc import Callable

from deskterm.errors import DesktermError
from deskterm.sync.stores.adapter import RightCheck, StoreAccess
from deskterm.sync.stores.kinds import open_store
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class StoreTrial:
    """What came of trying a store: its rights, or what stopped the trial."""

    rights: tuple[RightCheck, ...] = ()
    error: DesktermError | None = None

    @property
    def works(self) -> bool:
        """Whether orders can be read: nothing failed, and the first right is there."""
        return self.error is None and bool(self.rights) and self.rights[0].granted


def try_store(access: StoreAccess, report: Callable[[RightCheck], None] = lambda _: None) -> StoreTrial:
    """Try a store without changing anything there or here, and tell of each right as it is tried.

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
