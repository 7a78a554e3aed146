"""The keys that a picture names are those of the preset, and what others wrote is never taken for one."""

import pytest

from desk.conftest import ADDRESS
from deskterm.domain.messages import Address
from screens.looking import NOW, sample
from screens.test_inbox import looking


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    yield made
    made.db.close()


async def test_a_preset_has_its_keys_in_the_list_and_below_the_mail(shop):
    async with looking(shop, preset="vim") as press:
        picture = await press()
        assert "Alt+1 Where the order stands" in picture
        assert "1 Where" not in picture.replace("Alt+1 Where", "")
    async with looking(shop, preset="zendesk") as press:
        assert "S Parcel is late" in await press()  # `s` would solve the ticket


async def test_the_review_names_the_keys_that_it_obeys(shop):
    async with looking(shop, keys={"tick": "+", "after": "%", "send-amber": "!"}) as press:
        picture = await press("m", ADDRESS.key)
        assert "+ ticks" in picture
        assert "% then" in picture
        assert "! will send" in picture or "! sends it" in picture


async def test_where_it_fits_a_long_key_is_shown_after_a_files_name(shop):
    async with looking(shop, size=(120, 36), keys={"attachments": "Ctrl+V"}) as press:
        lines = (await press("enter")).splitlines()
        assert any("label.jpg" in line and "Ctrl+V" in line for line in lines)


async def test_braces_in_a_name_are_no_key(shop):
    ticket = shop.ticket(Address("{send} {undo}", "braces@post.example"), subject="A name", at=NOW - 60)
    with shop.db.write() as tx:
        tx.execute("UPDATE message SET stranger = 1 WHERE ticket_id = ?", (ticket,))
    async with looking(shop, size=(80, 24)) as press:
        press.app.home.find(ticket)
        picture = " ".join((await press("enter")).replace("▌", "").split())
        assert "another address of {send} {undo}? W settles it." in picture
