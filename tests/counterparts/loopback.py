"""An HTTP server on loopback that fails on purpose: the base of the stores' counterparts.

`faults` are taken one after the other by requests whose text holds `on`: `("cut before", on)` drops the
request unheard, `("cut after", on)` does what is asked and says nothing, `("cut within", on)` breaks off in
the middle of the answer, `("late", on)` drops it and does what is asked when `finish_late` is called, `("500", on)` answers with that status and does nothing, `("500 after", on)` does it
first, `("html", on)` sends a web page, `(status, headers, body)` as third part sends just that.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<!DOCTYPE html><html><body><h1>Back soon</h1></body></html>"


class Loopback:
    """`answer(method, path, headers, body)` gives status, headers and a body (bytes, or JSON)."""

    def __init__(self, answer):
        self.answer, self.asked, self.faults, self.late = answer, [], [], []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def fault(self, kind, on="", times=1, given=None):
        self.faults += [(kind, on, given)] * times

    def finish_late(self):
        """Let requests that were cut but are still being processed take effect now."""
        with self._lock:
            for given in self.late:
                self.answer(*given)
            self.late.clear()

    def take_fault(self, text):
        for fault in self.faults:
            if fault[1] in text:
                self.faults.remove(fault)
                return fault
        return None

    def respond(self, handler, method):
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        text = f"{method} {handler.path} {body.decode(errors='replace')}"
        with self._lock:
            self.asked.append((method, handler.path, body.decode(errors="replace")))
            fault = self.take_fault(text)
            kind = fault[0] if fault else ""
            early = {"html": (200, {"Content-Type": "text/html"}, PAGE), "given": fault and fault[2]}
            if kind.isdigit():
                early[kind] = (int(kind), {}, {"errors": "trouble"})
            if kind == "late":
                self.late.append((method, handler.path, handler.headers, body))
            does = kind not in early and kind not in ("cut before", "late")
            said = self.answer(method, handler.path, handler.headers, body) if does else early.get(kind)
        if kind in ("cut before", "cut after", "late"):
            return cut(handler)
        if kind == "html after":
            said = (200, {"Content-Type": "text/html"}, PAGE)
        elif kind.endswith(" after"):
            said = (int(kind.split()[0]), {}, {"errors": "trouble"})
        return send(handler, *said, whole=kind != "cut within")

    def _handler(self):
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self):
                loopback.respond(self, "GET")

            def do_POST(self):
                loopback.respond(self, "POST")

            def do_PUT(self):
                loopback.respond(self, "PUT")

            def log_message(self, *args):
                pass

        return Handler


def cut(handler):
    handler.close_connection = True
    handler.connection.close()


def send(handler, status, headers, said, *, whole=True):
    data = said if isinstance(said, bytes) else json.dumps(said).encode()
    try:
        handler.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data if whole else data[: len(data) // 2])
    except OSError:  # whoever asked is gone: killed, say
        handler.close_connection = True
    if not whole:
        cut(handler)
