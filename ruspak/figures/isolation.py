"""From `figure(…)` to `show(…)` nobody's matplotlibrc or style has a say: figures of the course look the same for all.

What the learner had set comes back when all begun figures are shown, at the latest when the cell ends.
"""

import weakref

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

_begun: weakref.WeakSet[Figure] = weakref.WeakSet()
_kept: dict = {}


def begin(fig: Figure) -> None:
    """Set the learner's own settings aside, until this figure is shown."""
    if not _kept:
        _kept.update({name: matplotlib.rcParams[name] for name in DEFAULTS})
        matplotlib.rcParams.update(DEFAULTS)
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
        matplotlib.rcParams.update(
            {name: value for name, value in _kept.items() if matplotlib.rcParams[name] == DEFAULTS[name]}
        )
        _kept.clear()
        if shell := get_ipython():
            shell.events.unregister("post_run_cell", _restore)
