"""Passwords: from the keyring, from a command, or from a file under a passphrase."""

import shlex
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from threading import Thread

from deskterm.config.all_settings import Mailbox
from deskterm.config.paths import Home
from deskterm.config.secret import passphrase, tokens
from deskterm.config.secret.passphrase import VARIABLE as PASSPHRASE
from deskterm.config.secret.place import SecretPlace
from deskterm.config.secret.tokens import Tokens
from deskterm.errors import CannotAsk, DiskFull, SecretError

SERVICE = "deskterm"
Renew = Callable[[Mailbox, Tokens], Tokens]
_SPARE = 120  # seconds for which a token must still be valid to be used
_PATIENCE = 60  # seconds a password command may take: it may ask for a key's PIN
_ELSEWHERE = 'Set `secret = "command"` or `secret = "file"` for it in config.toml.'


class Secrets:
    """The passwords of one home, each fetched once a process.

    `ask` is called with a question when the secrets file's passphrase is not in
    DESKTERM_PASSPHRASE; without it the owner cannot be asked. `renew` asks the
    issuer of a mailbox's tokens for a new one. Everything that fails raises
    SecretError, whose words never hold the secret, or what `renew` raises.
    """

    def __init__(
        self, home: Home, ask: Callable[[str], str] | None = None, renew: Renew | None = None
    ) -> None:
        self.home = home
        self._ask = ask
        self._renew = renew
        self._passphrase: str | None = None  # empty: asked for but not given
        self._known: dict[str, str] = {}

    def __getstate__(self) -> dict[str, object]:
        """What is pickled for a child process: everything except the way to ask the owner."""
        return {**self.__dict__, "_ask": None, "_passphrase": self._passphrase or passphrase.current()}

    def password(self, mailbox: Mailbox) -> str:
        """The secret to log in to a mailbox: its password, or with OAuth2 a token that is still valid."""
        if mailbox.oauth:
            return self._access(mailbox)
        return self.secret(mailbox)

    def secret(self, place: SecretPlace) -> str:
        """The secret kept at a place: a password, or the secret of a store's key."""
        if place.name not in self._known:
            fetch = {"keyring": _from_keyring, "command": self._from_command, "file": self._from_file}
            self._known[place.name] = fetch[place.secret](place)
        return self._known[place.name]

    def keep(self, place: SecretPlace, secret: str) -> None:
        """Store a secret at its place, unless a command provides it."""
        if place.secret == "keyring":
            _into_keyring(place, secret)
        elif place.secret == "file":
            self._phrase()  # asked for before others have to wait
            with tokens.refresh_lock(self.home):
                kept = self._read_file() if self.home.secrets_file.exists() else {}
                self._write_file({**kept, place.name: secret})
        self._known[place.name] = secret

    def drop(self, place: SecretPlace) -> None:
        """Forget a secret that was refused, so that it is fetched again next time."""
        self._known.pop(place.name, None)

    def forget(self, mailbox: Mailbox) -> None:
        """Forget a mailbox's secret that the server refused, so that it is fetched again next time."""
        known = self._known.pop(mailbox.name, None)
        if mailbox.oauth and known:
            with suppress(SecretError, DiskFull):
                self._spend(mailbox, tokens.from_text(known, mailbox.name).access)

    def login(self, mailbox: Mailbox) -> Tokens:
        """The stored OAuth2 login of a mailbox."""
        fetch = {"keyring": _from_keyring, "file": self._from_file}[mailbox.secret]
        return tokens.from_text(fetch(mailbox), mailbox.name)

    def require_store(self, place: SecretPlace) -> None:
        """Raise SecretError if a secret could not be stored at a place now, before one is created."""
        if place.secret == "keyring":
            _backend()
        elif place.secret == "file" and self.home.secrets_file.exists():
            self._read_file()
        elif place.secret == "file":
            self._phrase()

    def is_locked(self, place: SecretPlace) -> bool:
        """Whether the secret at a place is under a passphrase that nobody can be asked for."""
        given = self._passphrase or self._ask or passphrase.current()
        return place.secret == "file" and not given

    def keep_login(self, mailbox: Mailbox, login: Tokens) -> None:
        """Store an OAuth2 login, replacing the one before."""
        self.keep(mailbox, tokens.to_text(login))

    def _access(self, mailbox: Mailbox) -> str:
        known = self._known.get(mailbox.name)
        login = tokens.from_text(known, mailbox.name) if known else self.login(mailbox)
        if login.until - time.time() < _SPARE:
            login = self._renew_token(mailbox)
        self._known[mailbox.name] = tokens.to_text(login)
        return login.access

    def _renew_token(self, mailbox: Mailbox) -> Tokens:
        """Get a new token. It is stored before it is used, because the old one may be void by now."""
        if self._renew is None:
            raise SecretError(f'The token of "{mailbox.name}" is spent.', todo="Run `deskterm sync`.")
        with tokens.refresh_lock(self.home, mailbox.name):
            login = self.login(mailbox)
            if login.until - time.time() < _SPARE:  # else another process has just done it
                login = self._renew(mailbox, login)
                self.keep_login(mailbox, login)
        return login

    def _spend(self, mailbox: Mailbox, access: str) -> None:
        """Mark a token as void that the server refused."""
        with tokens.refresh_lock(self.home, mailbox.name):
            login = self.login(mailbox)
            if login.access == access:
                self.keep_login(mailbox, replace(login, until=0))
        self._known.pop(mailbox.name, None)

    def _from_file(self, place: SecretPlace) -> str:
        kept = self._read_file()
        if place.name not in kept:
            raise SecretError(
                f'The secrets file holds no password for "{place.name}".', todo="Run `deskterm setup`."
            )
        return kept[place.name]

    def _from_command(self, place: SecretPlace) -> str:
        """The first line the command prints. Run without a shell, in the settings' folder.

        A program of the command's name that lies in the current folder is none of the owner's.
        """
        try:
            words = shlex.split(place.password_command)
            ran = subprocess.run(  # noqa: S603 - the owner's own command, from a 0600 file
                words,
                stdout=subprocess.PIPE,
                stdin=subprocess.DEVNULL,
                check=True,
                timeout=_PATIENCE,
                cwd=self.home.config_folder,
            )
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            raise SecretError(
                f'The password command of "{place.name}" failed ({_ending(error)}).',
                safe="Nothing was sent or fetched.",
                todo="Run it in a terminal: it must print the password and end.",
            ) from None
        password = ran.stdout.decode(errors="replace").partition("\n")[0].rstrip("\r")
        if not password:
            raise SecretError(f'The password command of "{place.name}" printed nothing.', todo="Mend it.")
        return password

    def _read_file(self) -> dict[str, str]:
        from deskterm.config.secret import file as secrets_file  # noqa: PLC0415 - cryptography, only for this kind

        return secrets_file.read_passwords(self.home.secrets_file, self._phrase())

    def _write_file(self, kept: dict[str, str]) -> None:
        from deskterm.config.secret import file as secrets_file  # noqa: PLC0415 - as above

        secrets_file.write(self.home.secrets_file, self._phrase(), kept)

    def _phrase(self) -> str:
        if not self._passphrase and passphrase.current() is not None:
            self._passphrase = passphrase.current()
        if not self._passphrase and self._ask:
            self._passphrase = self._ask("Passphrase of deskterm's secrets file: ")
        if self._passphrase:
            return self._passphrase
        what, safe = "The secrets file needs its passphrase.", "Nothing was sent or fetched."
        if self._passphrase is None:
            raise CannotAsk(
                what, safe=safe, todo=f"Set {PASSPHRASE}, or run it in a terminal: there it asks."
            )
        raise SecretError(what, safe=safe, todo="Quit and start deskterm again: it asks again.")


