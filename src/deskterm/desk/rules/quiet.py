"""When nothing may be sent automatically: after a restore, after a long pause, while the clock is behind."""

from deskterm.domain.rules.letters import SendingMoment
from deskterm.storage.desk_facts import QUIET_SINCE, get_fact, set_fact
from deskterm.storage.rules import letters
from deskterm.storage.schema.database import Database, Tx

_SEEN = "clock of the letters"
_BEHIND = "clock of the letters is behind"  # since when, and when it was last seen so
_HOUR, _DAY, _SLACK = 3600, 86400, 120
_PAUSE = _DAY + _HOUR


def look_at_clock(db: Database, now: int) -> None:
    """Record the time once an hour, and a jump of more than a day: a pause, or a wrong clock.

    A clock that is behind its earlier time but has run on for a day is taken as right: it was ahead before.
    """
    with db.read() as tx:
        seen, behind = int(get_fact(tx, _SEEN, "0")), _is_behind(tx, now)
        since, last = _behind_since(tx)
    noted = last if behind else seen
    if noted and (0 <= now - noted < _HOUR or (not behind and now < noted)):
        return
    with db.write() as tx:
        if not behind:
            _note(tx, now, quiet=bool(seen) and now - seen > _PAUSE)
        elif 0 <= now - last <= _PAUSE and now - since >= _DAY:
            letters.redate(tx, now)
            _note(tx, now, quiet=True)
        else:
            runs_on = 0 <= now - last <= _PAUSE
            set_fact(tx, _BEHIND, f"{since if runs_on else now} {now}")


def sending_moment(tx: Tx, now: int) -> SendingMoment:
    """What may be sent at this time. While the clock is behind, nothing."""
    return SendingMoment(now, int(get_fact(tx, QUIET_SINCE, "0")), clock_back=_is_behind(tx, now))


def _note(tx: Tx, now: int, *, quiet: bool) -> None:
    set_fact(tx, _SEEN, str(now))
    if get_fact(tx, _BEHIND):
        set_fact(tx, _BEHIND, "")
    if quiet:
        set_fact(tx, QUIET_SINCE, str(now))


def _is_behind(tx: Tx, now: int) -> bool:
    """Whether a look or a restore recorded a later time."""
    latest = max(int(get_fact(tx, _SEEN, "0")), int(get_fact(tx, QUIET_SINCE, "0")))
    return now < latest - _SLACK


def _behind_since(tx: Tx) -> tuple[int, int]:
    since, _, last = (get_fact(tx, _BEHIND) or "0 0").partition(" ")
    return int(since), int(last)
