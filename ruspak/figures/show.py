"""Publish a figure: SVG that is the same on every run, with its text alternative, for light and dark pages."""

import html
import io
import re
from urllib.parse import quote

from IPython.display import display
from matplotlib.figure import Figure

from ruspak.errors import CourseError
from ruspak.figures.colours import DARK, LIGHT
from ruspak.figures.draw import fit
from ruspak.figures.isolation import end, look

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML can't hold these
DIGITS = re.compile(r"(\d\d\.\d|\.\d\d)\d+")  # what a screen can show of a coordinate
PLAIN_GROUP = re.compile("<g>((?:(?!</?g[ >]).)*)</g>")  # with no other group inside
SAME_MARKS = re.compile(r'<use [^>]*?( style="[^"]*")/>(?:<use [^>]*\1/>)+')
FONTS = "system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',Arial,sans-serif"


class Picture:
    """A figure as an `<img>` that holds its SVG, and its alternative as plain text.

    Not the type image/svg+xml: JupyterLab shows that without alternative text, and not at all before a notebook is trusted.
    """

    def __init__(self, fig: Figure, alt: str):
        if not (isinstance(fig, Figure) and isinstance(alt, str)):
            raise CourseError(
                "show(fig, alt): give a figure and its alternative text, as in: fig, ax = figure(…)."
            )
        if len(alt.split()) < 8:
            raise CourseError(
                "show(fig, alt): the alternative text is too short. Say in a sentence or two what the figure "
                "shows: kind of chart, what is measured, the main values."
            )
        self.alt = " ".join(UNPRINTABLE.sub("", alt).split())
        self.svg = svg(fig, self.alt)
        end(fig)

    def html(self) -> str:
        """The `<img>` element: as wide as its place, at most 600 pixels."""
        data = quote(self.svg, safe=' /:;,.=?!@$&"()*+-_~').replace("&", "%26")
        return (
            f'<img class="ruspak-figure" style="width:100%;max-width:600px;height:auto" '
            f"alt=\"{html.escape(self.alt)}\" src='data:image/svg+xml;utf8,{data}'>"
        )

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {"text/html": self.html(), "text/plain": self.alt}


def show(fig: Figure, alt: str) -> None:
    """Show a figure with its text alternative (a sentence or two with the main values; best written from computed ones).

    Raises CourseError where the alternative is shorter than eight words.
    """
    display(Picture(fig, alt))


def svg(fig: Figure, alt: str) -> str:
    """The figure as SVG text: no date, no random ids, text as text, `role="img"` and `<title>`, dark colours by media query."""
    target = io.StringIO()
    with look():
        fit(fig)
        fig.savefig(
            target,
            format="svg",
            facecolor=LIGHT["page"],
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    text = UNPRINTABLE.sub("", target.getvalue())
    text = text[text.index("<svg") :]
    for pattern, new in (
        (r"<metadata>.*?</metadata>|<!--.*?-->", ""),
        (r"font-family: 'DejaVu Sans'[^;\"]*;? ?", ""),
        (r' transform="rotate\(-0 [^)]*\)"| id="[\w.]+_\d+"', ""),
        (r"\s\s+|[^\S ]", " "),
        ("> <", "><"),
        (r"<[^>]*>", lambda tag: DIGITS.sub(r"\1", tag[0])),
        (r' style="[^"]*"', lambda style: re.sub("([:;]) ", r"\1", style[0])),
        (r' d="[^"]*"', lambda path: re.sub(" ?([A-Zz]) ?", r"\1", path[0])),
    ):
        text = re.sub(pattern, new, text, flags=re.S)
    groups = 1
    while groups:
        text, groups = PLAIN_GROUP.subn(r"\1", text)
    text = SAME_MARKS.sub(lambda marks: f"<g{marks[1]}>{marks[0].replace(marks[1], '')}</g>", text)
    opening = f' role="img" font-family="{FONTS}"><title>{html.escape(alt, quote=False)}</title>'
    return text.replace(">", f"{opening}<style>{_dark_rules(text)}</style>", 1)


def _dark_rules(text: str) -> str:
    """Style rules that replace each colour of the light page that the figure uses by its dark twin."""
    rules = [
        f"[{found}]{{{part}:{DARK[role]}!important}}"
        for role in LIGHT
        for part in ("fill", "stroke")
        for found, sign in (
            (f'style*="{part}:{LIGHT[role]}"', f"{part}:{LIGHT[role]}"),
            (f'{part}="{LIGHT[role]}"',) * 2,
        )
        if sign in text
    ]
    return "@media (prefers-color-scheme:dark){" + "".join(rules) + "}"
