"""What a pass does with the orders of a store: the owner's actions go out, the orders come in."""

from threading import Event

from deskterm.domain.desk_state import Report
from deskterm.errors import (
    DesktermError,
    NotFound,
    NotNow,
    OrdersFileError,
    ServerNonsense,
    ServerRefused,
    StoreGaps,
)
from deskterm.storage.schema.database import Database
from deskterm.sync.line.failures import Busy
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.carry_out import carry_out
from deskterm.sync.stores.read_orders import read_orders

_OF_ONE_STEP = (ServerRefused, ServerNonsense, NotFound, NotNow, OrdersFileError, StoreGaps)


def carry_out_and_read(
    access: StoreAccess, db: Database, report: Report, stop: Event
) -> tuple[int, list[DesktermError]]:
    """Carry out the actions on a store's orders and read these; returns how many changed, and what failed.

    An action that the store cannot be asked about does not keep its orders from being read. Raises the
    error if the store cannot be reached, or asks to be left alone.
    """
    taken, failed = 0, list[DesktermError]()
    try:
        carry_out(access, db)
    except _OF_ONE_STEP as error:
        _keep(error, failed)
    try:
        taken = read_orders(access, db, report, stop)
    except StoreGaps as error:
        taken = error.taken
        failed.append(error)
    except _OF_ONE_STEP as error:
        _keep(error, failed)
    return taken, failed


def _keep(error: DesktermError, failed: list[DesktermError]) -> None:
    if isinstance(error, Busy):
        raise error
    failed.append(error)
