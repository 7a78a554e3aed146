"""The bytes of a mail in the database: one format, whoever writes it."""

import base64
import random
import zlib
from importlib import import_module

import pytest

from deskterm.storage.mail import packing

RAW = [
    b"",
    b"Subject: hello\r\n\r\n" + b"Where is my parcel? " * 300,
    base64.b64encode(random.Random(1).randbytes(30_000)),
]


@pytest.mark.parametrize("raw", RAW, ids=["nothing", "text", "letters"])
@pytest.mark.parametrize("by", ["isal.isal_zlib", "zlib"])
def test_a_packed_mail_is_unpacked_by_the_standard_library(raw, by, monkeypatch):
    monkeypatch.setattr(packing, "compress", import_module(by).compress)
    packed = packing.pack(raw)
    assert zlib.decompress(packed) == raw
    assert len(packed) <= 0.8 * len(raw) + 16
