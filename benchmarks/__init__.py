"""Runnable measurements. They print ratios to a floor measured in the same run: machines are noisy."""
