"""Sent mail as a shop leaves it: answers typed again and again with other names, and free ones between."""

import random
import re
from pathlib import Path

from deskterm.domain.suggest.origin import pairs_of

NAMES = (
    "Anna Ben Carla Dora Emil Finn Greta Hugo Ines Jonas Karim Lotte Mira Noor Otis Paula Quinn Rosa".split()
)
CARRIERS = "DHL UPS Hermes GLS PostNord Evri".split()
PLACEHOLDER = re.compile(r"\{\{\s*([\w.]+)[^}]*\}\}")
LIQUID = re.compile(r"\{%.*?%\}", re.DOTALL)
MACROS = Path(__file__).parents[3] / "macros"

WHO = "my sister|the carrier|our potter|the post office|a customer from Leeds|the weaver|my neighbour|the shop next door"
DID = "asked about|has looked at|found|painted|lost|packed|carried off|drew|praised|weighed|counted|mended"
WHAT = "the blue bowl|two parcels|a letter from June|the kiln|your drawing|the wool from Skye|an old invoice|the shelf"
WHEN = "this morning|on Tuesday|before the fair|in the rain|after lunch|for an hour|twice|last summer"
TAIL = "so I waited|and laughed|which was odd|as you said|but not the lid|with great care|without a word|like last year"
SMALL = [
    "Thank you for writing.",
    "I hope this helps.",
    "Have a nice weekend!",
    "Sorry for the wait.",
    "All the best from the workshop.",
]


def bodies() -> dict[str, str]:
    """Thirty letters by name, none much like another: those that ship, in several languages."""
    found = {}
    for path in sorted(MACROS.glob("*.md")):
        body = path.read_text("utf-8").split("---", 2)[2].strip()
        body = LIQUID.sub("", body)
        if len(body.split()) >= 45:
            found[path.stem] = body
    names = sorted(found)
    random.Random(7).shuffle(names)
    names.sort(key=lambda name: name != "order-cancelled")  # the one that a test names, whatever ships
    chosen: dict[str, str] = {}
    for name in names:
        own = pairs_of(found[name])
        if len(chosen) < 30 and all(len(own & pairs_of(other)) < 0.4 * len(own) for other in chosen.values()):
            chosen[name] = found[name]
    return chosen


def value(name: str, rnd: random.Random) -> str:
    date = f"{rnd.randrange(1, 28)} {rnd.choice('January March May July October'.split())} 2026"
    kinds = {
        "first_name": rnd.choice(NAMES),
        "order.number": str(rnd.randrange(1000, 9999)),
        "number": f"JD{rnd.randrange(10**9, 10**10)}",
        "carrier": rnd.choice(CARRIERS),
        "url": f"https://track.example/{rnd.randrange(10**6)}",
        "date": date,
        "total": f"€{rnd.randrange(10, 200)}.{rnd.randrange(10, 99)}",
        "refund": f"€{rnd.randrange(10, 200)}.{rnd.randrange(10, 99)}",
        **dict.fromkeys(("news_by", "shipped", "scan", "delivered", "cancelled", "by"), date),
    }
    other = rnd.choice(["2 × Mug", "1 × Wool throw", "3 × Plate", "the bowl"])
    return next((kinds[kind] for kind in kinds if kind in name), other)


def typed(body: str, rnd: random.Random) -> str:
    """A letter typed once more: other values, perhaps a sentence dropped, two swapped, a word of one's own."""
    text = PLACEHOLDER.sub(lambda found: value(found[1], rnd), body)
    parts = [part for part in text.split("\n\n") if part.strip()]
    sentences = [re.split(r"(?<=[.!?]) ", part) for part in parts]
    if rnd.random() < 0.25:
        long = max(sentences, key=len)
        if len(long) > 2:
            long.pop(rnd.randrange(1, len(long)))
    if rnd.random() < 0.15:
        long = max(sentences, key=len)
        if len(long) > 2:
            at = rnd.randrange(len(long) - 1)
            long[at], long[at + 1] = long[at + 1], long[at]
    if rnd.random() < 0.2:
        sentences.append([rnd.choice(SMALL)])
    return "\n\n".join(" ".join(one) for one in sentences)


def free(rnd: random.Random) -> str:
    parts = [WHO, DID, WHAT, WHEN, TAIL]
    told = [
        " ".join(rnd.choice(part.split("|")) for part in parts).capitalize() + "."
        for _ in range(rnd.randrange(2, 6))
    ]
    return f"Hello {rnd.choice(NAMES)},\n\n" + " ".join(told) + "\n\n" + rnd.choice(SMALL)


def sent(count: int, seed: int = 1, share: float = 0.6) -> list[tuple[tuple[str, ...], str]]:
    """That many answers, each with the names of its letters: none for a free one, sometimes two."""
    rnd = random.Random(seed)
    letters = bodies()
    names = list(letters)
    weights = [1 / (place + 3) for place in range(len(names))]
    found = []
    for _ in range(count):
        if rnd.random() < share:
            name = rnd.choices(names, weights)[0]
            text, made = typed(letters[name], rnd), (name,)
            if rnd.random() < 0.03:
                made = (name, rnd.choice(names))
                text += "\n\n" + typed(letters[made[1]], rnd)
            found.append((made, text))
        else:
            text = free(rnd)
            if rnd.random() < 0.03:
                text += "\n\n> " + typed(letters[rnd.choice(names)], rnd).replace("\n", "\n> ")
            found.append(((), text))
    return found
