"""What students and teachers read: nothing that a student wrote is more than text there, and anybody can read
it."""

import csv
import json
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from browser import axe, visit
from grading_fixtures.broken import ANSWERS, SAMPLES, saved, solved
from hypothesis import given, settings
from hypothesis import strategies as st
from test_grading_batch import mark

from ruspak.grading.report import feedback
from ruspak.grading.text import clean, escaped, page, prose, said, shown
from ruspak.sheets import public
from ruspak.sheets.compare import answers
from ruspak.sheets.items import Item
from ruspak.sheets.keys import load
from ruspak.sheets.variants import draw

EVIL = (
    "x;=cmd|calc!A1 "
    '<script>alert(1)</script><img src=x onerror=alert(2)><svg onload="alert(3)"><style>*{display:none}</style>'
    '</div></main><meta http-equiv=refresh content="0;url=//evil.example"><iframe srcdoc="x"></iframe>'
    '" onmouseover="alert(4)" \' &lt;b&gt; [link](javascript:alert(5)) ![](http://evil.example/x.png) <!-- --> ]]> '
    "\x1b[31mred\x1b[0m \x1b]8;;http://evil\x07x \u202egnp.exe\u202c \u2066x\u2069 \x00\x07\x9b31m "
    "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307 \U000e0041 \ud800"
)
GOOD = "Cedilla façade, اردو‌میں, русский, 中文, 👍🏽 <ok> & “so”"
EVIL_ID = '=cmd|"/c calc"!A1<script>alert(0)</script>/../x'
WRITTEN = "**sample-9**, 10 points. Your answer:\n\n"


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def marks(tmp_path_factory) -> Path:
    """The marks of a class with an evil student in every string that a student controls, and of others."""
    folder = tmp_path_factory.mktemp("pages")
    evil = solved(
        EVIL,
        {
            "sample-9": WRITTEN + EVIL,
            "sample-8": f"word = {EVIL!r}",
            "sample-7": f"partners = [{EVIL!r}]",
            "sample-6": f"years = type({EVIL!r}, (), {{}})()",
            "sample-1": f"calls = {EVIL!r}",
            "sample-2": f"{ANSWERS['sample-2']}\nraise Exception({EVIL!r})",
            "sample-4": f"shares = pd.Series({{{EVIL!r}: 1.0}}, name={EVIL!r})",
            "sample-5": f"summary = pd.DataFrame({{{EVIL!r}: [1]}})",
        },
    )
    evil["metadata"] = {"kernelspec": {"name": EVIL, "language": EVIL, "display_name": EVIL}, "title": EVIL}
    evil["cells"][0]["metadata"] = {"nbgrader": {"grade_id": EVIL}}
    partly = {
        "sample-1": "calls = len(votes)",
        "sample-2": ANSWERS["sample-2"] + "\nshare_pct = 100 - share_pct",
        "sample-3": ANSWERS["sample-3"].replace("idxmax", "idxmin"),
        "sample-9": WRITTEN + GOOD,
    }
    people = {
        "good": solved("good", partly),
        "nothing": solved("nothing", {id: "" for id in ANSWERS}),
        "broken": b"<html>",
        "evil": evil,
        "dir": solved("dir"),
    }
    (folder / "in/submitted").mkdir(parents=True)
    for student, notebook in people.items():
        data = notebook if isinstance(notebook, bytes) else saved(notebook)
        (folder / "in" / f"{student}_sample.ipynb").write_bytes(data)
    moodle = folder / "in" / "Evil Name_77_assignsubmission_file"
    moodle.mkdir()
    (folder / "in/evil_sample.ipynb").rename(moodle / "<script>alert(9)<_sample.ipynb")
    (folder / "in/Huge_78_assignsubmission_file_\x1b[31m\u202e<b>_sample.ipynb").write_bytes(b" " * 2_000_000)
    with (folder / "roster.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [["student", "name", "moodle_id"], [EVIL_ID, "<b>Evil</b> & Co", "77"], ["huge", "", "78"]]
        )
        csv.writer(file).writerows([one, f"Name of {one}", ""] for one in people if one != "evil")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUSPAK_SHEETS", str(SAMPLES))
        mark(folder / "in", folder / "roster.csv", folder / "out", notebook_mb=1)
        written = folder / "out/written.csv"
        code = rows(written)[1][1]
        text = written.read_text(encoding="utf-8-sig").replace(
            f"{code},,10,", f"{code},6,10,Say <b>which</b> votes."
        )
        written.write_text(text, encoding="utf-8")
        mark(folder / "in", folder / "roster.csv", folder / "out", notebook_mb=1)
    public.read.cache_clear()
    return folder / "out"


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}


