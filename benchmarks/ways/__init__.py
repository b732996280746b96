"""One module a tool: how it does each task."""
