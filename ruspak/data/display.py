"""How a DataFrame looks in a notebook: words left, numbers right, nothing cut off, no needless .0, missing values empty."""

import re
import sys
from xml.etree import ElementTree

import pandas as pd
from pandas.api.types import is_float_dtype, is_integer_dtype, is_numeric_dtype

ROWS = 40  # at most, then the middle is left out
SHORT = 12  # characters that stay on one line
NUMBER = re.compile(r"[−-]?[\d.,]+%?")
UNPRINTABLE = dict.fromkeys({*range(32)} - {9, 10, 13} | {*range(0xD800, 0xE000), 0xFFFE, 0xFFFF})


def frame_html(frame: pd.DataFrame) -> str:
    """A table in HTML; row numbers that mean nothing (an unnamed whole-number index) are left out, so are rows above 40."""
    frame = frame.astype(_whole(frame))
    numbered = frame.index.nlevels == 1 and frame.index.name is None and is_integer_dtype(frame.index)
    with pd.option_context("display.max_colwidth", None):
        text = frame.to_html(
            index=not numbered, border=0, na_rep="", max_rows=ROWS, show_dimensions="truncate"
        )
    page = ElementTree.fromstring(f"<div>{text}</div>".translate(UNPRINTABLE))
    heads = [cell for cell in page.findall(".//thead//th") if not cell.attrib]
    for cell in heads:
        if cell.text or not numbered:
            cell.set("scope", "col")
    if frame.columns.nlevels > 1:
        heads = []
    for cell, dtype in zip(heads[0 if numbered else frame.index.nlevels :], frame.dtypes):
        cell.set("style", f"text-align:{_side(dtype)}")
    for cell in page.iterfind(".//tbody//th"):
        if not cell.attrib:
            cell.set("scope", "row")
            if cell.text and "-" in cell.text and len(cell.text) <= SHORT:  # an id or a date
                cell.set("style", "white-space:nowrap")
    for cell in page.iterfind(".//td"):
        cell.text = "" if cell.text in (None, "<NA>") else cell.text
    for column in zip(*(row.findall("td") for row in page.iterfind(".//tbody/tr"))):
        if all(NUMBER.fullmatch(cell.text) for cell in column if cell.text):
            continue
        for cell in column:
            short = ";white-space:nowrap" if len(cell.text) <= SHORT else ""
            cell.set("style", f"text-align:left{short}")
    for part in page.iter():  # a row is a line, without the indentation: less to store, and to read in a diff
        part.text = "" if len(part) else part.text
        part.tail = "\n" if part.tag in ("thead", "tbody", "tr") else ""
    return "".join(ElementTree.tostring(part, encoding="unicode", method="html") for part in page)


def _whole(frame: pd.DataFrame) -> dict:
    """The type that shows no .0 for each column of floats that holds only whole numbers."""
    if not frame.columns.is_unique:
        return {}
    floats = frame.columns[[is_float_dtype(dtype) for dtype in frame.dtypes]]
    return {
        name: "Int64"
        for name in floats
        if (frame[name].dropna() % 1 == 0).all() and frame[name].abs().max() < 2**53
    }


def _side(dtype) -> str:
    return "right" if is_numeric_dtype(dtype) and str(dtype).lower() not in ("bool", "boolean") else "left"


def install() -> None:
    """Use this look in the running notebook, if there is one."""
    if "IPython" in sys.modules and (shell := sys.modules["IPython"].get_ipython()):
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, frame_html)
