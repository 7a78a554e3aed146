"""Finding mail: the search, past tickets like one, and the mail beside what was found."""