def pages(marks: Path) -> list[Path]:
    return [*sorted((marks / "feedback").iterdir()), marks / "class.html", marks / "written.html"]


def test_pages_hold_only_our_tags(marks):
    assert len(pages(marks)) == 8
    for path in pages(marks):
        found = Tags(path.read_text(encoding="utf-8"))
        assert found.tags <= {
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "main",
            "h1",
            "h2",
            "h3",
            "p",
            "strong",
            "code",
            "ul",
            "ol",
            "li",
            "div",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "span",
            "pre",
        }, path
        assert found.attributes <= {
            "lang",
            "charset",
            "http-equiv",
            "content",
            "name",
            "class",
            "dir",
            "scope",
            "style",
            "aria-hidden",
            "aria-label",
            "role",
            "tabindex",
        }
        assert "default-src 'none'" in path.read_text(encoding="utf-8")


def test_no_report_holds_control_or_direction_characters(marks):
    reports = [path for path in marks.rglob("*") if path.suffix in (".html", ".csv")]
    assert len(reports) == 8 + 7
    for path in reports:
        text = path.read_text(encoding="utf-8-sig")
        kinds = {unicodedata.category(one) for one in text if one not in "\n\u200c\u200d"}
        assert not kinds & {"Cc", "Cf", "Cs"}, path


def test_tables_hold_no_formula(marks):
    for path in marks.glob("*.csv"):
        for row in rows(path):
            parts = [part for cell in row for part in re.split("[;,\n]", cell)]
            assert not any(re.match(r"\s*[=+\-@]", part) for part in parts), (path, row)
    assert "'=cmd" in (marks / "totals.csv").read_text(encoding="utf-8-sig")
    assert "x;'=cmd" in (marks / "totals.csv").read_text(encoding="utf-8-sig"), "after a semicolon, too"


def test_file_names_are_plain(marks):
    names = sorted(path.name for path in (marks / "feedback").iterdir())
    assert all(re.fullmatch(r"[a-z~0-9A-Z-]+_sample\.html", name) for name in names)
    assert names == [
        "broken_sample.html",
        names[1],
        "dir_sample.html",
        "good_sample.html",
        "huge_sample.html",
        "nothing_sample.html",
    ]


def test_the_feedback_helps_but_holds_no_key(marks):
    text = (marks / "feedback/good_sample.html").read_text(encoding="utf-8")
    assert "These are the calls of all years." in text, "the feedback of the known mistake"
    assert "3 of 15 points" in text, "a mistake that is worth something"
    assert "The mean of true and false is the share of true." in text and escaped(GOOD) in text
    assert "Name of good" in text and "Your variant: partner" in text
    right = (marks / "feedback/dir_sample.html").read_text(encoding="utf-8")
    assert "How to get there" not in right
    empty = (marks / "feedback/nothing_sample.html").read_text(encoding="utf-8")
    assert "could not be read" in (marks / "feedback/broken_sample.html").read_text(encoding="utf-8")
    assert empty.count("How to get there") == 8
    key = load(SAMPLES / "solutions/keys/01_sample.py")
    params = draw(
        json.loads((SAMPLES / "exercises/01_sample.json").read_text()) | {"space": key.space}, "nothing"
    )
    for item in [item for item in key.items if isinstance(item, Item)]:
        for cell in [cell for row in answers(item, params).accepted[0] for cell in row]:
            assert (
                f"{cell:.1f}" not in empty
                if type(cell) is float
                else item.kind != "text" or cell not in empty
            )


def test_the_class_page_counts(marks):
    text = (marks / "class.html").read_text(encoding="utf-8")
    assert "6 students: 4 marked, 2 not readable, 0 left out, 0 not handed in." in text
    assert "sample-1, 1 of 4: These are the calls of all years, not" not in text
    assert "sample-1, 1 of 4: These are the calls of all years. Keep ‹year›." in text, (
        "in the words of the key"
    )
    assert text.count('class="known">1</td>') == 2 and text.count('class="right">●</td>') >= 10, (
        "students by items"
    )
    assert "<li>1 (by 1): These are the calls of all years. Keep ‹year›.</li>" in text
    assert "sample-count" in text and "Success by objective" in text


