"""What screens are built from: values in, messages out.

Everything that can be long draws its own lines, and only those in view (`drawing/lines.py`). Text is measured
in terminal cells (`drawing/cells.py`); colours come only from `look/`.
"""
