"""Finding mail: the search, similar past tickets, and the mail beside the hits."""
