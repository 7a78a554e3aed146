"""Which steps of an SOP are ticked on a ticket, and how tickets with ticks ended."""

from sqlite3 import Connection

from deskterm.domain.sops.outcomes import SopRun


def ticked_steps(tx: Connection, ticket_id: int, sop: str) -> frozenset[str]:
    """The keys of the ticked steps."""
    rows = tx.execute("SELECT step FROM sop_tick WHERE ticket_id = ? AND sop = ?", (ticket_id, sop))
    return frozenset(row[0] for row in rows)


def tick(tx: Connection, ticket_id: int, sop: str, step: str, at: int) -> None:
    """Tick a step; ticking it twice changes nothing."""
    tx.execute("INSERT OR IGNORE INTO sop_tick VALUES (?, ?, ?, ?)", (ticket_id, sop, step, at))


def untick(tx: Connection, ticket_id: int, sop: str, step: str) -> None:
    """Take a tick back."""
    tx.execute("DELETE FROM sop_tick WHERE ticket_id = ? AND sop = ? AND step = ?", (ticket_id, sop, step))


def in_use(tx: Connection, ticket_id: int) -> str:
    """The SOP that was last ticked on a ticket; empty when none was."""
    row = tx.execute(
        "SELECT sop FROM sop_tick WHERE ticket_id = ? ORDER BY at DESC LIMIT 1", (ticket_id,)
    ).fetchone()
    return str(row[0]) if row else ""


def count_ticks(tx: Connection, sop: str) -> int:
    """How many steps of an SOP are ticked, on all tickets."""
    return int(tx.execute("SELECT count(*) FROM sop_tick WHERE sop = ?", (sop,)).fetchone()[0])


def runs(tx: Connection, sop: str, fewest: int) -> list[SopRun]:
    """The tickets on which a step of an SOP is ticked, the first one first; none where they are fewer.

    Times and reopenings are those that the figures keep.
    """
    begun = tx.execute(
        "SELECT ticket_id, min(at), group_concat(step, char(10)) FROM sop_tick WHERE sop = ?"
        " GROUP BY ticket_id ORDER BY min(at)",
        (sop,),
    ).fetchall()
    if len(begun) < fewest:
        return []
    seconds, back = (_read_kept(tx, measure, sop) for measure in ("sop time", "sop reopened"))
    sent, done = _read_sent(tx, sop), _read_done(tx, sop)
    return [
        SopRun(
            ticket,
            frozenset(steps.split("\n")),
            seconds.get(ticket, 0),
            bool(back[ticket]) if ticket in back else None,
            tuple(macro for sent_at, macro in sent.get(ticket, ()) if sent_at >= at),
            frozenset(done.get(ticket, ())),
        )
        for ticket, at, steps in begun
    ]


def _read_kept(tx: Connection, measure: str, sop: str) -> dict[int, float]:
    rows = tx.execute(
        "SELECT ticket_id, value FROM figure_sample WHERE measure = ? AND label = ?", (measure, sop)
    )
    return {row[0]: row[1] for row in rows}


def _read_sent(tx: Connection, sop: str) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    for ticket, at, macro in tx.execute(
        "SELECT ticket_id, at, macro FROM message WHERE direction = 'out' AND macro != ''"
        " AND ticket_id IN (SELECT ticket_id FROM sop_tick WHERE sop = ?) ORDER BY at, id",
        (sop,),
    ):
        found.setdefault(ticket, []).append((at, macro))
    return found


def _read_done(tx: Connection, sop: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for ticket, ability in tx.execute(
        "SELECT ticket_id, ability FROM store_action WHERE state = 'done'"
        " AND ticket_id IN (SELECT ticket_id FROM sop_tick WHERE sop = ?)",
        (sop,),
    ):
        found.setdefault(ticket, []).append(ability)
    return found
