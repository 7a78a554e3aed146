"""The look: the themes' shades for each number of colours, and their reduction for the terminal."""
