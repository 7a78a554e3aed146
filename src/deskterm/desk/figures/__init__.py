"""The evidence for figures, and the samples that are kept up to date."""
