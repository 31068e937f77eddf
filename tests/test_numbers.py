"""Numbers of calc: links are written from their calculations, and a difference is told."""

import shutil
import subprocess
import sys

import nbformat
import pytest
import yaml

from course import ROOT
from ruspak.data import calc_text, calcs
from ruspak.data.words import Printer, in_fraction, in_words
from ruspak.errors import CourseError
from tools import calc_links

HOME = "../data/README.md"
WHOLE = f'[81%]({HOME}#un_agreement_by_issue "calc:pak-rus-1980s")'


def test_no_number_is_out_of_step(capsys):
    code = calc_links.main(["--check"])
    told = capsys.readouterr()
    assert code == 0, told.out + told.err


@pytest.mark.parametrize(
    "typed",
    [
        "[](calc:pak-rus-1980s)",
        '[](… "calc:pak-rus-1980s")',
        '[]("calc:pak-rus-1980s")',
        "[about 80%](calc:pak-rus-1980s)",
        f'[82%]({HOME}#un_agreement_by_issue "calc:pak-rus-1980s")',
        f'[81%]({HOME}#disputes "calc:pak-rus-1980s")',
    ],
)
def test_a_link_becomes_whole(typed):
    assert calc_links.whole(f"It was {typed} then.", HOME) == (f"It was {WHOLE} then.", [])


@pytest.mark.parametrize(
    "kept",
    [
        WHOLE,
        '[81%](elsewhere#un_agreement_by_issue  "calc:pak-rus-1980s")',
        "In code, `[](calc:pak-rus-1980s)` stays.",
        "```\n[](calc:pak-rus-1980s)\n```",
        '[26%](../data/README.md#claims "claim:S000-38") and [a page](page.md)',
    ],
)
def test_what_is_right_or_no_number_stays_byte_for_byte(kept):
    assert calc_links.whole(kept, HOME) == (kept, [])


def test_a_link_keeps_the_other_table_of_its_calculation():
    fee = calc_text("en-even-reached")
    for table in ("pipelines", "pipeline_tariffs"):
        link = f'[{fee}]({HOME}#{table} "calc:en-even-reached")'
        assert calc_links.whole(link, HOME) == (link, [])
    assert calc_links.whole("[](calc:en-even-reached)", HOME)[0] == link.replace(
        "pipeline_tariffs", "pipelines"
    )


@pytest.mark.parametrize(
    "typed, says",
    [
        (
            "[](calc:pak-rus-1890s)",
            "no calculation 'pak-rus-1890s' in data/course/calcs.csv. Did you mean 'pak-rus-1990s'",
        ),
        ("[](calc:)", "no calculation ''"),
        (
            "[](calc:misspelt)",
            "data/course/calcs.csv, misspelt: there is no table or function 'un_vote'. Did you mean 'un_votes'",
        ),
        ("[](calc:other-column)", "no attribute 'turnover_usd'. Did you mean 'turnover_musd'?"),
        ("[](calc:other-key)", "KeyError: 'turnover_usd'. Did you mean 'turnover_musd'?"),
        ("[](calc:no-expression)", "fails with SyntaxError: "),
        ("[](calc:ou-brier-70)", "uses no table"),
        ("[x](Calc:pak-rus-1980s)", "no link to a calculation that can be read. Write [](calc:id)"),
        ('[x](page.md "calc:pak-rus-1980s)', "no link to a calculation that can be read"),
    ],
)
def test_what_can_not_be_written_is_told_and_stays(typed, says, monkeypatch):
    row_of = calcs.row_of

    slips = {
        "misspelt": "len(un_vote)",
        "other-column": "bilateral_trade.turnover_usd.sum()",
        "other-key": "bilateral_trade['turnover_usd'].sum()",
        "no-expression": "len(un_votes",
    }

    def with_a_slip(name, key, what):
        row = row_of(name, "pak-rus-1980s" if key in slips else key, what)
        return row.replace({row.expression: slips[key]}) if key in slips else row

    monkeypatch.setattr(calcs, "row_of", with_a_slip)
    text, (error,) = calc_links.whole(typed, HOME)
    assert text == typed and says in error


