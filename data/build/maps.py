"""map_outlines, places: what the maps of the course are drawn from (Natural Earth, public domain; a few GeoNames points)."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from common import raw, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("map_outlines", "places")

COUNTRIES = "maps/ne_50m_countries_region.geojson"
AREAS = "maps/ne_10m_disputed_areas_extract.geojson"
LINES = "maps/ne_50m_disputed_boundary_lines.geojson"
PLACES = "maps/places.csv"
POLICY = "maps/map_policy_check.csv"

WEST, EAST, SOUTH, NORTH = 59.0, 81.0, 22.0, 39.0  # the window of the maps, degrees
MARGIN = 1.0
TOLERANCE = 0.02  # degrees, about 2 km: less than a line is wide on the page
SHARE_ALIKE = (
    "CC BY-SA"  # one of these two points is needed, and a coordinate is a fact: only to a tenth of a degree
)
LEFT_OUT = ["Badaber"]
NAMES = {"Northern Areas": "Gilgit-Baltistan", "Shaksam Valley": "Shaksgam Valley"}
ROWS = {"map_outlines": 1500, "places": 49}


def fetch() -> dict[str, object]:
    """Three layers as GeoJSON features, and the places as text."""
    layers = {"country": COUNTRIES, "disputed_area": AREAS, "disputed_line": LINES}
    return {
        name: json.loads(raw(file).read_text(encoding="utf-8"))["features"] for name, file in layers.items()
    } | {"places": read_raw(PLACES)}


def process(files: dict[str, object]) -> dict[str, pd.DataFrame]:
    """Points of each ring or line that touches the window, in order; and the places."""
    rows, part = [], 0
    for layer in ("country", "disputed_area", "disputed_line"):
        for feature in files[layer]:
            looks = feature["properties"]
            for points in _rings(feature["geometry"]):
                inside = (
                    (points[:, 0] > WEST)
                    & (points[:, 0] < EAST)
                    & (points[:, 1] > SOUTH)
                    & (points[:, 1] < NORTH)
                ).any()
                points = _simple(_near(points))
                if inside and len(points) > 1:
                    part += 1
                    rows += [
                        {
                            "layer": layer,
                            "name": NAMES.get(looks["name"], looks["name"] or "unnamed"),
                            "part": part,
                            "point": place,
                            "lon": round(lon, 2),
                            "lat": round(lat, 2),
                        }
                        for place, (lon, lat) in enumerate(points, 1)
                    ]
    return {"map_outlines": pd.DataFrame(rows), "places": _places(files["places"])}


def _rings(geometry: dict) -> Iterator[np.ndarray]:
    """The outer rings of a polygon, or the lines, as arrays of longitude and latitude."""
    kind, parts = geometry["type"], geometry["coordinates"]
    for ring in {
        "Polygon": [parts[0]] if kind == "Polygon" else [],
        "LineString": [parts],
        "MultiPolygon": [part[0] for part in parts] if kind == "MultiPolygon" else [],
    }[kind]:
        yield np.array(ring, dtype=float)


def _near(points: np.ndarray) -> np.ndarray:
    """The points moved to the edge of a slightly larger window where they lie outside it: what is seen stays as it is."""
    return np.clip(points, [WEST - MARGIN, SOUTH - MARGIN], [EAST + MARGIN, NORTH + MARGIN])


def _simple(points: np.ndarray) -> np.ndarray:
    """Fewer points, none of the others further than TOLERANCE from the line (Douglas and Peucker)."""
    keep, todo = np.zeros(len(points), bool), [(0, len(points) - 1)]
    keep[[0, -1]] = True
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        start, step = points[first], points[last] - points[first]
        off = points[first + 1 : last] - start
        length = np.hypot(*step)
        away = (
            np.abs(step[0] * off[:, 1] - step[1] * off[:, 0]) / length
            if length
            else np.hypot(off[:, 0], off[:, 1])
        )
        if away.max() > TOLERANCE:
            middle = first + 1 + int(away.argmax())
            keep[middle] = True
            todo += [(first, middle), (middle, last)]
    return points[keep]


def _places(table: pd.DataFrame) -> pd.DataFrame:
    table = table[~table.name.isin(LEFT_OUT)].astype({"lat": float, "lon": float})
    rough = table.licence.eq(SHARE_ALIKE)
    table.loc[rough, ["lat", "lon"]] = table.loc[rough, ["lat", "lon"]].round(1)
    table["source"] = table.source.str.extract(
        r"^(Natural Earth|GeoNames|encyclopaedia)", expand=False
    ).replace("encyclopaedia", "encyclopedia")
    table["role"] = table.role.str.replace("a seed article", "the essay")
    return table[["name", "country", "lat", "lon", "role", "source"]].sort_values("name", ignore_index=True)


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject points off the map and lost layers, then check who a point is drawn with against the raw check of both scales."""
    outlines, places = (tables[name] for name in TABLES)
    for name, table in tables.items():
        if len(table) < ROWS[name]:
            reject(name, "rows", f"{len(table)} rows, at least {ROWS[name]} expected")
    reject_duplicates("map_outlines", outlines, ["part", "point"])
    reject_duplicates("places", places, ["name"])
    reject_rows(
        "map_outlines",
        outlines,
        ~(outlines.lon.between(WEST - 1, EAST + 1) & outlines.lat.between(SOUTH - 1, NORTH + 1)),
        "a point outside the window",
    )
    lost = {"country", "disputed_area", "disputed_line"} - set(outlines.layer)
    if lost or not {"Jammu and Kashmir", "Azad Kashmir", "Gilgit-Baltistan", "Aksai Chin"} <= set(
        outlines.name
    ):
        reject("map_outlines", "layers", "a layer or a disputed area is missing")
    reject_rows(
        "places",
        places,
        ~(places.lat.between(20, 65) & places.lon.between(25, 135)),
        "a place outside the region",
    )
    check = read_raw(POLICY).query("scale == '50m'").astype({"lat": float, "lon": float})
    check = check[check.lon.between(WEST, EAST) & check.lat.between(SOUTH, NORTH)]
    found = [_drawn_in(outlines, row.lon, row.lat) for row in check.itertuples()]
    reject_rows(
        "map_outlines",
        check,
        pd.Series(found, check.index) != check.drawn_inside,
        "drawn inside another state than at the source",
    )


def _drawn_in(outlines: pd.DataFrame, lon: float, lat: float) -> str:
    """Name of the country outline that holds a point, by counting crossings to the east of it."""
    for (name, _), ring in outlines[outlines.layer.eq("country")].groupby(["name", "part"]):
        x, y = ring.lon.to_numpy(), ring.lat.to_numpy()
        x2, y2 = np.roll(x, -1), np.roll(y, -1)
        with np.errstate(divide="ignore", invalid="ignore"):
            crosses = (y > lat) != (y2 > lat)
            east = lon < (x2 - x) * (lat - y) / (y2 - y) + x
        if (crosses & east).sum() % 2:
            return name
    return "none"


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store both tables."""
    for name in TABLES:
        write_csv(tables[name], folder, name)