def test_the_teachers_comment_and_points_reach_the_student(marks):
    commented = [
        path
        for path in (marks / "feedback").iterdir()
        if "Say &lt;b&gt;which&lt;/b&gt; votes." in path.read_text(encoding="utf-8")
    ]
    assert len(commented) == 1 and "6 of 10 points" in commented[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("width, dark", [(390, False), (1280, True)], ids=["phone", "dark"])
def test_pages_in_a_browser(width, dark, marks, chromium, serve):
    address = serve(marks)
    for path in pages(marks):
        url = f"{address}/{path.relative_to(marks)}"
        with visit(chromium, url, width=width, dark=dark, allow=("favicon",)) as tab:
            assert axe(tab, "html") == [], path
            wide = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{path.name} scrolls sideways"
            assert tab.locator("script, img, iframe, object, a, form").count() == 0
            if path.name.startswith(("written", "cmd")):
                assert "<script>alert(1)</script>" in tab.inner_text("body"), (
                    "a student's words are all there"
                )


def test_the_policy_holds_even_if_an_escape_were_missed(chromium, serve, tmp_path):
    hole = "<script>document.title = 'run'</script><img src='x.png'><p>So</p>"
    (tmp_path / "hole.html").write_text(page("A hole", hole))
    asked = []
    context = chromium.new_context()
    tab = context.new_page()
    tab.on("response", lambda response: asked.append(response.url))
    tab.goto(serve(tmp_path) + "/hole.html")
    assert tab.title() == "A hole" and [url.rpartition("/")[2] for url in asked] == ["hole.html"]
    context.close()


@settings(deadline=None)
@given(st.text(st.characters()))
def test_any_text_is_only_text(text):
    assert set(Tags(said(text)).tags) == {"div"} and set(Tags(f'<p title="{escaped(text)}">').attributes) == {
        "title"
    }
    assert clean(clean(text)) == clean(text)
    line = shown(text, 40)
    assert len(line) <= 40 and "\n" not in line
    line.encode()


def test_text_that_is_kept_and_cut():
    assert clean(GOOD) == GOOD
    assert clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert clean("e" + "\u0301" * 50) == "e" + "\u0301" * 4
    assert clean("x" * 30_000).endswith(" … (cut here)")
    assert clean("\x1b[2J\x1b]0;title\x07ok\x9b1mx") == "okx"


def test_a_known_mistake_is_seen_with_its_number_and_a_strong_item_with_its_correlation(tmp_path):
    """Eight students: who fails the first item fails the second, too; all have the third."""
    weak = {"sample-1": "calls = len(votes)", "sample-2": ANSWERS["sample-2"] + "\nshare_pct = 0.0"}
    (tmp_path / "in").mkdir()
    for number in range(8):
        data = saved(solved(f"s{number}", weak if number < 4 else {}))
        (tmp_path / "in" / f"s{number}_sample.ipynb").write_bytes(data)
    (tmp_path / "roster.csv").write_text("student\n" + "".join(f"s{number}\n" for number in range(8)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUSPAK_SHEETS", str(SAMPLES))
        public.read.cache_clear()
        mark(tmp_path / "in", tmp_path / "roster.csv", tmp_path / "out")
    public.read.cache_clear()
    text = (tmp_path / "out/class.html").read_text(encoding="utf-8")
    assert '<th scope="row">1</th><td>1.00</td><td><ul><li>1 (by 4):' in text
    assert '<th scope="row">3</th><td>–</td><td>–</td>' in text, "all have it: no correlation"
    order = re.findall(r'<th scope="row">s(\d)</th>', text)
    assert order == ["4", "5", "6", "7", "0", "1", "2", "3"], "the most points first"


def test_code_is_set_as_code():
    text = "Compare with `==`. Nearly all of it:\n    a = `b` < 1\n      c\nThen count."
    assert prose(text) == (
        "Compare with <code>==</code>. Nearly all of it:<pre><code>a = `b` &lt; 1\n  c</code></pre>Then "
        "count."
    )


def test_what_to_read_again_is_said_in_the_words_of_the_lesson():
    known = feedback.objectives("01_history")
    assert known["history-baseline"].startswith("Compare a number with a baseline") and len(known) >= 4
    assert feedback.objectives("99_none") == {}


def test_what_to_read_again_names_the_sections_that_ask_for_it():
    known, where = feedback.objectives("01_history"), feedback.sections("01_history")
    assert set(where) == set(known), "each objective is asked for somewhere"
    assert "Compared with whom?" in where["history-baseline"]
    assert feedback.sections("99_none") == {}
