"""A student's value as plain data: what the sandbox hands over, and all that judging ever sees.

The plain form is JSON with nothing left open:

- `null`, `true`, `false`, whole numbers below 2**63 in size, finite decimals, texts: themselves
- list, tuple, range, array, Index: `[plain, …]`
- `{"type": "ellipsis"}`, `{"type": "nan"}` (also NaT, pd.NA), `{"type": "infinity"}` (of either sign)
- `{"type": "date", "value": "2021-11-11"}`, with `T…` where there is a time of day
- `{"type": "set", "items": [plain, …]}`, `{"type": "mapping", "items": [[plain, plain], …]}`
- `{"type": "series" or "table", "index": parts, "columns": parts}`, parts being `[[name, [plain, …]], …]` of one
  length; a series has one column
- `{"type": "other" or "too big", "name": type}`, the name an ASCII identifier of at most 40 characters

One value costs LEAF and one more for each character; all together stay within BUDGET and nest at most DEPTH deep.
"""

import collections
import datetime
import decimal
import fractions
import json
import math
import re
import sys
from typing import Any

BUDGET, LEAF, DEPTH = 200_000, 20, 4
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}", re.ASCII)
DATE = re.compile(r"[-+:.T0-9]{4,40}", re.ASCII)
INDEXES = ("Index", "RangeIndex", "MultiIndex", "CategoricalIndex", "DatetimeIndex", "PeriodIndex")


class _TooBig(Exception):
    pass


def serialise(value: Any) -> Any:
    """The plain form of any object, in bounded time. Never raises.

    Types are compared by identity, so that no method of the student's classes is called: a subclass of `int` or
    `DataFrame` is "other", however it calls itself.
    """
    try:
        return _Walk().serialise(value, 0)
    except _TooBig:
        return {"type": "too big", "name": _name(value)}
    except Exception:  # whatever an exotic array or number may raise: it has no plain form
        return {"type": "other", "name": _name(value)}


def is_serialised(value: Any) -> bool:
    """Whether `value`, as json.loads gave it, keeps strictly to the plain form and its limits."""
    try:
        return _Walk().valid(value, 0)
    except _TooBig:
        return False


def _is(kind: type, known) -> bool:
    """Identity only: `in` would ask a metaclass's __eq__."""
    return any(kind is one for one in known)


def _name(value: Any) -> str:
    name = type.__dict__["__name__"].__get__(type(value))
    return name if NAME.fullmatch(name) else "object"


def _from(module: str, names) -> list[type]:
    """Types of a library, where it has been imported: else no value can be of them."""
    library = sys.modules.get(module)
    return [getattr(library, name) for name in names if hasattr(library, name)]


def _arrays() -> list[type]:
    """The array types that a column made by pandas can have; a student's own is not among them."""
    return _from("pandas.arrays", getattr(sys.modules.get("pandas.arrays"), "__all__", ()))


