"""Days on which the rules are tried, and what is written of them."""
