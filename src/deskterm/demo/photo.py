"""A photo of a broken mug, drawn and written as PNG (RFC 2083) without a library."""

import struct
import zlib

_WIDTH, _HEIGHT = 200, 160
_TABLE, _WALL, _CLAY, _SHADE, _CRACK = (
    (142, 104, 70),
    (226, 222, 214),
    (205, 190, 168),
    (172, 156, 134),
    (52, 40, 34),
)


def broken_mug() -> bytes:
    """A mug on a table, cracked from rim to foot, its handle lying beside it."""
    rows = b"".join(
        b"\0" + bytes(value for x in range(_WIDTH) for value in _pixel(x, y)) for y in range(_HEIGHT)
    )
    size = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    parts = (_chunk(b"IHDR", size), _chunk(b"IDAT", zlib.compress(rows, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _pixel(x: int, y: int) -> tuple[int, int, int]:
    if _draw_crack(x, y):
        return _CRACK
    if 60 <= x < 120 and 40 <= y < 120:  # noqa: PLR2004 - the mug
        return _SHADE if x > 105 or y < 44 or (x * 7 + y * 13) % 97 == 0 else _CLAY  # noqa: PLR2004
    if 13**2 <= (x - 152) ** 2 + (y - 118) ** 2 <= 19**2 and x > 148:  # noqa: PLR2004 - the handle
        return _SHADE
    return _TABLE if y > 112 else _WALL  # noqa: PLR2004


def _draw_crack(x: int, y: int) -> bool:
    """A jagged line down the mug."""
    way = 88 + (y % 22 if y // 22 % 2 else 22 - y % 22) // 2 - y // 9
    return 40 <= y < 120 and abs(x - way) < 2  # noqa: PLR2004 - its height and width


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
