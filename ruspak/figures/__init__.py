"""The figures: a shared frame with fixed colours, one module for each kind of chart, and `show`."""
from ruspak.figures.bars import bars, columns, stacked
from ruspak.figures.colours import NAMES, colour
from ruspak.figures.dots import dot, dots, pairs, ranges
from ruspak.figures.draw import band, figure, label, line, percent, scale
from ruspak.figures.events import spans, statements, strip, year
from ruspak.figures.explore import explore
from ruspak.figures.intervals import intervals, ribbon
from ruspak.figures.maps import land, place, route
from ruspak.figures.rows import in_words, rows
from ruspak.figures.show import show
from ruspak.figures.slopes import slopes
from ruspak.figures.tiles import tiles
from ruspak.figures.verdicts import verdicts
from ruspak.figures.windows import window, windows

__all__ = ["NAMES", "band", "bars", "colour", "columns", "dot", "dots", "explore", "figure", "in_words", "intervals", "label",
           "land", "line", "pairs", "percent", "place", "ranges", "ribbon", "route", "rows", "scale", "show", "slopes", "spans",
           "stacked", "statements", "strip", "tiles", "verdicts", "window", "windows", "year"]
