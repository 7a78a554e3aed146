"""What became of the first suggestion."""

from enum import IntEnum


class FirstOffer(IntEnum):
    """What became of the macro suggested for key 1."""

    REFUSED = 0  # another macro, or words of one's own
    TAKEN = 1  # as it is
    EDITED = 2
