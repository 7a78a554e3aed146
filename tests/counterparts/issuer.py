"""An issuer of OAuth2 tokens on loopback: the token endpoint, the device endpoint, and what Dovecot asks it."""

import base64
import hashlib
import itertools
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Issuer:
    """`user` is whom its tokens are for; refresh tokens change with each use (`rotates`) and old ones are void.

    `swap` maps a grant type (or "device") to answers (status, JSON) that are given first. `asked` are the forms.
    """

    def __init__(self, user, *, rotates=True, lasts=3600):
        self.user, self.rotates, self.lasts = user, rotates, lasts
        self.asked, self.swap = [], {}
        self.challenge, self.interval, self.expires = "", 5, 900
        self.access, self.refresh = set(), {"refresh-0"}
        self._numbers = itertools.count(1)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def revoke(self):
        """Make every token invalid."""
        self.access.clear()
        self.refresh.clear()

    def grant(self):
        number = next(self._numbers)
        self.access.add(f"access-{number}")
        answer = {"access_token": f"access-{number}", "expires_in": self.lasts, "token_type": "Bearer"}
        if self.rotates:
            self.refresh.clear()
        if self.rotates or not self.refresh:
            self.refresh.add(f"refresh-{number}")
            answer["refresh_token"] = f"refresh-{number}"
        return 200, answer

    def answer(self, path, form):
        self.asked.append(form)
        kind = "device" if path == "/device" else form["grant_type"].rsplit(":", 1)[-1]
        if self.swap.get(kind):
            return self.swap[kind].pop(0)
        match kind:
            case "device":
                return 200, {
                    "device_code": "d", "user_code": "KILN-42", "verification_uri": "https://login.example/device",
                    "expires_in": self.expires, "interval": self.interval,
                }  # fmt: skip
            case "refresh_token" if form["refresh_token"] not in self.refresh:
                return 400, {"error": "invalid_grant", "error_description": "Token has been revoked."}
            case "authorization_code" if self._verified(form):
                return 400, {"error": "invalid_grant"}
        return self.grant()

    def _verified(self, form):
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != self.challenge

    def _handler(self):
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                self._say(*issuer.answer(self.path, form))

            def do_GET(self):
                token = parse_qs(urlsplit(self.path).query).get("access_token", [""])[0]
                good = token in issuer.access
                self._say(
                    200 if good else 401, {"email": issuer.user} if good else {"error": "invalid_token"}
                )

            def _say(self, status, answer):
                content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        return Handler