def _ending(error: Exception) -> str:
    match error:
        case subprocess.CalledProcessError():
            return f"exit status {error.returncode}"
        case subprocess.TimeoutExpired():
            return f"no answer within {_PATIENCE} s"
        case OSError():
            return error.strerror or "not found"
    return "it cannot be split into words"


def _entry(place: SecretPlace) -> str:
    """Its name in the keyring: two desks on one machine may both have a mailbox `main`."""
    return f"{place.name} {place.address}".strip()


def _from_keyring(place: SecretPlace) -> str:
    import keyring.errors  # noqa: PLC0415 - slow, and only for this kind

    try:
        password: str | None = _read_with_timeout(_backend().get_password, _entry(place))
    except keyring.errors.KeyringError as error:
        raise _keyring_failed(error) from None
    if not password:
        raise SecretError(f'The keyring holds no password for "{place.name}".', todo="Run `deskterm setup`.")
    return password


def _read_with_timeout(fetch: Callable[[str, str], str | None], name: str) -> str | None:
    """Read the keyring with a timeout: a locked one blocks on a prompt."""
    found: Future[str | None] = Future()

    def work() -> None:
        try:
            found.set_result(fetch(SERVICE, name))
        except Exception as error:  # noqa: BLE001 - a keyring's backend may raise anything; raised by whoever waits
            found.set_exception(error)

    Thread(target=work, name="keyring", daemon=True).start()  # it may stay; the program ends without it
    try:
        return found.result(_PATIENCE)
    except TimeoutError:
        raise SecretError(
            f"The keyring gave no answer within {_PATIENCE} s: it is locked.",
            safe="Nothing was sent or fetched.",
            todo=f"Unlock it by logging in. Or: {_ELSEWHERE}",
        ) from None


def _into_keyring(place: SecretPlace, password: str) -> None:
    import keyring.errors  # noqa: PLC0415 - as above

    try:
        _backend().set_password(SERVICE, _entry(place), password)
    except keyring.errors.KeyringError as error:
        raise _keyring_failed(error) from None


def _keyring_failed(error: Exception) -> SecretError:
    return SecretError(
        f"The keyring refused ({type(error).__name__}).",
        todo=f"Unlock it. Or: {_ELSEWHERE}",
    )


def has_keyring() -> bool:
    """Whether this machine has a keyring that is safe for passwords."""
    try:
        _backend()
    except SecretError:
        return False
    return True


def _backend() -> "keyring.backend.KeyringBackend":  # type: ignore[name-defined] # noqa: F821
    """The first real keyring; never keyrings.alt, which stores passwords in plain text."""
    import keyring  # noqa: PLC0415 - as above

    chosen = keyring.get_keyring()
    for backend in (*getattr(chosen, "backends", ()), chosen):
        module = type(backend).__module__
        if not module.startswith(("keyrings.alt", "keyring.backends.fail", "keyring.backends.null")) and (
            not module.startswith("keyring.backends.chainer")
        ):
            return backend
    raise SecretError("This machine has no keyring.", todo=_ELSEWHERE)
