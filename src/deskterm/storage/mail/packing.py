"""Compressing a mail's bytes for the database, with zlib, fast."""

import zlib

try:  # ISA-L, where it is installed, writes the same format in a third of the time
    from isal.isal_zlib import compress
except ImportError:
    from zlib import compress

_LEVEL = 1
_SAMPLE = 4096  # that many bytes without a space are base64, in which searching for repetitions is useless


def pack(raw: bytes) -> bytes:
    """Compress a mail for the table `original`."""
    middle = len(raw) // 2
    letters = len(raw) > _SAMPLE and b" " not in raw[middle : middle + _SAMPLE]
    if not letters:
        return compress(raw, _LEVEL)
    packer = zlib.compressobj(_LEVEL, strategy=zlib.Z_HUFFMAN_ONLY)
    return packer.compress(raw) + packer.flush()
