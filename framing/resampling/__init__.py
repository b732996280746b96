"""The engine of comparisons: units taken whole, how far rates vary with them, and chance."""
