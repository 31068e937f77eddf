"""From `figure(…)` to `show(…)` nobody's matplotlibrc or style has a say: figures of the course look the same for all.

What the learner had set comes back when all begun figures are shown, at the latest when the cell ends.
"""

import functools
import weakref
from pathlib import Path

import matplotlib
from IPython import get_ipython
from matplotlib.figure import Figure

MACHINE = (
    "backend",
    "interactive",
    "toolbar",
    "webagg",
    "tk.",
    "macosx.",
    "savefig.directory",
    "docstring.",
    "date.epoch",
    "figure.raise_window",
    "figure.max_open_warning",
)  # of windows and screens: these change no picture
DEFAULTS = {name: value for name, value in matplotlib.rcParamsDefault.items() if not name.startswith(MACHINE)}

STYLE = Path(__file__).with_name("course.mplstyle")

_begun: weakref.WeakSet[Figure] = weakref.WeakSet()
_kept: dict = {}


@functools.cache
def _course() -> dict:
    return DEFAULTS | dict(matplotlib.rc_params_from_file(STYLE, use_default_template=False))


def look():
    """The settings of the course, for the time of a `with`."""
    return matplotlib.rc_context(_differing(_course()))


def _differing(wanted: dict) -> dict:
    """What is set otherwise at present: matplotlib checks each value that one sets, and there are hundreds."""
    return {name: value for name, value in wanted.items() if matplotlib.rcParams[name] != value}


def begin(fig: Figure) -> None:
    """Set the learner's own settings aside, until this figure is shown."""
    if not _kept:
        _kept.update({name: matplotlib.rcParams[name] for name in DEFAULTS})
        matplotlib.rcParams.update(_differing(DEFAULTS))
        if shell := get_ipython():
            shell.events.register("post_run_cell", _restore)
    _begun.add(fig)


def end(fig: Figure) -> None:
    """This figure is drawn. After the last one the learner's settings come back."""
    _begun.discard(fig)
    if not _begun:
        _restore()


def _restore(*_) -> None:
    _begun.clear()
    if _kept:  # what was set since, was set on purpose
        own = {name: value for name, value in _kept.items() if matplotlib.rcParams[name] == DEFAULTS[name]}
        matplotlib.rcParams.update(_differing(own))
        _kept.clear()
        if shell := get_ipython():
            shell.events.unregister("post_run_cell", _restore)
