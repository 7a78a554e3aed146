"""The look: the themes' shades for each number of colours, and what of them reaches the terminal."""
