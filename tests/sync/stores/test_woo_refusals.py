"""What a WooCommerce shop may answer instead of orders: each has its own message, and the stored orders stay."""

import json
import time
from types import SimpleNamespace

import pytest

from counterparts.woo_shop import HTML, SECRET, WooShop
from deskterm.domain.sources import Failure, Source, SourceKind
from deskterm.errors import LoginRefused, Offline, SecretError, ServerNonsense, ServerRefused
from deskterm.storage import orders, sources
from deskterm.sync import source_reports
from deskterm.sync.line.failures import Busy
from deskterm.sync.stores.open_store import open_store
from deskterm.sync.stores.read_orders import read_orders
from deskterm.sync.stores.woocommerce import line

STRAY = b"<br />\n<b>Warning</b>:  Undefined array key in <b>/srv/x.php</b> on line <b>3</b><br />\n"


@pytest.fixture
def shop():
    return WooShop()


def page(title, status=200, **headers):
    return status, headers, HTML.format(title).encode()


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (page("Briefly unavailable", 503, **{"Retry-After": "600"}), Busy, "it is in maintenance"),
        (page("Too many requests", 429, **{"Retry-After": "30"}), Busy, "status 429"),
        (page("There has been a critical error", 500), ServerRefused, "critical error"),
        (page("Just a moment..."), ServerNonsense, "answers with a text (status 200): Just a moment..."),
        (page("Just a moment...", 403), ServerNonsense, "(status 403)"),
        ((200, {}, STRAY + b"[]"), ServerNonsense, "writes other text before its answer: Warning : Undefined"),
        ((200, {}, b""), ServerNonsense, "answers with nothing"),
        ((200, {}, b'{"not": "a list"}'), ServerNonsense, "another form"),
        ((200, {}, b"[{]"), ServerNonsense, "another form"),
        ((301, {"Location": "https://elsewhere.example/wp-json/"}, b""), ServerRefused, "https://elsewhere.example/wp-json/"),
        ((302, {"Location": "/wp-json/wc/v3/orders"}, b""), None, ""),
        ((400, {}, json.dumps({"code": "rest_invalid_param", "message": "Invalid parameter(s): status"}).encode()),
         ServerRefused, "answers: Invalid parameter(s): status"),
        ((500, {}, json.dumps({"code": "x", "message": "No\x1b[31m", "data": 500}).encode()), ServerRefused, "answers: No"),
    ],
)  # fmt: skip
def test_each_answer_that_is_no_list_has_its_message_and_removes_nothing(  # noqa: PLR0917 - one case
    answer, kind, words, shop, access, db
):
    shop.add()
    read_orders(access(), db)
    shop.clock += 60
    shop.answers = [answer]
    if kind is None:
        read_orders(access(), db)
    else:
        with pytest.raises(kind) as error:
            read_orders(access(), db)
        assert words in error.value.what
        assert error.value.todo
        assert "\x1b" not in str(error.value)
    with db.read() as tx:
        assert orders.count(tx) == 1


def test_a_shop_that_asks_to_wait_is_left_alone_for_that_long(shop, access, db, tmp_path):
    shop.answers = [page("Briefly unavailable", 503, **{"Retry-After": "900"})]
    source = Source("kiln", SourceKind.ORDERS)
    with pytest.raises(Busy) as error:
        read_orders(access(), db)
    source_reports.report_failed(db, source, error.value, shop.clock)
    with db.read() as tx:
        _, _, not_before = sources.is_failing(tx, source)
        assert sources.failure(tx, source) is Failure.REFUSED
    assert not_before >= shop.clock + 900


def test_a_wrong_key_and_a_wrong_secret_are_reported(shop, access, db):
    with pytest.raises(LoginRefused, match="does not take the key"):
        read_orders(access(key="ck_other"), db)
    with pytest.raises(LoginRefused, match="refuses the key"):
        read_orders(access(secret="cs_other"), db)


def test_a_key_that_may_not_read_is_reported(shop, access, db):
    shop.rights = "write"
    with pytest.raises(LoginRefused, match="does not have read permissions"):
        read_orders(access(), db)


def test_a_shop_whose_php_does_not_see_https_is_asked_with_signatures(shop, access, db):
    shop.sees_https = False
    shop.add()
    assert read_orders(access(), db) == 1
    assert all(SECRET not in str(asked) for _, asked, _ in shop.asked)


@pytest.mark.parametrize("ahead", [-3600, 3600])
def test_clocks_that_differ_are_named_where_requests_are_signed(ahead, shop, access, db, monkeypatch):
    shop.sees_https = False
    shop.add()
    monkeypatch.setattr(line, "time", SimpleNamespace(time=lambda: time.time() + ahead))  # ours alone
    with pytest.raises(LoginRefused, match=r"clocks of 127\.0\.0\.1 and of this machine differ"):
        read_orders(access(), db)
    monkeypatch.undo()
    assert read_orders(access(), db) == 1


