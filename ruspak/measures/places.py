"""Distances on the Earth."""

from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

import pandas as pd

DIAMETER_KM = 12742  # of a sphere with the Earth's mean radius, 6,371 km


def straight_km(places: pd.DataFrame, *stops: str) -> float:
    """Kilometres of the straight legs over the stops, on a sphere (haversine formula).

    `places` has `lat` and `lon` in degrees; the names of the stops are its index or its column `name`. Real
    routes are longer. Raises KeyError for a stop that isn't there.
    """
    places = places.set_index("name") if "name" in places.columns else places
    return sum(_leg(places.loc[start], places.loc[end]) for start, end in pairwise(stops))


def _leg(a, b) -> float:
    turn = sin(radians(b.lat - a.lat) / 2) ** 2
    turn += cos(radians(a.lat)) * cos(radians(b.lat)) * sin(radians(b.lon - a.lon) / 2) ** 2
    return DIAMETER_KM * asin(sqrt(turn))