def with_format(monkeypatch, key, form):
    before = calcs.row_of

    def row_of(name, asked, what):
        row = before(name, asked, what)
        return row.replace({row.format: form}) if asked == key else row

    monkeypatch.setattr(calcs, "row_of", row_of)


def test_a_number_may_be_printed_in_words(monkeypatch):
    with_format(monkeypatch, "ou-civil", "{:words} | {}")
    target = f'({HOME}#projects "calc:ou-civil")'
    assert calc_links.whole(f"[]{target}", HOME)[0] == f"[forty-seven]{target}"
    for accepted in ("forty-seven", "Forty-seven", "47"):
        assert calc_links.whole(f"[{accepted}]{target}", HOME) == (f"[{accepted}]{target}", [])
    assert calc_links.whole(f"[forty-six]{target}", HOME)[0] == f"[forty-seven]{target}"


def test_a_format_that_can_not_print_is_told(monkeypatch):
    with_format(monkeypatch, "pak-rus-1980s", "{:words}")
    with pytest.raises(CourseError, match="data/course/calcs.csv, pak-rus-1980s: the format can't print 80"):
        calc_text("pak-rus-1980s")


@pytest.mark.parametrize(
    "number, words",
    [(0, "none"), (13, "thirteen"), (20, "twenty"), (42.0, "forty-two"), (-3, "minus three"),
     (100, "one hundred"), (999, "nine hundred and ninety-nine")],
)  # fmt: skip
def test_whole_numbers_in_words(number, words):
    assert in_words(number) == words


@pytest.mark.parametrize(
    "part, words",
    [(0.5, "half"), (0.66, "two thirds"), (0.34, "a third"), (0.75, "three quarters"), (0.9, "nine tenths")],
)
def test_parts_in_words(part, words):
    assert in_fraction(part) == words and Printer().format("{:fraction%}", 100 * part) == words


@pytest.mark.parametrize("call", [lambda: in_words(2.5), lambda: in_words(1000), lambda: in_fraction(0.45)])
def test_what_has_no_words_is_told(call):
    with pytest.raises(CourseError, match="print it in digits"):
        call()


def test_numbers_have_a_true_minus_and_texts_their_hyphens():
    assert Printer().format("{:.0f}%", -3.2) == "−3%" and Printer().format("{}", "2021-10") == "2021-10"


