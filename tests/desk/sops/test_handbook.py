"""The playbook as one document for somebody's first day."""

from dataclasses import replace

import pytest

from desk.conftest import ADDRESS, STATUS, Fixed
from deskterm.config.policy import Policy
from deskterm.desk import Desk
from deskterm.desk.sops.handbook import write_handbook
from deskterm.desk.sops.sop_file import read_sop
from deskterm.domain.documents.as_markdown import as_markdown
from deskterm.domain.documents.as_page import as_page
from deskterm.domain.playbook import Playbook
from deskterm.errors import NotNow

SOP = "---\ntitle: Return <1>\ncategories: [return]\n---\nBe kind.\n\n- [ ] Refund {when: refunded} {action: refund}\n- [ ] Tell {if: refunded} {macro: order-status}\n"


@pytest.fixture
def handbook(shop):
    context = shop.desk.shop
    book = Playbook({one.id: one for one in (STATUS, ADDRESS)}, {"return": read_sop("return", SOP)})
    desk = Desk(context.db, context.settings, context.home, Fixed(book), context.formats)
    return lambda: write_handbook(desk.shop)


def test_it_has_the_tone_the_policies_the_procedures_and_the_letters(shop, handbook):
    assert "is not written down yet" in as_markdown(handbook())
    tone = shop.desk.shop.home.config_folder / "tone.md"
    tone.write_text('# Tone\n\nAlways by first name; <b>never</b> "Dear customer".\n')
    text = as_markdown(handbook())
    assert "Always by first name; \\<b\\>never\\</b\\>" in text
    assert "- **Business days within which an order leaves**: 3" in text
    assert "### Return \\<1\\>\n\nBe kind.\n\nFor tickets of the category return." in text
    assert "- [ ] Refund (ticks itself once it is refunded; in the store: refund)" in text
    assert "- [ ] Tell (only if it is refunded; letter: Where the order stands)" in text
    assert "- **Do first**: the address was changed in the store" in text
    assert "> Hello \\[customer first name\\]," in text
    page = as_page(handbook(), "Contents")
    assert '<blockquote lang="' not in page
    assert "Return &lt;1&gt;" in page
    assert "&lt;b&gt;never&lt;/b&gt;" in page
    assert "<script" not in page
    tone.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(NotNow, match=r"tone\.md is not UTF-8 text\."):
        handbook()


def test_it_has_all_that_the_policy_says(shop):
    context = shop.desk.shop
    promises = Policy(return_days=30, shipping_times_to={"AT": "4 to 6 days"}, goodwill_per_ticket=20)
    settings = replace(
        context.settings, policy=promises, shop=replace(context.settings.shop, holidays=("2027-12-24",))
    )
    desk = Desk(context.db, settings, context.home, Fixed(Playbook({}, {})), context.formats)
    text = as_markdown(write_handbook(desk.shop))
    for fact in (
        "- **Days within which goods may come back**: 30",
        "- **How long parcels take**: not set yet: write it into policy.toml",
        "- **How long parcels take to AT**: 4 to 6 days",
        "- **The most to give on one ticket beyond what an order owes**: 20",
        "- **Closed on**: 2027-12-24",
        "- **Months of warranty**: not set yet: write it into policy.toml",
    ):
        assert fact in text
    assert "to one customer" not in text
