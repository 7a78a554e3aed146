"""In the sample store, no thank-you and no dispute gets a green letter that says something else."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event
from types import SimpleNamespace

import pytest

from deskterm.cli import run_pass
from deskterm.cli.composition import assemble
from deskterm.config.paths import Home
from deskterm.demo import write_sample_store
from deskterm.desk.reply import drafting, review
from deskterm.desk.reply.ticket_context import load_context
from deskterm.domain.review.replies import Level
from deskterm.domain.suggest.suggest import THANKS
from deskterm.storage.read_once import reading_once

NOW = int(datetime(2025, 11, 21, 9, 43, tzinfo=UTC).timestamp())
# Told here by other words than the program's: what a reader sees at once.
_THANKS = re.compile(
    r"\A(?:\W*\w+(?: \w+)?[,!:]?\s+)?.{0,60}\b(?:thank you|danke\w*|merci|gracias|thanks)\b",
    re.IGNORECASE | re.DOTALL,
)
_ASKS = re.compile(
    r"[?]|\b(?:please|bitte|refund|return|replacement|broken|late|wrong|cancel|but|aber|mais|pero)\b",
    re.IGNORECASE,
)
_DISPUTE = re.compile(r"\b(?:paypal case|opened a case|chargeback|lawyer|anwalt|solicitor)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    write_sample_store(home, NOW)
    with pytest.MonkeyPatch.context() as patch, assemble(Home(home)) as app:
        patch.setattr(run_pass, "time", SimpleNamespace(time=lambda: NOW))
        run_pass.one_pass(app, lambda _: None, Event())
        yield app


def test_no_thank_you_and_no_dispute_of_the_sample_gets_a_green_letter(app):
    """Every macro on every such ticket, filled as its key fills it."""
    wrong, met = [], {"thanks": 0, "dispute": 0}
    macros = app.desk.shop.playbook.current().macros
    with app.db.read() as tx, reading_once():
        for (ticket,) in tx.execute("SELECT id FROM ticket WHERE joined_into IS NULL").fetchall():
            at = load_context(tx, ticket)
            words = at.question.own_words if at.question else ""
            dispute = _DISPUTE.search(words) is not None
            thanks = _THANKS.search(words) is not None and not _ASKS.search(words)
            if not (dispute or thanks):
                continue
            met["dispute" if dispute else "thanks"] += 1
            for macro in macros.values():
                draft = drafting.new_draft(app.desk.shop, at)
                draft = drafting.with_macro(tx, app.desk.shop, draft, macro, None, NOW)
                draft = replace(draft, claims_ticked=macro.claims)
                found = review.concerns_about(tx, app.desk.shop, at, draft, NOW)
                level = max((one.level for one in found), default=Level.GREEN)
                if level is Level.GREEN and (dispute or macro.category != THANKS):
                    wrong.append((ticket, macro.id, words[:60]))
    assert wrong == []
    assert met["thanks"] >= 4
    assert met["dispute"] >= 1
