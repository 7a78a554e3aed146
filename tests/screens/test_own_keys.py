"""An owner who gave commands other keys reads those keys wherever the screen names one."""

from screens.looking import app_of, sample, seen, settle

OWN = {
    "quotes": "F5",
    "attachments": "F6",
    "first-answer": "F7",
    "sop": "F8",
    "macro": "F10",
    "send-amber": "F2",
}


async def test_the_ticket_and_the_review_name_the_owners_keys(tmp_path):
    shop = sample(tmp_path)
    app = app_of(shop, keys=OWN)
    async with app.run_test(size=(160, 50)) as pilot:
        await settle(pilot)
        words = " ".join(seen(app).split())
        named = ("3 quoted lines F5", "KB F6", "F7 Where the order stands", "F8 Parcel is late", "news F10 t")
        assert [one for one in named if one not in words] == []
        await pilot.press("f7")
        await settle(pilot)
        said = seen(app)
        assert "Read it over; F2 will send." in said or "F2 sends it to Jana Mertens anyway." in said
    shop.db.close()
