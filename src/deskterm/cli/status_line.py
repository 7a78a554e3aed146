"""The line of `deskterm status`, for a prompt or a tmux bar that asks every few seconds.

`print_at_once` prints it without putting a desk together, which would take ten times as long. For that it
needs the shop's formats, which `keep_basis` stores together with a stamp of the settings. If these have
changed since, or the database must be checked, a desk is put together after all.
"""

import time
from typing import TYPE_CHECKING

from deskterm import __version__
from deskterm.cli.statuses import FAILED, OK

if TYPE_CHECKING:
    from deskterm.cli.composition import App
    from deskterm.domain.desk_state import DeskState, SourceState
    from deskterm.domain.formats import Formats
    from deskterm.storage.schema.database import Tx

_FACT = "how times are written"
_NAMED = 3  # words: `status --home DIR`


def print_at_once(words: list[str]) -> int | None:
    """Print the line if the words ask for nothing else; gives the exit status, or None if it needs a desk."""
    root = _named_home(words)
    if root is None:
        return None
    from deskterm.config.plain_places import plain_places  # noqa: PLC0415 - not needed by other commands
    from deskterm.storage.schema.quick_read import quick_read  # noqa: PLC0415 - as above

    places = plain_places(root)
    found = quick_read(places[1], lambda tx: _read(tx, places[0])) if places else None
    if found is None:
        return None
    print(found[0], flush=True)
    return found[1]


def _named_home(words: list[str]) -> str | None:
    """DIR of `status --home DIR` or `--home DIR status`, "" for `status`, None for anything else."""
    if len(words) == _NAMED and "--home" in words[:2]:
        rest = [word for place, word in enumerate(words) if place - 1 != words.index("--home")]
        named = words[words.index("--home") + 1]
        return named if rest.count("status") == 1 and not named.startswith("-") else None
    return "" if words == ["status"] else None


def _read(tx: "Tx", config_file: str) -> tuple[str, int] | None:
    from deskterm.desk.status import read_state  # noqa: PLC0415 - as above
    from deskterm.domain.formats import Formats  # noqa: PLC0415 - as above
    from deskterm.domain.text import block  # noqa: PLC0415 - as above
    from deskterm.storage.desk_facts import get_fact  # noqa: PLC0415 - as above

    basis, _, written = get_fact(tx, _FACT).partition("\n")
    if not written or basis != _basis(tx, config_file):
        return None
    now, (locale, zone) = int(time.time()), written.split("\n")
    state = read_state(tx, now)
    line = in_a_line(tx, Formats(locale, zone), state, now)
    return block(line), FAILED if state.needs_owner else OK


def _basis(tx: "Tx", config_file: str) -> str:
    """What the stored formats depend on: this program, the schema, the settings."""
    from deskterm.config.plain_places import stamp  # noqa: PLC0415 - as above
    from deskterm.storage.schema.quick_read import version  # noqa: PLC0415 - as above

    return f"{__version__} {version(tx)} {stamp(config_file)}"


def keep_basis(app: "App") -> None:
    """Store the formats, now that a desk was put together, so that it is not needed next time."""
    from deskterm.storage.desk_facts import get_fact, set_fact  # noqa: PLC0415 - as above

    shop = app.settings.shop
    with app.db.read() as tx:
        note = f"{_basis(tx, str(app.home.config_file))}\n{shop.locale}\n{shop.zone}"
        known = get_fact(tx, _FACT) == note
    if not known and not app.db.read_only:
        with app.db.write() as tx:
            set_fact(tx, _FACT, note)


def in_a_line(tx: "Tx", formats: "Formats", state: "DeskState", now: int) -> str:
    """How things stand at `now` (UTC seconds): open tickets, replies waiting to be sent, failures."""
    from deskterm.storage import lists  # noqa: PLC0415 - as above

    counts, since = lists.counts(tx), lists.longest_unanswered(tx)
    longest = f", longest unanswered {formats.age(now - since)}" if since else ""
    tally = (
        (counts.others, "new not from customers"),
        (state.queued + state.sending, "queued"),
        (state.later, "to send later"),
    )
    parts = [f"{counts.open} open{longest}", *(f"{number} {word}" for number, word in tally if number)]
    parts += [one.short for one in state.needs]
    parts += [_source(formats, one, now) for one in (*state.mail, *state.orders)]
    return " · ".join(parts)


def _source(formats: "Formats", source: "SourceState", now: int) -> str:
    if source.failing_since is not None:
        verb = "lacks something" if source.is_partial else "fails"
        return f"{source.name} {verb} since {formats.moment(source.failing_since, now)}: {source.words}"
    if not source.complete_to:
        return f"{source.name} not read yet"
    return f"{source.name} complete to {formats.moment(source.complete_to, now)}"
