"""What the screens are made of: values in, messages out.

All that can be long draws its own lines and only those in view (`lines`); text
is measured in terminal cells (`cells`), colours come from `theme` alone.
"""