@pytest.fixture
def course(tmp_path):
    """A course with a stale link in each kind of file."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("It was [](calc:pak-rus-1980s).", id="first"),
            nbformat.v4.new_code_cell("'[](calc:pak-rus-1980s)'", id="second"),
        ]
    )
    for folder in ("notebooks", "solutions/keys", "quizzes", "docs"):
        (tmp_path / folder).mkdir(parents=True)
    for folder in ("notebooks", "solutions"):
        (tmp_path / folder / "01_x.ipynb").write_text(nbformat.writes(notebook) + "\n")
    (tmp_path / "quizzes/01_x.yaml").write_text(
        'plain: It was [](calc:pak-rus-1980s)\ndouble: "a \\"b\\": [](calc:pak-rus-1980s)"\n'
        "single: 'a: [](calc:pak-rus-1980s)'\nanswer: calc:pak-rus-1980s\n"
    )
    (tmp_path / "solutions/keys/01_x.py").write_text('says = "[](calc:pak-rus-1980s)"\n')
    for name in ("README.md", "docs/x.md"):
        (tmp_path / name).write_text("[](calc:pak-rus-1980s)\n")
    return tmp_path


def test_every_kind_of_file_is_written_and_a_second_run_changes_nothing(course, capsys):
    assert calc_links.main(["--check"], course) == 1 and capsys.readouterr().out.count("out of step") == 6
    assert calc_links.main([], course) == 0 and capsys.readouterr().out.count("wrote") == 6
    for folder in ("notebooks", "solutions"):
        first, second = nbformat.read(course / folder / "01_x.ipynb", as_version=4).cells
        assert first.source == f"It was {WHOLE}." and second.source == "'[](calc:pak-rus-1980s)'"
    quiz = yaml.safe_load((course / "quizzes/01_x.yaml").read_text())
    assert quiz == {
        "plain": f"It was {WHOLE}",
        "double": f'a "b": {WHOLE}',
        "single": f"a: {WHOLE}",
        "answer": "calc:pak-rus-1980s",
    }
    names = {}
    exec((course / "solutions/keys/01_x.py").read_text(), names)
    assert names["says"] == WHOLE.replace("../", "../../")
    assert (course / "docs/x.md").read_text() == WHOLE + "\n"
    assert (course / "README.md").read_text() == WHOLE.replace("../", "") + "\n"
    assert calc_links.main([], course) == 0 and capsys.readouterr().out == ""


def test_check_writes_nothing(course):
    before = {path: path.read_bytes() for path in course.rglob("*.*")}
    assert calc_links.main(["--check"], course) == 1
    assert {path: path.read_bytes() for path in course.rglob("*.*")} == before


def test_a_mistyped_id_is_told_with_file_and_cell_and_the_rest_is_written(course, capsys):
    path = course / "notebooks/01_x.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += " And [](calc:pak-rus-1890s)."
    nbformat.write(notebook, path)
    (course / "docs/x.md").write_text("[](calc:nothing-like-it)\n")
    assert calc_links.main([], course) == 1
    told = capsys.readouterr().err
    assert "notebooks/01_x.ipynb, cell first: There is no calculation 'pak-rus-1890s'" in told
    assert (
        "Did you mean 'pak-rus-1990s' or 'pak-rus-1980s'" in told
        and "docs/x.md, line 1: There is no calculation" in told
    )
    assert nbformat.read(path, as_version=4).cells[0].source == f"It was {WHOLE}. And [](calc:pak-rus-1890s)."


def test_tables_that_cannot_be_read_are_told_once_not_at_each_link(tmp_path):
    for folder in ("ruspak", "tools", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "README.md").write_text("[](calc:pak-rus-1980s) [](calc:pak-rus-1990s)\n")
    for name in ("calcs", "facts"):
        with (tmp_path / f"data/course/{name}.csv").open("a", encoding="utf-8") as file:
            file.write("trial" + ", b" * 20 + "\n")
    run = [sys.executable, "-m", "tools.calc_links"]
    told = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 1 and not told.stdout
    one, other = sorted(told.stderr.splitlines())
    assert one.startswith("data/course/calcs.csv, line ") and other.startswith("data/course/facts.csv, line ")


def test_an_unknown_id_in_a_quiz_is_told_with_its_question_and_the_nearest_ids(course, capsys):
    (course / "quizzes/01_x.yaml").write_text(
        "- id: one-1\n  question: It was [](calc:pak-rus-1980s).\n  answer: calc:pak-rus-1890s\n"
        "- id: one-2\n  question: It was [](calc:pak-rus-1890s).\n  mistakes:\n"
        "    - {answer: calc:pak-rus-1890, feedback: No.}\n  answer: calc:pak-rus-1980s\n"
    )
    assert calc_links.main([], course) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if "quizzes/" in line]
    assert [line.partition(" Did you mean 'pak-rus-19")[0] for line in told] == [
        f"quizzes/01_x.yaml, question {key}: There is no calculation '{one}' in data/course/calcs.csv."
        for key, one in (("one-2", "pak-rus-1890s"), ("one-1", "pak-rus-1890s"), ("one-2", "pak-rus-1890"))
    ]
    assert WHOLE in (course / "quizzes/01_x.yaml").read_text(), "what is right is written all the same"


@pytest.mark.parametrize(
    "name, text", [("notebooks/01_x.ipynb", "{"), ("quizzes/01_x.yaml", 'a: "b\n'), ("docs/x.md", b"\xff")]
)
def test_a_broken_file_is_told_and_left(course, name, text, capsys):
    (course / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    before = (course / name).read_bytes()
    assert calc_links.main([], course) == 1
    assert f"{name} can't be read" in capsys.readouterr().err and (course / name).read_bytes() == before
