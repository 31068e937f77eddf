"""The figures room: the shared look, the fixed colours, and `show`."""
from ruspak.figures.colours import NAMES, colour
from ruspak.figures.draw import band, figure, label, line, percent
from ruspak.figures.explore import explore
from ruspak.figures.show import show

__all__ = ["NAMES", "band", "colour", "explore", "figure", "label", "line", "percent", "show"]
