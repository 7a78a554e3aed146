"""Every screen on a large terminal, in all colours, 256, 16 and none, as they were looked at."""

from snapshots.walking import WIDE, look_at_every_place


async def test_every_place(request, tmp_path):
    await look_at_every_place(request, tmp_path, WIDE)
