"""One claim under many choices, and one test for all of them."""

from __future__ import annotations

from framing.specification.curve import specification_curve
from framing.specification.joint import shuffle_labels, specification_test

__all__ = ["shuffle_labels", "specification_curve", "specification_test"]
