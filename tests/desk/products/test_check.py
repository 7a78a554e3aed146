"""`deskterm check` and the notes on products, and promises that the back-in-stock list keeps or that nothing keeps."""

import pytest

from desk.conftest import NOW
from deskterm.desk import Desk
from deskterm.desk.answers.playbook_check import check_playbook
from deskterm.desk.playbook import PlaybookFiles
from deskterm.domain.orders.order import Money
from deskterm.domain.products.product import ProductVariant, StoreProduct
from deskterm.intake.products_in import products_arrived

SAYS = {
    "en": "I write to you as soon as it is back in stock.",
    "de": "Sobald es wieder auf Lager ist, schreibe ich Ihnen.",
    "fr": "Je vous écris dès qu'il y en a de nouveau.",
    "es": "En cuanto vuelva a haber, te escribo.",
}
FINE = ("It is back in stock.", "Let me know whether it fits.", "Sobald das Paket da ist, melden Sie sich.")


@pytest.fixture
def told(shop, tmp_path):
    throw = ProductVariant("1", "WT", "", Money(4900, "EUR"), 0)
    with shop.db.write() as tx:
        products_arrived(tx, [StoreProduct("loom", "1", "Wool throw", (throw,))], NOW)
    for name in ("macros", "sops", "notes"):
        (tmp_path / "book" / name).mkdir(parents=True)

    def findings(**files):
        for name, text in files.items():
            (tmp_path / "book" / f"{name.replace('_', '/', 1)}.md").write_text(text, "utf-8")
        context = shop.desk.shop
        book = PlaybookFiles(tmp_path / "book")
        desk = Desk(context.db, context.settings, context.home, book, context.formats)
        return [one.what for one in check_playbook(desk.shop, NOW)]

    return findings


def macro(body, effects=""):
    return f"---\ntitle: x\n{effects}---\nHello,\n\n{body}\n"


@pytest.mark.parametrize("language", SAYS)
def test_a_promise_that_nothing_keeps_is_named_and_one_that_the_list_keeps_is_not(told, language):
    effect = "effects:\n  back_in_stock: promise\n"
    assert any("no list keeps it" in one for one in told(macros_a=macro(SAYS[language])))
    assert not any("no list keeps" in one for one in told(macros_a=macro(SAYS[language], effect)))


@pytest.mark.parametrize("body", FINE)
def test_what_is_no_such_promise_is_left_alone(told, body):
    assert not any("no list keeps" in one for one in told(macros_a=macro(body)))


def test_notes_name_products_and_files_that_exist_and_days_that_are_to_come(told):
    found = told(
        notes_WT="Air it.",
        notes_OLD="---\nback_in_stock: 2026-01-02\nattach: [chart.pdf]\n---\nOld.",
        notes_BAD="---\nvideo: http://x.example\n---\n",
    )
    text = "\n".join(found)
    assert "notes/WT.md" not in text
    assert "notes/OLD.md: there is no file chart.pdf" in text
    assert "notes/OLD.md: `back_in_stock`, 2026-01-02, is past" in text
    assert "notes/OLD.md: no store has a product with the SKU OLD" in text
    assert "notes/BAD.md: The video is not an https link." in text


def test_the_names_of_products_are_known_and_a_misspelt_one_is_reported(told):
    assert not any(
        "product" in one for one in told(macros_a=macro("{{ product.title }} and {{ product.care }}"))
    )
    assert any("product.titel" in one for one in told(macros_b=macro("{{ product.titel }}")))
