"""Import the package before pytest imports its modules one by one.

Some functions bear the name of their module (`framing.keyness`). Were such a module the first thing
that pytest imports, it would take the function's place in the package.
"""

import framing  # noqa: F401
