"""Charts: each draws a table of `framing.schema`, and computes nothing."""
