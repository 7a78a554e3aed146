"""How the desk comes to its figures: the evidence, and samples that are kept up to date."""
