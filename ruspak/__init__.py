"""The small library behind *Unlikely Partners: Russia and Pakistan in data*: what the notebooks import."""

import importlib

from ruspak import own_settings as _own_settings
from ruspak import shadows as _shadows

_shadows.tell()  # before anything else is imported

from ruspak.data import about, audit, calc, calc_text, claims, fact, table
from ruspak.data import display as _display
from ruspak.quiz import progress, quiz
from ruspak.sheets import check, hint, variant
from ruspak.sheets import names as _names

__all__ = [
    "NAMES",
    "about",
    "audit",
    "band",
    "calc",
    "calc_text",
    "check",
    "claims",
    "colour",
    "explore",
    "fact",
    "figure",
    "hint",
    "label",
    "line",
    "percent",
    "progress",
    "quiz",
    "show",
    "table",
    "variant",
]

_DRAWING = ("NAMES", "band", "colour", "explore", "figure", "label", "line", "percent", "show")


def __getattr__(name):
    """What draws is imported when it is first asked for: marking a class, for example, draws nothing."""
    if name not in _DRAWING:
        raise AttributeError(f"module 'ruspak' has no attribute '{name}'")
    figures = importlib.import_module("ruspak.figures")
    globals().update({one: getattr(figures, one) for one in _DRAWING})
    return globals()[name]


def __dir__():
    return sorted({*globals(), *__all__})


_own_settings.undo()
_display.install()
_names.watch()
