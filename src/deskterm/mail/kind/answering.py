"""Whether a mail may be answered by a machine (RFC 3834, 2): in doubt it may not."""

import re

from deskterm.mail.kind import signs
from deskterm.mail.values import Mail

_LISTS = (
    "list-id", "list-post", "list-help", "list-unsubscribe", "list-subscribe", "list-owner", "list-archive",
    "mailing-list", "x-mailing-list", "feedback-id", "x-loop", "x-beenthere",
)  # fmt: skip
_TO_MANY = frozenset({"bulk", "list", "junk", "auto_reply"})
_ANSWERERS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply",
    "x-mail-autoreply",
    "x-vacation",
)
_FEED = re.compile(
    r"^(?:owner-.*|.*-(?:request|owner|bounces?|relay)|mailer-daemon|postmaster|listserv|majordomo|root|daemon"
    r"|(?:.*[._+-])?(?:no-?_?reply|do-?not-?reply)(?:[._+-].*)?|bounces?(?:[._+-].*)?)$",
    re.IGNORECASE,
)


def forbids_automatic_answer(parsed: Mail) -> bool:
    """Whether headers or sender say that no machine is to answer: automatic, to many, from nobody.

    A person's mail with one weak sign stays a customer's; it is only not answered by itself.
    """
    submitted = parsed.header("auto-submitted").partition(";")[0].partition("(")[0].strip().lower()
    precedence = parsed.header("precedence").strip().lower().replace("-", "_")
    suppressed = parsed.header("x-auto-response-suppress").strip().lower()
    return (
        submitted not in ("", "no")
        or precedence in _TO_MANY
        or suppressed not in ("", "none")
        or parsed.header("return-path").strip() == "<>"
        or any(parsed.header(name) for name in (*_LISTS, *_ANSWERERS))
        or parsed.content_type in ("multipart/report", "message/delivery-status")
        or signs.is_forwarded(parsed)
        or _FEED.match(parsed.sender.address.rpartition("@")[0]) is not None
    )
