"""The playbook as one document: tone, policies, procedures and letters, for somebody's first day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from deskterm.desk.shop import DeskContext
from deskterm.domain.documents.document import Block, BlockKind, Document, heading, text_block
from deskterm.domain.liquid.names import NAMES
from deskterm.domain.liquid.readable import show_placeholders
from deskterm.domain.people.language import NAMES as LANGUAGES
from deskterm.domain.people.language import language_of
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.sops.outcomes import FEWEST_RUNS, sum_up_runs
from deskterm.domain.sops.sop import Sop, Step
from deskterm.domain.text import block
from deskterm.errors import NotNow
from deskterm.storage import sops
from deskterm.storage.schema.database import Tx

TONE = "tone.md"  # beside the macros
_MOST = 64 * 1024
_NO_TONE = (
    "How the shop sounds is not written down yet. Write tone.md beside config.toml: how you greet customers, "
    "what you never say, what to do when somebody is angry, and one letter you are proud of."
)
_HEADING = re.compile(r"^#+[ \t]*", re.MULTILINE)


def write_handbook(shop: DeskContext, first_day: Sequence[Block] = ()) -> Document:
    """The document; `first_day` is what a first day needs before the procedures.

    NotNow if tone.md cannot be read.
    """
    book, name = shop.playbook.current(), shop.settings.shop.name
    with shop.db.read() as tx:
        procedures = [part for sop in book.sops.values() for part in _procedure(tx, shop, sop, book)]
    parts = (
        heading("How we sound"),
        *_tone(shop),
        heading("What we promise everybody"),
        Block(BlockKind.FACTS, "\n".join(_policies(shop))),
        *first_day,
        heading("Procedures"),
        text_block("Each is shown beside its tickets: s goes into it, Space ticks a step, Enter runs it."),
        *procedures,
        heading("Letters"),
        text_block(
            "Each is a macro: [brackets] are filled in from the order. Nothing is sent before "
            "it has been read on the review."
        ),
        *(part for macro in _by_category(book) for part in _letter(macro)),
    )
    day = f"{len(book.sops)} procedures and {len(book.macros)} letters"
    return Document(f"{name}: how we answer", f"For the first day. {day}.", parts)


def _tone(shop: DeskContext) -> Iterator[Block]:
    path = shop.home.config_folder / TONE
    try:
        text = block(path.read_text(encoding="utf-8-sig")[:_MOST]) if path.is_file() else ""
    except UnicodeDecodeError as error:
        raise NotNow(f"{TONE} is not UTF-8 text.", todo="Save it as UTF-8 in your editor.") from error
    except OSError as error:
        raise NotNow(f"{TONE} cannot be read: {error.strerror}.") from error
    yield text_block(_HEADING.sub("", text), language_of(text)) if text.strip() else text_block(_NO_TONE)
    if signature := shop.settings.shop.signature.strip():
        yield text_block("Every letter ends with:")
        yield _letter_text(signature)


def _policies(shop: DeskContext) -> Iterator[str]:
    policy = shop.settings.policy
    for name, value in asdict(policy).items():
        known = NAMES.get(f"policy.{name}")
        if known:
            words = f"{known.words[0].upper()}{known.words[1:]}".partition(",")[0]
            yield f"{words}\t{value or 'not set yet: write it into policy.toml'}"
    yield from (
        f"How long parcels take to {where}\t{words}" for where, words in policy.shipping_times_to.items()
    )
    for scope, most in (
        ("on one ticket", policy.goodwill_per_ticket),
        ("to one customer within a year", policy.goodwill_per_customer),
        ("to all customers within a month", policy.goodwill_per_month),
    ):
        if most:
            yield f"The most to give {scope} beyond what an order owes\t{most}"
    if days := shop.settings.shop.holidays:
        yield f"Closed on\t{', '.join(days)}"


def _procedure(tx: Tx, shop: DeskContext, sop: Sop, book: Playbook) -> Iterator[Block]:
    yield heading(sop.title, 3)
    about = f"For tickets of the category {', '.join(sop.categories)}." if sop.categories else ""
    record = sum_up_runs(sop, sops.runs(tx, sop.id, FEWEST_RUNS))
    so_far = record.words(shop.formats.duration, lambda name: _title(book, name)) + "." if record else ""
    yield text_block("\n\n".join(filter(None, (sop.intro, " ".join(filter(None, (about, so_far)))))))
    yield Block(BlockKind.STEPS, "\n".join(_step(one, book) for one in sop.steps))


def _step(step: Step, book: Playbook) -> str:
    """`Refund it (only if paid; ticks itself once refunded; in the store: refund)`."""
    notes = [f"only if {' and '.join(one.sentence for one in step.only)}"] if step.only else []
    notes += [f"ticks itself once {' and '.join(one.sentence for one in step.when)}"] if step.when else []
    notes += [f"letter: {_title(book, step.macro)}"] if step.macro else []
    notes += [f"in the store: {step.action.value}"] if step.action else []
    notes += [f"link: {NAMES[step.link].words if step.link in NAMES else step.link}"] if step.link else []
    notes += [f"file: {step.file}"] if step.file else []
    return f"{step.text} ({'; '.join(notes)})" if notes else step.text


def _title(book: Playbook, macro: str) -> str:
    return book.macros[macro].title if macro in book.macros else macro


def _by_category(book: Playbook) -> list[Macro]:
    return sorted(book.macros.values(), key=lambda one: (one.category, one.title))


def _letter(macro: Macro) -> Iterator[Block]:
    yield heading(macro.title, 3)
    needs = ", ".join(str(one) for one in macro.needs)
    rows = [f"About\t{macro.category}"] if macro.category else []
    rows += [f"Key\tm {macro.key}"] if macro.key else []
    rows += [f"Only for orders that are\t{needs}"] if needs else []
    rows += [f"Do first\t{claim}" for claim in macro.claims]
    also = ", ".join(LANGUAGES[one] for one, _ in macro.translations)
    rows += [f"Also in\t{also}"] if also else []
    if rows:
        yield Block(BlockKind.FACTS, "\n".join(rows))
    yield _letter_text(show_placeholders(macro.body).strip())


def _letter_text(text: str) -> Block:
    """A text that is sent, in its own language; the document around it is English."""
    return Block(BlockKind.LETTER, text, language=language_of(text))
