"""Checks the owner's rules against the playbook and the mail."""

from collections.abc import Iterator

from deskterm.desk.rules.rules import TRIED_DAYS, Rules
from deskterm.desk.shop import DeskContext
from deskterm.desk.upkeep.findings import Finding, bad, warning
from deskterm.domain.playbook import Playbook
from deskterm.domain.query.terms import QueryField
from deskterm.domain.rules.rule import Rule
from deskterm.storage import events, labels
from deskterm.storage.schema.database import Tx
from deskterm.storage.search import find

_DAY, _MOST = 86400, 10_000  # mails looked at


def check_rules(tx: Tx, shop: DeskContext, book: Playbook, now: int) -> Iterator[Finding]:
    """What cannot be read, names nothing has, and active rules that never ran."""
    found = Rules(shop).read(now)
    for name, words in found.problems:
        at = name if name == shop.home.rules_file.name else f"rules.toml, rule {name}"
        yield bad(f"{at}: {words}", todo="Open the file from the rules screen.")
    known = _known_names(tx, book, found.rules)
    ran = events.count_rule_runs(tx, 0)
    for rule in found.rules:
        yield from _check_names(rule, known)
        if rule.on and not ran.get(rule.name) and not _finds_mail(tx, rule, now):
            yield warning(
                f"rules.toml, rule {rule.name}: never ran, and matches no mail of {TRIED_DAYS} days.",
                todo=f"Check its condition: {rule.when}",
            )


def _known_names(tx: Tx, book: Playbook, rules: tuple[Rule, ...]) -> dict[QueryField, set[str]]:
    """The categories and tags given by a file, a ticket or a rule, in lower case."""
    categories = {one.category for one in book.macros.values()} | set(labels.categories(tx))
    categories |= {name for sop in book.sops.values() for name in sop.categories}
    tags = {tag for one in book.macros.values() for tag in (*one.tags, *one.effects.tags)}
    tags |= set(labels.tags(tx))
    tags |= {tag for rule in rules for tag in rule.effects.tags}
    return {
        QueryField.CATEGORY: {name.casefold() for name in categories},
        QueryField.TAG: {name.casefold() for name in tags},
    }


def _check_names(rule: Rule, known: dict[QueryField, set[str]]) -> Iterator[Finding]:
    given = rule.effects.category
    if given and given.casefold() not in known[QueryField.CATEGORY]:
        yield warning(
            f"rules.toml, rule {rule.name}: no macro, SOP or ticket has the category {given}.",
            todo="Write it as they do, or add an SOP for it.",
        )
    for term in rule.query.terms:
        for value in term.values if term.field in known else ():
            if value.casefold() not in known[term.field]:
                yield warning(
                    f"rules.toml, rule {rule.name}: nothing has {term.field}:{value}, which it asks for.",
                    todo="Write it as tickets have it, or remove it.",
                )


def _finds_mail(tx: Tx, rule: Rule, now: int) -> bool:
    return find.any_customers_mail(tx, rule.query, now - TRIED_DAYS * _DAY, _MOST)
