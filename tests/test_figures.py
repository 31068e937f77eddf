"""Figures: colours apart for every reader, pictures the same on every run, words inside."""

import itertools
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pytest

from course import notebooks, read
from ruspak import colour, figure, line, show
from ruspak.errors import CourseError
from ruspak.figures.colours import DARK, LIGHT
from ruspak.figures.explore import Explorer
from ruspak.figures.show import Picture

MAIN = ["PAK", "RUS", "IND", "CHN", "USA"]
# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB; doi.org/10.1109/TVCG.2009.113
SEEN_BY = {
    "trichromacy": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
ALT = "Line chart of invented values for a test, rising from 1 in 2000 to 3 in 2002."


def linear(colour):
    """Linear RGB, 0 to 1, of a hex colour (IEC 61966-2-1)."""
    value = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """WCAG 2 contrast ratio."""
    light, dark = sorted((linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    """CIELAB of linear RGB (D65)."""
    matrix = [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
    x, y, z = np.cbrt(np.array(matrix) @ np.clip(rgb, 0.002, 1) / [0.95047, 1, 1.08883])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_an_unknown_tone_is_told_with_all_tones():
    assert colour("GBR") == colour("BGD") == LIGHT["other"]
    for name in ("Pakistan", "red", "pak", None):
        with pytest.raises(
            CourseError, match=rf"no tone '{name}'\. The tones are PAK, .* page, .* other\. Example"
        ):
            colour(name)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
class TestColours:
    def test_contrast_with_the_page(self, palette):
        for role in [*MAIN, "other", "accent"]:
            assert contrast(palette[role], palette["page"]) >= 3, role
        for role in ("ink", "quiet"):
            assert contrast(palette[role], palette["page"]) >= 4.5, role

    @pytest.mark.parametrize("eye", SEEN_BY)
    def test_countries_stay_apart(self, palette, eye):
        for one, other in itertools.combinations(MAIN, 2):
            gap = np.linalg.norm(
                np.subtract(*(lab(np.array(SEEN_BY[eye]) @ linear(palette[c])) for c in (one, other)))
            )
            assert gap >= 18, f"{one} and {other}: {gap:.1f}"


def drawn():
    fig, ax = figure("A title that is the finding", "measure, unit", "Source: a test.")
    line(ax, pd.Series([1, 2, 3], index=[2000, 2001, 2002]), "PAK")
    return fig


def test_the_alternative_is_inside():
    picture = Picture(drawn(), ALT)
    svg = ElementTree.fromstring(picture.svg)
    assert svg.get("role") == "img" and svg[0].tag.endswith("title") and svg[0].text == ALT
    assert f'alt="{ALT}"' in picture.html() and picture._repr_mimebundle_()["text/plain"] == ALT


def test_text_is_text_and_dark_pages_have_their_colours():
    svg = Picture(drawn(), ALT).svg
    assert ">Pakistan</text>" in svg
    assert f'[style*="stroke:{LIGHT["PAK"]}"]{{stroke:{DARK["PAK"]}!important}}' in svg
    assert LIGHT["RUS"] not in svg


def test_numbers_in_words_keep_their_digits():
    """Coordinates are shortened, in tags; what a reader reads is not."""
    fig, _ = figure("13.375% of Brent, 1.2345 of it", "measure", "Source: a test.")
    assert "13.375% of Brent, 1.2345 of it</text>" in Picture(fig, ALT).svg


def test_hatched_ground_is_dark_on_dark_pages():
    fig, ax = figure("A title", "measure", "source")
    ax.bar([1], [2], color=colour("other"), hatch="//")
    assert f'[fill="{LIGHT["other"]}"]{{fill:{DARK["other"]}!important}}' in Picture(fig, ALT).svg


def test_the_same_picture_in_another_process():
    """Also with other hashes: this process has random ones."""
    code = "import test_figures as t; from ruspak.figures.show import Picture; print(Picture(t.drawn(), t.ALT).html())"
    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=__file__.rpartition("/")[0],
        env={"PYTHONHASHSEED": "1", "PATH": "/usr/bin", "MPLCONFIGDIR": os.environ["MPLCONFIGDIR"]},
    )
    assert other.stdout.strip() == Picture(drawn(), ALT).html()


def test_markup_in_the_alternative_is_only_text():
    picture = Picture(drawn(), '<b onload="x">bold</b> & "quoted" words in an alternative of more than eight')
    ElementTree.fromstring(picture.svg)
    assert "<b" not in picture.html()


@pytest.mark.parametrize("alt", ["", "A chart."])
def test_a_figure_without_words_is_rejected(alt):
    with pytest.raises(CourseError, match="alternative text is too short"):
        show(drawn(), alt)


@pytest.mark.parametrize(
    "call, says",
    [
        (lambda: show(figure("A title", "measure", "source"), ALT), "give a figure and its alternative text"),
        (lambda: show(drawn(), None), "give a figure and its alternative text"),
        (
            lambda: line(figure("A title", "measure", "source")[1], pd.Series(dtype=float), "PAK"),
            "no values to draw",
        ),
    ],
)
def test_a_slip_gets_one_message(call, says):
    with pytest.raises(CourseError, match=says):
        call()


def test_dollars_are_dollars_and_control_characters_are_dropped():
    fig, _ = figure("From $5_^ to $3", "measure", "Source: a test.")
    svg = Picture(fig, ALT + "\x07\x1b").svg
    ElementTree.fromstring(svg)
    assert "From $5_^ to $3</text>" in svg


def test_a_choice_that_cannot_be_drawn_is_told():
    def draw(year):
        return (drawn(), ALT) if year == "1990" else 1 / 0

    explorer = Explorer(draw, year=["1990", "1991"])
    explorer.controls["year"].value = "1991"
    assert "could not be drawn: division by zero" in explorer._figure.value and not explorer._status.value


@pytest.mark.parametrize("path", notebooks("notebooks", "solutions"), ids=lambda path: path.stem)
def test_no_word_of_a_stored_figure_is_cut_off_or_too_small_on_a_phone(chromium, path):
    phone = 299  # pixels that JupyterLab leaves for an output on a screen of 390
    page = chromium.new_page()
    looked = 0
    for cell in read(path).cells:
        for output in cell.get("outputs", []):
            found = re.search(
                r"src='data:image/svg\+xml;utf8,([^']*)'", output.get("data", {}).get("text/html", "")
            )
            if found:
                page.set_content(f"<body>{unquote(found[1])}")
                cut, smallest = page.evaluate("""() => {
                    const svg = document.querySelector("svg"), box = svg.viewBox.baseVal, texts = [...svg.querySelectorAll("text")];
                    const cut = texts.filter((text) => { const own = text.getBoundingClientRect(), all = svg.getBoundingClientRect();
                        return own.left < all.left - 1 || own.right > all.right + 1 || own.top < all.top - 1 || own.bottom > all.bottom + 1; });
                    const sizes = texts.map((text) => parseFloat(getComputedStyle(text).fontSize) / box.width);
                    return [cut.map((text) => text.textContent), Math.min(...sizes)];
                }""")
                looked += 1
                assert not cut, f"{cell.id}: {cut}"
                assert smallest * phone >= 6.7, f"{cell.id}: {smallest * phone:.1f} pixels"
    page.close()
    assert looked or path.parent.name == "solutions"


PARTIES = {
    "PAK": "Pakistan",
    "RUS": "Russia|Moscow|Soviet",
    "IND": "India",
    "CHN": "China|Chinese",
    "USA": "United States|USA|US |American|Washington",
}


@pytest.mark.parametrize("path", notebooks("notebooks"), ids=lambda path: path.stem)
def test_a_colour_of_a_party_and_hatching_say_what_they_mean(path):
    for cell in read(path).cells:
        for output in cell.get("outputs", []):
            for svg in re.findall(
                r"src='data:image/svg\+xml;utf8,([^']*)'", output.get("data", {}).get("text/html", "")
            ):
                drawn = unquote(svg).partition("</style>")[2]
                said = " ".join(re.findall(r"<text[^>]*>([^<]*)<", drawn))
                for tone, names in PARTIES.items():
                    if LIGHT[tone] in drawn:
                        assert re.search(names, said), f"{cell.id}: has the colour of {tone}, not its name"
                if "<pattern" in drawn:
                    assert "hatched" in said, f"{cell.id}: does not say what is hatched (docs/style.md)"
