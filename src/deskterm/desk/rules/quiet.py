"""When nothing may go out by itself: after a restore, after a long pause, while the clock is behind."""

from deskterm.domain.rules.letters import SendingMoment
from deskterm.storage.desk_facts import QUIET_SINCE, get_fact, set_fact
from deskterm.storage.schema.database import Database, Tx

_SEEN = "clock of the letters"
_HOUR, _DAY, _SLACK = 3600, 86400, 120


def look_at_clock(db: Database, now: int) -> None:
    """Note the time, once an hour, and a leap of more than a day: a pause, or a clock that was set wrong."""
    with db.read() as tx:
        seen = int(get_fact(tx, _SEEN, "0"))
    if 0 <= now - seen < _HOUR or (seen and now < seen):
        return
    with db.write() as tx:
        set_fact(tx, _SEEN, str(now))
        if seen and now - seen > _DAY + _HOUR:
            set_fact(tx, QUIET_SINCE, str(now))


def sending_moment(tx: Tx, now: int) -> SendingMoment:
    """What this moment allows. A clock that went back allows nothing until it has caught up."""
    seen = int(get_fact(tx, _SEEN, "0"))
    return SendingMoment(now, int(get_fact(tx, QUIET_SINCE, "0")), clock_back=now < seen - _SLACK)
