"""Every screen at the two usual sizes, in all colours, 256, 16 and none, as they were looked at."""

import pytest

from snapshots.walking import GOOD, SMALL, look_at_every_place, named


@pytest.mark.parametrize("size", [SMALL, GOOD], ids=named)
async def test_every_place(request, tmp_path, size):
    await look_at_every_place(request, tmp_path, size)
