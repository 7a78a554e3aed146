"""The figures of a period: the stories of tickets, how they are counted, and the values that come out."""