class _Walk:
    """One pass over one value, with its budget."""

    def __init__(self):
        self.left = BUDGET

    def spend(self, amount: int) -> None:
        self.left -= amount
        if self.left < 0:
            raise _TooBig

    def serialise(self, value: Any, depth: int) -> Any:
        if depth > DEPTH:
            raise _TooBig
        kind = type(value)
        self.spend(LEAF)
        if value is None or kind is bool:
            return value
        if kind is str:
            self.spend(len(value))
            return value.encode("utf-8", "replace").decode()  # lone surrogates can't be printed
        if kind is int:
            if value.bit_length() > 63:
                raise _TooBig
            return value
        if _is(kind, (float, decimal.Decimal, fractions.Fraction)):
            value = float(value)
            return (
                {"type": "nan"} if math.isnan(value) else {"type": "infinity"} if math.isinf(value) else value
            )
        if value is Ellipsis:
            return {"type": "ellipsis"}
        if _is(kind, (list, tuple, range)):
            self.afford(len(value))
            return self.many(value, depth)
        if _is(kind, (set, frozenset)):
            self.afford(len(value))
            return {"type": "set", "items": sorted(self.many(value, depth), key=json.dumps)}
        if _is(kind, (dict, collections.OrderedDict, collections.defaultdict, collections.Counter)):
            self.afford(2 * len(value))
            return {
                "type": "mapping",
                "items": [
                    [self.serialise(key, depth + 1), self.serialise(one, depth + 1)]
                    for key, one in dict.items(value)
                ],
            }
        if (
            kind is datetime.date or kind is datetime.datetime and value.tzinfo is None
        ):  # a time zone may be anything
            return self.date(value.isoformat())
        return self.numpy(value, kind, depth)

    def numpy(self, value: Any, kind: type, depth: int) -> Any:
        numpy = sys.modules.get("numpy")
        if numpy and kind is numpy.ndarray:
            self.afford(math.prod(max(1, size) for size in value.shape))
            return self.serialise(value.tolist(), depth)
        if numpy and _is(kind, numpy.sctypeDict.values()):
            if kind is numpy.datetime64:
                return {"type": "nan"} if numpy.isnat(value) else self.date(str(value))
            if kind is numpy.timedelta64:
                return {"type": "other", "name": "timedelta64"}  # its .item() may be a bare integer
            return self.serialise(float(value) if kind is numpy.longdouble else value.item(), depth)
        return self.pandas(value, kind, depth)

    def pandas(self, value: Any, kind: type, depth: int) -> Any:
        pandas = sys.modules.get("pandas")
        if pandas and (value is pandas.NaT or value is pandas.NA):
            return {"type": "nan"}
        if pandas and kind is pandas.Timestamp and value.tzinfo is None:
            return self.date(value.isoformat())
        if pandas and kind is pandas.Series:
            return {
                "type": "series",
                "index": self.index(value.index, depth),
                "columns": [[self.serialise(value.name, depth + 1), self.listed(value, depth)]],
            }
        if pandas and kind is pandas.DataFrame:
            self.afford(value.size)
            levels = [names for _, names in self.index(value.columns, depth)]
            names = levels[0] if len(levels) == 1 else [list(name) for name in zip(*levels)]
            return {
                "type": "table",
                "index": self.index(value.index, depth),
                "columns": [
                    [name, self.listed(value.iloc[:, place], depth)] for place, name in enumerate(names)
                ],
            }
        if _is(kind, _from("pandas", INDEXES)):
            return self.listed(value, depth)
        if _is(kind, _arrays()):
            self.afford(len(value))
            return self.many(value.tolist(), depth)
        return {"type": "other", "name": _name(value)}

    def index(self, index: Any, depth: int) -> list:
        if not _is(type(index), _from("pandas", INDEXES)):
            raise TypeError("an index of an unknown type")
        self.afford(len(index))
        parts = [index.get_level_values(level) for level in range(index.nlevels)]
        return [[self.serialise(part.name, depth + 1), self.listed(part, depth)] for part in parts]

    def listed(self, values: Any, depth: int) -> list:
        """The values of a Series or Index, by the methods of its class: the instance may have been given others."""
        self.afford(len(values))
        if not _is(type(values.array), _arrays()):
            raise TypeError("an array of an unknown type")
        return self.many(type(values).tolist(values), depth)

    def many(self, values: Any, depth: int) -> list:
        return [self.serialise(value, depth + 1) for value in values]

    def afford(self, size: int) -> None:
        """Stop before a huge value is copied, not after."""
        if size * LEAF > self.left:
            raise _TooBig

    def date(self, text: str) -> dict:
        return {"type": "date", "value": re.sub(r"T00:00:00(\.0+)?$", "", text)}

    def valid(self, value: Any, depth: int) -> bool:
        if depth > DEPTH:
            return False
        self.spend(LEAF)
        kind = type(value)
        if value is None or kind is bool:
            return True
        if kind is str:
            self.spend(len(value))
            return True
        if kind is int:
            return value.bit_length() <= 63
        if kind is float:
            return math.isfinite(value)
        if kind is list:
            return self.all_valid(value, depth)
        return kind is dict and self.valid_tagged(value, depth)

    def all_valid(self, values: Any, depth: int) -> bool:
        return type(values) is list and all(self.valid(value, depth + 1) for value in values)

    def valid_tagged(self, value: dict, depth: int) -> bool:
        rest = {key: one for key, one in value.items() if key != "type"}
        match value.get("type"), rest:
            case "ellipsis" | "nan" | "infinity", {}:
                return not rest
            case "date", {"value": str(text)}:
                return len(rest) == 1 and bool(DATE.fullmatch(text))
            case "other" | "too big", {"name": str(name)}:
                return len(rest) == 1 and bool(NAME.fullmatch(name))
            case "set", {"items": items}:
                return len(rest) == 1 and self.all_valid(items, depth)
            case "mapping", {"items": list(pairs)}:
                return len(rest) == 1 and all(
                    type(pair) is list and len(pair) == 2 and self.all_valid(pair, depth) for pair in pairs
                )
            case "series" | "table" as kind, {"index": list(index), "columns": list(columns)}:
                parts = index + columns
                return (
                    len(rest) == 2
                    and len(index) > 0
                    and (kind == "table" or len(columns) == 1)
                    and all(
                        type(part) is list
                        and len(part) == 2
                        and self.valid(part[0], depth + 1)
                        and self.all_valid(part[1], depth)
                        for part in parts
                    )
                    and len({len(part[1]) for part in parts}) == 1
                )
        return False
