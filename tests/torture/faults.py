"""The faults. Each makes one run from a random number generator and says what was lost and doubled."""

import shutil
import signal
from contextlib import contextmanager, nullcontext
from functools import partial
from multiprocessing import get_context

from counterparts.chaos import Chaos
from counterparts.dovecot import OTHER, USER
from deskterm.storage.schema.migrate import open_database
from deskterm.sync.imap import login
from deskterm.sync.smtp import send
from torture import dying
from torture.scene import LATER, NOW, Found, Known, Scene

_CONTEXT = get_context("forkserver")
_STALL = 0.15  # seconds of patience where a line is held


def start():
    """The server that forks the processes to be killed: everything is imported there once."""
    _CONTEXT.set_forkserver_preload(
        ["torture.dying", "torture.scene", "deskterm.cli", "deskterm.cli.sync", "deskterm.cli.run_pass"]
    )


def smtp_cut(scene: Scene, *, reset=False, stall=False) -> Found:
    """The line to the SMTP server breaks at a random byte, from either side; then two deliveries without."""
    rng, home = scene.rng, scene.home()
    tls = rng.random() < 0.5
    db = open_database(home.database)
    queued = scene.queue(db, rng.randrange(1, 4), rng.choice((1, 100, 2000)))
    size = sum(len(raw) for _, raw in queued.values())
    theirs, ours = rng.randrange(1, 4500), rng.randrange(1, 1800 + size * 11 // 10)
    cut = {"cut_after": theirs} if rng.random() < 0.5 else {"ours": ours}
    chaos = Chaos(scene.smtp.port, reset=reset, stall=stall, **cut)
    try:
        scene.deliver(home, db, scene.sender(home, smtp_port=chaos.port))
    finally:
        chaos.close()
    for now in (LATER, 2 * LATER):
        scene.deliver(home, db, scene.sender(home), now)
    found = scene.counted(db, queued)
    db.close()
    _after(scene, home)
    found.hit = bool(chaos.cuts or stall)
    found.words += f" {cut} tls={tls}" if found.words else ""
    return found


def smtp_reset(scene):
    """The same with RST."""
    return smtp_cut(scene, reset=True)


def smtp_stall(scene):
    """The same, going silent."""
    kept, send.TIMEOUT = send.TIMEOUT, _STALL
    try:
        return smtp_cut(scene, stall=True)
    finally:
        send.TIMEOUT = kept


def smtp_killed(scene: Scene, where="statement") -> Found:
    """A kill -9 of a delivery at a statement, at a write to the wire, or at a moment."""
    rng, home = scene.rng, scene.home()
    db = open_database(home.database)
    queued = scene.queue(db, rng.randrange(1, 3), rng.choice((1, 500)))
    db.close()
    statement = rng.randrange(1, 75) if where == "statement" else 0
    write = (rng.randrange(1, 20), rng.randrange(3)) if where == "write" else None
    (home.root / "mail" / "cur").mkdir(parents=True)
    deliver = partial(
        dying.delivering, home.root, scene.sender(home), Known(), NOW, statement=statement, write=write
    )
    hit = _killed(deliver, (), rng.uniform(0.01, 0.12) if where == "moment" else None)
    db = open_database(home.database)
    for now in (LATER, 2 * LATER):
        scene.deliver(home, db, scene.sender(home), now)
    found = scene.counted(db, queued)
    db.close()
    _after(scene, home)
    found.hit = hit
    found.words += f" {where} {statement or write}" if found.words else ""
    return found


def smtp_killed_writing(scene):
    """At a write to the wire: before, midway, after."""
    return smtp_killed(scene, "write")


def smtp_killed_sometime(scene):
    """At a moment."""
    return smtp_killed(scene, "moment")


def copy_cut(scene: Scene) -> Found:
    """The reply goes out; the IMAP line for its copy in Sent breaks at a random byte."""
    rng, home = scene.rng, scene.home()
    db = open_database(home.database)
    queued = scene.queue(db, rng.randrange(1, 3))
    side = {"cut_after": rng.randrange(1, 7000)} if rng.random() < 0.5 else {"ours": rng.randrange(1, 4500)}
    chaos = Chaos(scene.dovecot.tls_port, reset=rng.random() < 0.5, **side)
    other = {"address": OTHER, "smtp_user": USER}  # whose mailbox is emptied after each run
    try:
        scene.deliver(home, db, scene.reader(port=chaos.port, **other))
    finally:
        chaos.close()
    for now in (LATER, 2 * LATER):
        scene.deliver(home, db, scene.reader(**other), now)
    found = scene.counted(db, queued)
    db.close()
    _copies(scene, queued, found, OTHER, "Gesendet")
    _after(scene, home)
    found.hit = bool(chaos.cuts)
    return found


def _copies(scene, queued, found, user, folder):
    """Each reply that went out must be in Sent once."""
    filed = scene.dovecot.mails(folder, user)
    sent = [raw for _, raw in queued.values() if any(one.raw == raw for one in scene.smtp.accepted)]
    missing = sum(raw not in filed for raw in sent) - found.uncertain
    if missing > 0:
        found.lost, found.words = found.lost + missing, f"{found.words} {missing} copies missing"
    found.doubled += max(0, len(filed) - len(set(filed)))
    with scene.dovecot.login(user) as client:
        client.select(folder)
        client.store("1:*", "+FLAGS", r"(\Deleted)") if filed else None
        client.expunge()


def imap_cut(scene: Scene, *, reset=False, stall=False) -> Found:
    """The line to the IMAP server breaks at a random byte, one to three times; then a pass without."""
    rng = scene.rng
    template = rng.choice((None, scene.half.root))
    home = scene.home(template)
    hit = False
    for _ in range(rng.randrange(1, 4)):
        side = (
            {"cut_after": rng.randrange(1, 70_000)}
            if rng.random() < 0.7
            else {"ours": rng.randrange(1, 5000)}
        )
        chaos = Chaos(scene.dovecot.tls_port, reset=reset, stall=stall, **side)
        try:
            with _patience(_STALL) if stall else nullcontext():
                scene.read(home, scene.reader(port=chaos.port))
        finally:
            chaos.close()
        hit = hit or bool(chaos.cuts) or stall
    return _read_on(scene, home, template, hit)


def imap_reset(scene):
    """The same with RST."""
    return imap_cut(scene, reset=True)


def imap_stall(scene):
    """The same, going silent."""
    return imap_cut(scene, stall=True)


@contextmanager
def _patience(seconds):
    """As long IMAP servers are waited for; the pass after is as patient as ever."""
    kept = login.TIMEOUT, login.CONNECT
    login.TIMEOUT = login.CONNECT = seconds
    try:
        yield
    finally:
        login.TIMEOUT, login.CONNECT = kept


def imap_killed(scene: Scene) -> Found:
    """A kill -9 of a pass at a statement."""
    rng = scene.rng
    template = rng.choice((None, scene.half.root))
    home = scene.home(template)
    hit = _killed(dying.reading, (scene.plan(home, scene.reader()), rng.randrange(1, 700)))
    return _read_on(scene, home, template, hit)


def sync_killed(scene: Scene) -> Found:
    """A kill -9 of the whole `deskterm sync`, mail in and a reply out, at a moment."""
    rng = scene.rng
    template = rng.choice((None, scene.half.root))
    home = scene.home(template)
    mailbox = scene.reader(sent="Archive")  # kept apart from the folder that all other runs read
    scene.settings_file(home, mailbox)
    db = open_database(home.database)
    queued = scene.queue(db, 1)
    db.close()
    hit = _killed(dying.syncing, (home.root,), rng.uniform(0.01, 0.4))
    scene.read(home, mailbox)
    db = open_database(home.database)
    scene.deliver(home, db, mailbox, LATER)
    found = scene.counted(db, queued)
    db.close()
    _copies(scene, queued, found, USER, "Archive")
    mails, _, _ = scene.standing(home)
    wanted = scene.dovecot.mails("INBOX")
    found.lost += sum(one not in mails for one in wanted)
    found.doubled += len(mails) - len(set(mails))
    found.hit = hit
    _after(scene, home)
    return found


def _read_on(scene, home, template, hit) -> Found:
    result = scene.read(home)
    found = scene.compared(home, template)
    found.hit = hit
    if result.failed:
        found.lost, found.words = found.lost + 1, f"{found.words} the pass after failed: {result.failed}"
    scene.gone(home)
    return found


def _killed(target, given, after=None) -> bool:
    """Run in a process of its own, killed from outside `after` seconds; whether it was killed."""
    child = _CONTEXT.Process(target=target, args=given)
    child.start()
    child.join(after if after is not None else 30)
    if child.is_alive():
        child.kill()
        child.join()
    killed = child.exitcode == -signal.SIGKILL
    child.close()
    return killed


def _after(scene, home):
    scene.smtp.accepted.clear()
    shutil.rmtree(home.root)


# name, run, how often beside the others, whether it needs Dovecot
ALL = (
    ("SMTP line cut at any byte (FIN)", smtp_cut, 12, False),
    ("SMTP line cut at any byte (RST)", smtp_reset, 12, False),
    ("SMTP line goes silent at any byte", smtp_stall, 2, False),
    ("kill -9 of a delivery at a statement", smtp_killed, 5, False),
    ("kill -9 of a delivery at a write", smtp_killed_writing, 5, False),
    ("kill -9 of a delivery at a moment", smtp_killed_sometime, 3, False),
    ("IMAP line cut while the copy is filed", copy_cut, 3, True),
    ("IMAP line cut at any byte (FIN)", imap_cut, 5, True),
    ("IMAP line cut at any byte (RST)", imap_reset, 5, True),
    ("IMAP line goes silent at any byte", imap_stall, 1, True),
    ("kill -9 of a pass at a statement", imap_killed, 4, True),
    ("kill -9 of `deskterm sync` at a moment", sync_killed, 2, True),
)
