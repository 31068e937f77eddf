"""First step: what was handed in, by whom, in which layout; and how to read a notebook."""
