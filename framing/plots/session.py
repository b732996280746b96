"""The code of a notebook that led to a figure: the running cell and what it builds on."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Sequence

LONGEST = 200
SETTERS = {"paper", "palette"}
"""Functions of the toolkit that change the look of what follows."""

_PATH = re.compile(r"(?:~[\w.-]*[\\/]|/\w|[A-Za-z]:[\\/]|\\\\|file:)")
_SECRET = re.compile(r"passw|token(?!s|i)|secret|credential|\bkey\b|api_?key", re.IGNORECASE)


def code_of_session() -> list[str] | None:
    """Return the statements that led to what the running cell makes; None outside a notebook.

    They are those of `chain` on the cells run so far.
    """
    ipython = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    cells = None if shell is None else shell.user_ns.get("In")
    if not isinstance(cells, list) or not cells:
        return None
    return chain([str(cell) for cell in cells])


def chain(cells: Sequence[str]) -> list[str]:
    """Return the statements of the last cell, and those before that made what they use.

    A name is followed back to where it was last assigned, and on from there. Comments are gone.
    Of a path only its last part is kept; what looks like a password, and texts of more than 200
    signs, are written as ``…``.

    Parameters
    ----------
    cells
        The source of the cells in the order in which they were run; one that is no Python counts
        as empty.

    Returns
    -------
    list of str
        One statement each.

    Examples
    --------
    >>> chain(["a = 1", "b = read('/data/mine/b.csv')", "print(a)", "plot(b)"])
    ["b = read('…/b.csv')", 'plot(b)']
    """
    earlier = [one for cell in cells[:-1] for one in _statements(cell)]
    kept = _statements(cells[-1])
    needed = {name for one in kept for name in _loaded(one)}
    for one in reversed(earlier):
        made, changed = _stored(one), _changed(one)
        if (made | changed) & needed or _sets_looks(one):
            kept.insert(0, one)
            if not isinstance(one, ast.AugAssign | ast.If | ast.For | ast.While | ast.Try):
                needed -= made
            needed |= _loaded(one)
    return [ast.unparse(ast.fix_missing_locations(_Quiet().visit(one))) for one in kept]


def _statements(cell: str) -> list[ast.stmt]:
    """Return the statements of a cell; none where it is no Python."""
    try:
        return ast.parse(cell).body
    except (SyntaxError, ValueError, RecursionError):
        return []


def _loaded(one: ast.stmt) -> set[str]:
    """Return the names that a statement reads."""
    found = {
        node.id
        for node in ast.walk(one)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    return found | ({one.target.id} if _adds_to_name(one) else set())  # type: ignore[attr-defined]


def _adds_to_name(one: ast.stmt) -> bool:
    return isinstance(one, ast.AugAssign) and isinstance(one.target, ast.Name)


def _stored(one: ast.stmt) -> set[str]:
    """Return the names that a statement gives a value, by assignment, import or definition."""
    found: set[str] = set()
    for node in ast.walk(one):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
    return found


def _changed(one: ast.stmt) -> set[str]:
    """Return the names of what a statement changes in a part, as in ``table["x"] = 1``."""
    found = set()
    for node in ast.walk(one):
        if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
            base: ast.expr = node
            while isinstance(base, ast.Subscript | ast.Attribute):
                base = base.value
            if isinstance(base, ast.Name):
                found.add(base.id)
    return found


def _sets_looks(one: ast.stmt) -> bool:
    """Tell whether a statement is a call that changes the look of what follows."""
    call = one.value if isinstance(one, ast.Expr) else None
    if not isinstance(call, ast.Call):
        return False
    return getattr(call.func, "attr", getattr(call.func, "id", None)) in SETTERS


class _Quiet(ast.NodeTransformer):
    """Takes paths, passwords and long texts out of statements."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """Return a text that may be shown."""
        if isinstance(node.value, bytes):
            return ast.Constant("…")
        if not isinstance(node.value, str):
            return node
        text = re.sub(r"(?<=://)[^/@\s]*@", "…@", node.value)
        if _PATH.match(text) and len(text) > 1:
            text = "…/" + re.split(r"[\\/]", text.rstrip("\\/"))[-1]
        return ast.Constant(text if len(text) <= LONGEST else "…")

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.JoinedStr:
        """Return a text with values in it, without the paths in front of them."""
        self.generic_visit(node)
        for part in node.values:
            if isinstance(part, ast.Constant) and str(part.value).startswith("…/"):
                part.value = "…/"
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.keyword:
        """Return an argument whose name may be one of a password."""
        if node.arg is not None and _SECRET.search(node.arg) and _has_text(node.value):
            return ast.keyword(node.arg, ast.Constant("…"))
        self.generic_visit(node)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.Assign:
        """Return an assignment whose name may be one of a password."""
        names = " ".join(ast.unparse(target) for target in node.targets)
        if _SECRET.search(names) and _has_text(node.value):
            return ast.Assign(node.targets, ast.Constant("…"))
        self.generic_visit(node)
        return node


def _has_text(value: ast.AST) -> bool:
    return any(isinstance(one, ast.Constant) and isinstance(one.value, str | bytes)
               for one in ast.walk(value))  # fmt: skip
