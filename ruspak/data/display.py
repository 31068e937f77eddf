"""How a DataFrame looks in a notebook: words left, numbers right, nothing cut off, no needless .0, missing values empty."""

import re

import pandas as pd
from pandas.api.types import is_float_dtype, is_integer_dtype, is_numeric_dtype


def frame_html(frame: pd.DataFrame) -> str:
    """A table in HTML; row numbers that mean nothing (an unnamed whole-number index) are left out, so are rows above 40."""
    whole = (
        {
            name: "Int64"
            for name in frame.columns[[is_float_dtype(dtype) for dtype in frame.dtypes]]
            if (frame[name].dropna() % 1 == 0).all() and frame[name].abs().max() < 2**53
        }
        if frame.columns.is_unique
        else {}
    )
    frame = frame.astype(whole)
    numbered = frame.index.nlevels == 1 and frame.index.name is None and is_integer_dtype(frame.index)
    with pd.option_context("display.max_colwidth", None):
        text = frame.to_html(
            index=not numbered, border=0, na_rep="", max_rows=40, show_dimensions="truncate"
        ).replace("&lt;NA&gt;", "")
    head, body = text.split("</thead>")
    aligned = iter(_side(dtype) for dtype in frame.dtypes)
    head = (
        re.sub(
            r"<th>(?=[^<])", lambda _: f'<th scope="col" style="text-align:{next(aligned, "left")}">', head
        )
        if numbered
        else head.replace("<th>", '<th scope="col">')
    )
    body = body.replace("<th>", '<th scope="row">')
    body = re.sub(
        r"<td>(?![−-]?[\d.,]+%?</td>)(?=([^<]{0,12}</td>)?)",
        lambda cell: f'<td style="text-align:left{";white-space:nowrap" if cell[1] else ""}">',
        body,
    )
    return f"{head}</thead>{body}"


def _side(dtype) -> str:
    return "right" if is_numeric_dtype(dtype) and str(dtype).lower() not in ("bool", "boolean") else "left"


def install() -> None:
    """Use this look in the running notebook, if there is one."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None:
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, frame_html)
