"""The bytes of a mail as the database keeps them: zlib, quickly."""

import zlib

_LEVEL = 1
_SAMPLE = 4096  # so many bytes without a space are base64, in which it is no use to look for what comes again


def pack(raw: bytes) -> bytes:
    """A mail as `original` keeps it."""
    middle = len(raw) // 2
    letters = len(raw) > _SAMPLE and b" " not in raw[middle : middle + _SAMPLE]
    strategy = zlib.Z_HUFFMAN_ONLY if letters else zlib.Z_DEFAULT_STRATEGY
    packer = zlib.compressobj(_LEVEL, strategy=strategy)
    return packer.compress(raw) + packer.flush()
