"""TLS contexts: certificates are verified or pinned, nothing below TLS 1.2."""

import hashlib
import ssl
from typing import Self, cast

from deskterm.errors import ConfigError


class NotPinned(ssl.SSLCertVerificationError):
    """The server's certificate is not the pinned one. `seen` is its SHA-256 fingerprint, as `AB:CD:...`."""

    def __init__(self, seen: str) -> None:
        super().__init__(1, "the certificate is not the pinned one")
        self.seen = seen


def context(ca_file: str, pin: str = "") -> ssl.SSLContext:
    """A context that trusts the machine's authorities, or the given file's alone.

    With a `pin` (a SHA-256 fingerprint) it trusts that one certificate, whoever vouches for
    it and whatever its name: the handshake ends in NotPinned with any other.
    """
    if pin:
        made: ssl.SSLContext = _Pinning(pin)
    else:
        try:
            made = ssl.create_default_context(cafile=ca_file or None)
        except (OSError, ssl.SSLError) as error:
            raise ConfigError(
                f"The certificate file {ca_file} cannot be read.",
                safe="No connection was made.",
                todo="Name a PEM file with the authority's certificate as `ca_file`, or leave it out.",
            ) from error
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    return made


def fingerprint(certificate: bytes) -> str:
    """A certificate's SHA-256 fingerprint, as `AB:CD:...`."""
    return hashlib.sha256(certificate).digest().hex(":").upper()


class _Socket(ssl.SSLSocket):
    """For imaplib: a socket whose handshake also checks the pinned certificate."""

    def do_handshake(self, block: bool = False) -> None:  # noqa: FBT001, FBT002 - as ssl has it
        super().do_handshake(block)
        _hold(self)


class _Object(ssl.SSLObject):
    """For asyncio, the same."""

    def do_handshake(self) -> None:
        super().do_handshake()
        _hold(self)


class _Pinning(ssl.SSLContext):
    """Verifies by fingerprint alone."""

    sslsocket_class = _Socket
    sslobject_class = _Object
    pin: str

    def __new__(cls, pin: str) -> Self:
        made = super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)
        made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
        made.pin = pin
        return made


def _hold(line: ssl.SSLSocket | ssl.SSLObject) -> None:
    """Raise NotPinned unless the server's certificate is the pinned one."""
    seen = fingerprint(line.getpeercert(binary_form=True) or b"")
    if seen.replace(":", "") != cast("_Pinning", line.context).pin.replace(":", "").upper():
        raise NotPinned(seen)
