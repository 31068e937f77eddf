"""Does a sentence hold? One boolean expression over the names of a notebook, and the values behind a no.

Imported by the kernel that runs the notebook, so it needs nothing but the course itself.
"""

import ast
from collections.abc import Iterator

import numpy as np
import pandas as pd

import ruspak

TOOLS = {
    "np": np,
    "pd": pd,
    "table": ruspak.table,
    "about": ruspak.about,
    "claims": ruspak.claims,
    "fact": ruspak.fact,
}
SHOWN = 300
COMPARING = {"eq", "ne", "lt", "le", "gt", "ge", "between", "isin"}


def error(expression: str, names: dict) -> str | None:
    """None where the expression is true; else what it is, with the values that were compared."""
    scope = {**names, **TOOLS}
    try:
        value = eval(expression, scope)
        if isinstance(value, bool | np.bool_):
            return (
                None
                if value
                else "false: " + "; ".join(_values(ast.parse(expression, mode="eval").body, scope))
            )
        return f"neither true nor false, but {_short(value)}"
    except Exception as raised:
        return f"fails with {type(raised).__name__}: {raised}"


def _values(node: ast.expr, scope: dict) -> Iterator[str]:
    """The operands of the comparisons in an expression that are not constants, with their values."""
    match node:
        case ast.BoolOp():
            for part in node.values:
                if not eval(ast.unparse(part), scope):
                    yield from _values(part, scope)
            return
        case ast.UnaryOp():
            parts = [node.operand]
        case ast.Compare():
            parts = [node.left, *node.comparators]
        case ast.Call(func=ast.Attribute(attr="all" | "any", value=ast.Compare() | ast.Call() as inner)):
            yield from _values(inner, scope)
            return
        case ast.Call(func=ast.Attribute(attr=method, value=inner)) if method in COMPARING:
            parts = [inner]
        case ast.Call(func=ast.Attribute(value=inner)):
            parts = [inner, *node.args]
        case ast.Call():
            parts = node.args
        case _:
            parts = [node]
    for part in parts:
        if not isinstance(part, ast.Constant):
            source = ast.unparse(part)
            yield f"{source} is {_short(eval(source, scope))}"


def _short(value) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
