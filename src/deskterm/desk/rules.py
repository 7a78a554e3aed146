"""The owner's rules: read from `rules.toml`, tried on old mail, switched on and off."""

from deskterm.desk.shop import DeskContext
from deskterm.domain.rules.read import RulesRead, read_rules
from deskterm.domain.rules.rule import Rule, RuleEffects
from deskterm.domain.rules.trial import Trial, TrialTicket
from deskterm.domain.tickets import CategoryBy, Status, Ticket
from deskterm.domain.views import Done
from deskterm.errors import NotFound
from deskterm.storage import events, lists, tickets
from deskterm.storage.search import find

TRIED_DAYS = 90
_MOST = 10_000  # mails looked at in a trial
_DAY = 86400


class Rules:
    """Rules that run on arriving mail. Nothing here sends anything."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def read(self, now: int) -> RulesRead:
        """The rules as the file stands, and what is wrong with it. No file, no rules."""
        file = self._shop.home.rules_file
        try:
            text = file.read_text("utf-8-sig")
        except FileNotFoundError:
            return RulesRead()
        except (OSError, UnicodeDecodeError) as error:
            return RulesRead(problems=((file.name, f"It cannot be read ({error}). No rule runs."),))
        return read_rules(text, self._shop.formats.local(now))

    def runs(self, now: int, days: int = TRIED_DAYS) -> dict[str, int]:
        """How often each rule ran in the last days."""
        with self._shop.db.read() as tx:
            return events.count_rule_runs(tx, now - days * _DAY)

    def try_out(self, name: str, now: int, days: int = TRIED_DAYS) -> Trial:
        """What a rule, on or off, would have done with the customers' mail of the last days. NotFound."""
        rule = self._find(name, now)
        with self._shop.db.read() as tx:
            found = find.customers_mail(tx, rule.query, now - days * _DAY, _MOST)
            ids = list(dict.fromkeys(ticket for _, ticket in found))
            rows = lists.rows(tx, ids)
            tried = tuple(
                TrialTicket(row, _did_otherwise(tickets.get(tx, row.ticket_id), rule.effects)) for row in rows
            )
        return Trial(rule.name, days, len(found), tried)

    def turn(self, name: str, now: int, *, on: bool) -> Done:
        """Switch a rule on or off in the file, whose other lines stay as they are. NotFound, DiskFull."""
        import tomlkit  # noqa: PLC0415 - 30 ms that nothing else needs

        from deskterm.config.files import write_private  # noqa: PLC0415 - as above

        rule, file = self._find(name, now), self._shop.home.rules_file
        document = tomlkit.parse(file.read_text("utf-8-sig"))
        for number, table in enumerate(document["rule"], 1):
            if (table.get("name") or f"rule {number}") == rule.name:
                table["on"] = on
        write_private(file, tomlkit.dumps(document).encode())
        return Done(f"The rule {rule.name} is {'on' if on else 'off'}")

    def _find(self, name: str, now: int) -> Rule:
        rules = self.read(now).rules
        rule = next((one for one in rules if one.name.casefold() == name.casefold()), None)
        if rule is None:
            todo = "`deskterm rules` lists them, and what is wrong with others."
            raise NotFound(f"There is no rule {name} that can run.", todo=todo)
        return rule


def _did_otherwise(ticket: Ticket, effects: RuleEffects) -> bool:
    """Whether the owner chose something else than the rule would have."""
    chosen = ticket.category_by is CategoryBy.HAND and ticket.category != effects.category
    ended = effects.status in (Status.SOLVED, Status.SPAM) and ticket.status is not effects.status
    return bool(effects.category and chosen) or ended
