"""The map of Pakistan and its neighbours: borders as held, disputed areas hatched and lettered, routes
between places."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.errors import CourseError
from ruspak.figures.colours import colour
from ruspak.figures.draw import label

STATES = {
    "Iran": (60.4, 27.5),
    "Afghanistan": (65.6, 33.6),
    "India": (75.3, 26.2),
    "Pakistan": (67.2, 28.9),
    "China": (77.6, 37.3),
    "Arabian Sea": (62.2, 23.3),
}
DISPUTED = {
    "A": (74.4, 35.7),
    "B": (73.8, 33.8),
    "C": (76.1, 33.7),
    "D": (77.4, 35.2),
    "E": (79, 34.8),
    "F": (76.6, 36.2),
    "G": (79.3, 32.8),
}
LETTER = {"boxstyle": "circle,pad=0.15", "lw": 0.6}


def land(ax: Axes, outlines: pd.DataFrame) -> None:
    """Draw the outlines of table map_outlines (layer, part, name, lon, lat in degrees), with names;
    disputed areas have letters.

    A disputed area is hatched over the page, so that it has the colour of no state; a disputed line is
    dashed.
    """
    if outlines.empty:
        raise CourseError('land(): there are no outlines to draw. Give table("map_outlines").')
    ax.axvspan(59, 82, color=colour("grid"), zorder=0)
    for (layer, _), ring in outlines.groupby(["layer", "part"]):
        if layer == "disputed_line":
            ax.plot(ring["lon"], ring["lat"], color=colour("ink"), lw=1.2, ls=(0, (3, 2)), zorder=4)
        elif layer == "disputed_area":
            ax.fill(ring["lon"], ring["lat"], color=colour("page"), lw=0, zorder=2)
            ax.fill(
                ring["lon"],
                ring["lat"],
                facecolor="none",
                edgecolor=colour("other"),
                hatch="////",
                lw=0,
                zorder=2,
            )
        else:
            own = ring["name"].iloc[0] == "Pakistan"
            ax.fill(ring["lon"], ring["lat"], color=colour("band" if own else "page"), lw=0, zorder=1)
            ax.plot(ring["lon"], ring["lat"], color=colour("other"), lw=0.9, zorder=3)
    for name, (lon, lat) in STATES.items():
        ax.text(lon, lat, name, fontsize=10.5, color=colour("quiet"), style="italic", zorder=5)
    for letter, (lon, lat) in DISPUTED.items():
        ax.text(
            lon,
            lat,
            letter,
            fontsize=9.5,
            fontweight="bold",
            color=colour("ink"),
            ha="center",
            va="center",
            zorder=6,
            bbox=LETTER | {"fc": colour("page"), "ec": colour("other")},
        )
    ax.set(xlim=(60, 80.4), ylim=(22.8, 38), aspect=1.15)
    ax.set_axis_off()


def route(ax: Axes, places: pd.DataFrame, stops: list[str], tone: str, **style) -> None:
    """Straight legs from stop to stop (style: keywords of matplotlib's plot).

    places: `lon` and `lat` in degrees, by name. Raises CourseError where a stop is not among them.
    """
    gone = [stop for stop in stops if stop not in places.index]
    if gone:
        raise CourseError(
            f"route(): there is no place “{gone[0]}”. The places are: {', '.join(sorted(places.index))}."
        )
    ax.plot(
        places.loc[stops, "lon"],
        places.loc[stops, "lat"],
        color=colour(tone),
        zorder=7,
        **{"lw": 1.4, **style},
    )


def name_place(ax: Axes, places: pd.DataFrame, stop: str, words: str, tone: str, **style) -> None:
    """Write words beside a place (style: keywords of label(), such as gap and lift in points)."""
    if stop not in places.index:
        raise CourseError(
            f"name_place(): there is no place “{stop}”. The places are: {', '.join(sorted(places.index))}."
        )
    label(ax, places.lon[stop], places.lat[stop], words, tone, zorder=8, **style)
