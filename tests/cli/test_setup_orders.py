"""What setup sees of an orders file before it writes anything."""

import pytest

from deskterm.cli.setup import _orders
from deskterm.config.settings_file import Settings
from deskterm.config.store import Store


@pytest.mark.parametrize(
    ("heading", "typed", "known"), [("Total", "", False), ("Total", "EUR", True), ("Total (EUR)", "", True)]
)
def test_setup_knows_whether_a_file_names_its_currency(tmp_path, heading, typed, known):
    path = tmp_path / "orders.csv"
    path.write_text(f"Order no;Date;Item;{heading}\n7;2026-11-12;Mug;9.00\n", "utf-8")
    assert _orders(Store("kiln", path=str(path), currency=typed), Settings()) is known
