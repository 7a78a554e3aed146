"""Tests against stores that run for real. CI runs them by `make check-stores`, after `make check`."""

import os

collect_ignore = (
    ["test_vendure.py"] if os.environ.get("CI") == "true" and not os.environ.get("DESKTERM_VENDURE") else []
)
