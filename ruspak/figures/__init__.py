"""The figures: a shared frame with fixed colours, one module for each kind of chart, and `show`."""

import gc

from ruspak.figures.added import added_up
from ruspak.figures.axes import date_line, tenfold, year_ends
from ruspak.figures.bars import bars, stacked, upright
from ruspak.figures.bubbles import bubbles
from ruspak.figures.colours import NAMES, colour
from ruspak.figures.curves import curves
from ruspak.figures.cuts import cut_bars
from ruspak.figures.dots import dot, dots, dumbbells, points, ranges
from ruspak.figures.draw import band, figure, label, line, percent, scale
from ruspak.figures.events import decimal_year, spans, statements, strip
from ruspak.figures.explore import explore
from ruspak.figures.intervals import intervals, ribbon
from ruspak.figures.maps import land, name_place, route
from ruspak.figures.marks import marks
from ruspak.figures.panels import panels
from ruspak.figures.proportions import proportions, two_proportions
from ruspak.figures.quantiles import quantile_area, reached
from ruspak.figures.references import level, moment
from ruspak.figures.residuals import residual_strips
from ruspak.figures.rows import in_words, rows
from ruspak.figures.show import show
from ruspak.figures.slopes import slopes
from ruspak.figures.squares import squares
from ruspak.figures.survival import left_after, stairs
from ruspak.figures.tiles import tiles
from ruspak.figures.told import told
from ruspak.figures.verdicts import verdict_dots
from ruspak.figures.windows import by_window, window

__all__ = [
    "NAMES",
    "added_up",
    "band",
    "bars",
    "bubbles",
    "by_window",
    "colour",
    "curves",
    "cut_bars",
    "date_line",
    "decimal_year",
    "dot",
    "dots",
    "dumbbells",
    "explore",
    "figure",
    "in_words",
    "intervals",
    "label",
    "land",
    "left_after",
    "level",
    "line",
    "marks",
    "moment",
    "name_place",
    "panels",
    "percent",
    "points",
    "proportions",
    "quantile_area",
    "ranges",
    "reached",
    "residual_strips",
    "ribbon",
    "route",
    "rows",
    "scale",
    "show",
    "slopes",
    "spans",
    "squares",
    "stacked",
    "stairs",
    "statements",
    "strip",
    "tenfold",
    "tiles",
    "told",
    "two_proportions",
    "upright",
    "verdict_dots",
    "window",
    "year_ends",
]

gc.freeze()  # what is loaded by now stays: to search it all for garbage halts a kernel for a sixth of a second
