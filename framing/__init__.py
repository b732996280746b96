"""Show how news sources frame the same world."""
