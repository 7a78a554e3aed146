"""The secrets file: passwords under a passphrase (scrypt, RFC 7914; Fernet)."""

import base64
import hashlib
import json
import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from deskterm.config.files import write_private
from deskterm.config.secret.passphrase import VARIABLE
from deskterm.errors import SecretError, WrongPassphrase

_COST = 2**15
_BLOCK = 8
_MEMORY = 64 * 1024 * 1024


def write(path: Path, passphrase: str, passwords: dict[str, str]) -> None:
    """Encrypt the passwords into the file (0600), with a new salt."""
    salt = os.urandom(16)
    sealed = Fernet(_key(passphrase, salt)).encrypt(json.dumps(passwords).encode())
    content = {"scheme": "scrypt-fernet-1", "salt": salt.hex(), "sealed": sealed.decode()}
    write_private(path, json.dumps(content).encode())


def read_passwords(path: Path, passphrase: str) -> dict[str, str]:
    """The passwords in the file, by mailbox. Raises SecretError for a wrong passphrase or a broken file."""
    try:
        content = json.loads(path.read_bytes())
        salt, sealed = bytes.fromhex(content["salt"]), content["sealed"]
    except (OSError, ValueError, KeyError, TypeError):
        raise SecretError(
            f"The secrets file {path} is missing or unreadable.", todo="Run `deskterm setup`."
        ) from None
    try:
        passwords: dict[str, str] = json.loads(Fernet(_key(passphrase, salt)).decrypt(sealed))
    except (InvalidToken, ValueError):
        raise WrongPassphrase(
            "The passphrase does not open the secrets file.",
            safe="The file is left as it is.",
            todo="Type it again; for an open desk quit and start deskterm again: it asks again "
            f"(unless {VARIABLE} is set). "
            f"If it is lost, delete {path} and run `deskterm setup`.",
        ) from None
    return passwords


def opens(path: Path, passphrase: str) -> bool:
    """Whether the passphrase is the file's own; also where there is no sound file: another would not help."""
    try:
        read_passwords(path, passphrase)
    except WrongPassphrase:
        return False
    except SecretError:
        return True
    return True


def _key(passphrase: str, salt: bytes) -> bytes:
    key = hashlib.scrypt(passphrase.encode(), salt=salt, n=_COST, r=_BLOCK, p=1, maxmem=_MEMORY, dklen=32)
    return base64.urlsafe_b64encode(key)
