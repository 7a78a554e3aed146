"""The connection to a store: whose certificate is trusted, where a key may go, and how long an answer may be."""

import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from deskterm.config.store import Store
from deskterm.errors import ConfigError, NotEncrypted, NotTrusted, Offline, ServerNonsense, ServerRefused
from deskterm.sync.line.tls import fingerprint
from deskterm.sync.stores import http
from deskterm.sync.stores.http import BodyKind, StoreLine

KEY = {"Authorization": "Basic c2VjcmV0"}


class Shop:
    """A server that keeps what it was asked and answers as told: (status, headers, body)."""

    def __init__(self, certificate=None):
        self.asked, self.answers = [], []
        shop = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                shop.asked.append((self.path, self.headers.get("Authorization")))
                status, headers, body = shop.answers.pop(0) if shop.answers else (200, {}, b"[]")
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815 - as http.server calls it

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # a handshake that the client ends
        if certificate:
            self._server.socket = certificate.server_context().wrap_socket(
                self._server.socket, server_side=True
            )
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def shops():
    made = []

    def open_shop(certificate=None):
        made.append(Shop(certificate))
        return made[-1]

    yield open_shop
    for one in made:
        one.close()


def line(shop, scheme="https", host="localhost", **more):
    return StoreLine(
        Store(name="kiln", kind="woocommerce", address=f"{scheme}://{host}:{shop.port}/shop/", **more)
    )


def test_a_certificate_of_an_unknown_authority_is_refused_before_the_key_is_sent(shops, authority):
    shop = shops(authority.certificate("store"))
    with line(shop) as way, pytest.raises(NotTrusted) as error:
        way.get("orders", headers=KEY)
    assert shop.asked == []
    assert "ca_file" in error.value.todo
    assert error.value.safe == "The key was not sent."


def test_only_an_authority_or_a_fingerprint_in_the_settings_is_trusted(shops, authority):
    certificate = authority.certificate("store")
    shop = shops(certificate)
    with line(shop, ca_file=str(authority.ca_file)) as way:
        assert way.get("orders", {"page": "1"}, KEY).status == 200
    assert shop.asked == [("/shop/orders?page=1", KEY["Authorization"])]
    pin = fingerprint(ssl.PEM_cert_to_DER_cert(certificate.cert.read_text()))
    with line(shop, pin=pin) as way:
        assert way.get("orders", headers=KEY).body == b"[]"
    with line(shop, pin="ab" * 32) as way, pytest.raises(NotTrusted) as error:
        way.get("orders", headers=KEY)
    assert error.value.seen == pin


@pytest.mark.parametrize(
    ("more", "words"), [({"expired": True}, "has expired"), ({"host": "other.example"}, "another name")]
)
def test_a_certificate_that_expired_or_is_made_out_to_another_is_refused(more, words, shops, authority):
    shop = shops(authority.certificate("bad", **more))
    with line(shop, ca_file=str(authority.ca_file)) as way, pytest.raises(NotTrusted, match=words):
        way.get("orders", headers=KEY)
    assert shop.asked == []


def test_a_server_without_tls_and_a_missing_file_are_named(shops, tmp_path):
    shop = shops()
    with line(shop) as way, pytest.raises((NotEncrypted, Offline)):
        way.get("orders", headers=KEY)
    with line(shop, ca_file=str(tmp_path / "none.pem")) as way, pytest.raises(ConfigError):
        way.get("orders", headers=KEY)
    assert all(key is None for _, key in shop.asked)


@pytest.mark.parametrize(
    "address",
    [
        "http://shop.example",
        "ftp://shop.example",
        "shop.example",
        "https://me:secret@shop.example",
        "https://",
    ],
)
def test_an_address_without_tls_or_with_a_password_is_refused_as_a_setting(address):
    from deskterm.config.setting import setting

    assert setting(Store, "address").complaint("address", address)


def test_a_redirect_within_the_shop_is_followed_one_to_another_host_is_not(shops):
    shop, other = shops(), shops()
    shop.answers = [(301, {"Location": "/shop/orders/"}, b"")]
    with line(shop, "http", "127.0.0.1") as way:
        assert way.get("orders", headers=KEY).status == 200
        shop.answers = [(302, {"Location": f"http://127.0.0.1:{other.port}/orders"}, b"")]
        with pytest.raises(ServerRefused, match="sends us on to"):
            way.get("orders", headers=KEY)
        shop.answers = [(302, {"Location": "/again"}, b"")] * 9
        with pytest.raises(ServerNonsense, match="in a circle"):
            way.get("orders", headers=KEY)
    assert other.asked == []


def test_a_body_is_never_sent_on_by_a_redirect(shops):
    shop = shops()
    shop.answers = [(307, {"Location": "/shop/refunds/"}, b"")]
    with line(shop, "http", "127.0.0.1") as way, pytest.raises(ServerRefused):
        way.post("refunds", b"{}", KEY)
    assert len(shop.asked) == 1


def test_an_endless_answer_is_cut_off(shops, monkeypatch):
    monkeypatch.setattr(http, "_MOST_BYTES", 1000)
    shop = shops()
    shop.answers = [(200, {}, b"[" + b" " * 5000 + b"]")]
    with line(shop, "http", "127.0.0.1") as way, pytest.raises(ServerNonsense, match="without end"):
        way.get("orders")


def test_a_connection_cut_in_an_answer_is_lost(shops):
    shop = shops()
    shop.answers = [(200, {"Content-Length": "500", "Connection": "close"}, b"[")]
    with line(shop, "http", "127.0.0.1") as way, pytest.raises(Offline):
        way.get("orders")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b' \n{"a": 1}', BodyKind.JSON), (b"\xef\xbb\xbf[]", BodyKind.JSON), (b"<!DOCTYPE html>", BodyKind.HTML),
        (b"<HTML>", BodyKind.HTML), (b"<br />\n<b>Warning</b>[]", BodyKind.TEXT), (b"Error", BodyKind.TEXT), (b" ", BodyKind.EMPTY),
    ],
)  # fmt: skip
def test_a_body_is_recognised_by_its_type_and_content(body, kind):
    assert http.StoreAnswer("shop", 200, {}, body).kind is kind


@pytest.mark.parametrize(
    ("text", "seconds"), [("30", 30), ("", 0), ("soon", 0), ("-5", 0), ("99999999999", 0)]
)
def test_a_servers_wait_is_read_from_its_header(text, seconds):
    assert http.StoreAnswer("shop", 429, {"retry-after": text}, b"").wait == seconds
