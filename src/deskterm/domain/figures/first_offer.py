"""What became of the answer that was offered first."""

from enum import IntEnum


class FirstOffer(IntEnum):
    """What became of the macro that key 1 offered."""

    REFUSED = 0  # another macro, or words of one's own
    TAKEN = 1  # as it is
    EDITED = 2