def test_a_host_that_keeps_the_header_from_php_is_asked_with_signatures_too(shop, access, db):
    shop.passes_headers = False
    shop.add()
    assert read_orders(access(), db) == 1


@pytest.mark.parametrize("site", ["https://kiln.example", "http://kiln.example/shop"])
def test_signatures_are_made_over_the_address_that_the_site_says(site, shop, server, access, db):
    shop.sees_https, shop.site = False, site
    shop.add()
    assert read_orders(access(), db) == 1


def test_plain_permalinks_and_no_wordpress_are_told_apart(shop, access, db):
    shop.plain_links = True
    with pytest.raises(ServerRefused, match="plain permalinks"):
        read_orders(access(), db)
    shop.answers = [page("Not found", 404), page("Welcome")]
    with pytest.raises(ServerRefused, match="no WordPress interface"):
        read_orders(access(), db)


def test_a_plugin_that_is_switched_off_is_reported(shop, access, db):
    shop.active = False
    with pytest.raises(ServerRefused, match="WooCommerce is not switched on"):
        read_orders(access(), db)


def test_a_byte_order_mark_before_the_answer_is_skipped(shop, access, db):
    shop.answers = [(200, {}, b"\xef\xbb\xbf[]")]
    assert read_orders(access(), db) == 0


def test_a_dead_port_and_a_missing_secret_are_reported(shop, server, access, db):
    server.close()
    with pytest.raises(Offline, match="Nothing listens"):
        read_orders(access(), db)

    def locked():
        raise SecretError("The keyring is locked.")

    closed = access()
    with pytest.raises(SecretError):
        read_orders(type(closed)(closed.store, closed.zone, closed.now, secret=locked), db)


def test_pages_before_a_failure_are_kept_and_the_reading_continues_there(shop, access, db):
    for _ in range(250):
        shop.add()
        shop.clock += 10
    turns = iter([None, None, page("There has been a critical error", 500)])
    shop.before = lambda _: shop.answers.extend(filter(None, [next(turns, None)]))
    with pytest.raises(ServerRefused):
        read_orders(access(), db)
    with db.read() as tx:
        assert orders.count(tx) == 199  # the second page begins two seconds back, with the last order again
    shop.asked.clear()
    assert read_orders(access(), db) == 51
    assert "modified_after" in shop.asked[0][1]


def test_a_key_revoked_during_the_reading_keeps_the_pages_before(shop, access, db):
    for _ in range(250):
        shop.add()
        shop.clock += 10
    refused = {"code": "woocommerce_rest_authentication_error", "message": "Consumer key is invalid."}
    turns = iter([None, (401, {}, json.dumps(refused).encode())])
    shop.before = lambda _: shop.answers.extend(filter(None, [next(turns, None)]))
    with pytest.raises(LoginRefused, match="refuses the key"):
        read_orders(access(), db)
    with db.read() as tx:
        assert orders.count(tx) == 100


def test_each_permission_is_tried(shop, access):
    with open_store(access()) as store:
        assert [(one.name, one.granted) for one in store.check_rights()] == [
            ("orders", True), ("products", True), ("acting", True), ("tracking numbers", True),
        ]  # fmt: skip
    shop.plugins = []
    with open_store(access()) as store:
        assert "Advanced Shipment Tracking is free" in [*store.check_rights()][-1].todo
    with open_store(access(shipments="labels.csv")) as store:
        assert [*store.check_rights()][-1].granted
    with open_store(access(secret="cs_other")) as store:
        checks = list(store.check_rights())
    assert not any(one.granted for one in checks[:2])
    assert "refuses the key" in checks[0].words


@pytest.mark.parametrize("sees_https", [True, False])
def test_a_key_that_may_only_read_is_reported_and_trying_it_changes_nothing(shop, access, sees_https):
    shop.add()
    shop.rights, shop.sees_https = "read", sees_https
    with open_store(access()) as store:
        lacks = [one for one in store.check_rights() if not one.granted]
    assert [(one.name, "write permissions" in one.words) for one in lacks] == [("acting", True)]
    assert "Read/Write" in lacks[0].todo


def test_products_have_a_price_where_the_key_may_not_see_the_shops_settings(shop, access):
    shop.tells_currency = False
    with open_store(access()) as store, pytest.raises(LoginRefused):
        list(store.products(""))
    shop.add()
    with open_store(access()) as store:
        assert [one for page in store.products("") for one in page.products] == []
        assert all(one.granted for one in store.check_rights() if one.name == "products")


def test_the_secret_is_in_no_address_and_no_error(shop, access, db, caplog):
    shop.add()
    with caplog.at_level("DEBUG"):
        read_orders(access(), db)
        shop.answers = [(400, {}, b"{}")]
        with pytest.raises(ServerRefused) as error:
            read_orders(access(), db)
    assert SECRET not in f"{error.value!r}{error.value}{caplog.text}"
    assert all(SECRET not in path and SECRET not in str(asked) for path, asked, _ in shop.asked)
