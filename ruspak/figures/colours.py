"""Fixed colours: one country, one colour, through the whole course, on a light page and on a dark one.

Chosen so that any two of the five main countries stay apart for readers with protanopia, deuteranopia and tritanopia,
and so that each has a contrast of at least 3:1 against its page (tests/test_figures.py measures both).
Colour is never the only sign: lines and bars carry their name.
"""

import re

from ruspak.errors import CourseError

NAMES = {
    "PAK": "Pakistan",
    "RUS": "Russia",
    "IND": "India",
    "CHN": "China",
    "USA": "United States",
    "GBR": "United Kingdom",
    "TUR": "Türkiye",
    "IRN": "Iran",
    "SAU": "Saudi Arabia",
    "AFG": "Afghanistan",
}
LIGHT = {
    "page": "#ffffff",
    "ink": "#1c1d21",
    "quiet": "#5c6068",
    "grid": "#e4e5e8",
    "band": "#f0ede4",
    "accent": "#a3540a",
    "PAK": "#00453a",
    "RUS": "#dd4b52",
    "USA": "#2a69e8",
    "IND": "#b27a00",
    "CHN": "#6d2e86",
    "other": "#767b85",
}
DARK = {
    "page": "#111111",
    "ink": "#f1f1ef",
    "quiet": "#b4b8c0",
    "grid": "#33353a",
    "band": "#25231d",
    "accent": "#f0a35e",
    "PAK": "#3fe0b0",
    "RUS": "#f0604d",
    "USA": "#4f7dff",
    "IND": "#ffb020",
    "CHN": "#d3a4f0",
    "other": "#8d939e",
}


def colour(name: str) -> str:
    """The light-page colour of a role (ink, quiet, grid, band, accent, other) or of a country, by its code of three
    capital letters; countries without a colour of their own are grey.

    Raises CourseError for any other name, with all tones.
    """
    if name in LIGHT:
        return LIGHT[name]
    if re.fullmatch("[A-Z]{3}", str(name)):
        return LIGHT["other"]
    countries = [key for key in LIGHT if key in NAMES]
    raise CourseError(
        f"There is no tone '{str(name)[:40]}'. The tones are {', '.join(countries)}, any other country's code (grey), "
        f'and {", ".join(key for key in LIGHT if key not in NAMES)}. Example: tone="PAK"'
    )
