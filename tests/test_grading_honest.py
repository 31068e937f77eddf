"""Honest students lose no marks: text in the wrong cell, an id typed otherwise, cells that were harmed."""

import copy
import re
from collections.abc import Callable

import pytest
from grading_fixtures.broken import ANSWERS, HANDED_OUT, SAMPLES, cell, saved, solved
from test_grading_batch import mark, rows

from ruspak.sheets import public
from ruspak.sheets.variants import draw

PROSE = "It counts roll calls in which both took part, and leaves out who was absent."
WRITTEN = "**sample-9**, 10 points. Your answer:\n\n"
KINDS: dict[str, Callable[[str], dict]] = {}


def kind(make):
    KINDS[make.__name__.replace("_", "-")] = make
    return make


def markdown(source: str) -> dict:
    return {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": source}


def silent(student: str, answers: dict[str, str] | None = None) -> dict:
    """All right but for the written answer, whose cell is as it was handed out."""
    return solved(student, {"sample-9": WRITTEN + "YOUR ANSWER HERE", **(answers or {})})


# --- prose --------------------------------------------------------------------------------------------------------------


@kind
def prose_above(student):
    notebook = silent(student)
    notebook["cells"].insert(27, markdown(PROSE))
    return notebook


@kind
def prose_in_the_question(student):
    notebook = silent(student)
    notebook["cells"][27]["source"] += "\n\n" + PROSE
    return notebook


@kind
def prose_in_a_code_cell(student):
    return silent(student, {"sample-8": ANSWERS["sample-8"] + "\n# " + PROSE})


@kind
def prose_as_code(student):
    notebook = silent(student)
    notebook["cells"].insert(20, {"cell_type": "code", "metadata": {}, "outputs": [], "source": PROSE})
    return notebook


@kind
def prose_with_signs_as_code(student):
    notebook = silent(student)
    source = PROSE.replace("absent.", "absent (70 % of them).")
    notebook["cells"].insert(20, {"cell_type": "code", "metadata": {}, "outputs": [], "source": source})
    return notebook


@kind
def prose_in_a_text(student):
    return silent(student, {"sample-8": ANSWERS["sample-8"] + f'\nanswer = """{PROSE}"""'})


@kind
def prose_without_spaces(student):
    notebook = silent(student)
    notebook["cells"].insert(3, markdown("它统计双方都参加的点名表决，不计缺席者。"))
    return notebook


@kind
def prose_at_the_end(student):
    notebook = silent(student)
    notebook["cells"] += [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": "1"},
        markdown(PROSE),
    ]
    return notebook


@kind
def prose_in_a_new_cell_for_a_deleted_one(student):
    notebook = silent(student)
    notebook["cells"][-1] = markdown(PROSE)
    return notebook


@kind
def answer_cell_made_code(student):
    notebook = solved(student)
    notebook["cells"][-1] |= {"cell_type": "code", "outputs": []}
    return notebook


@kind
def no_prose(student):
    return silent(student, {"sample-8": ANSWERS["sample-8"] + "\n# short note"})


@kind
def no_prose_but_long_texts(student):
    """A query, a title, a name of a column, a line of dashes: long, and no answer."""
    code = """
VOTES.query("year > 1950 and AAA == 'Y' and BBB == 'Y' or year > 1951")
dict(title="Share of the calls in which both voted the same, by year")
VOTES.columns == "a long name of a column that is not there"
"""
    notebook = silent(student, {"sample-8": ANSWERS["sample-8"] + code})
    notebook["cells"].insert(3, markdown("-" * 40))
    return notebook


# --- ids ----------------------------------------------------------------------------------------------------------------


def typed(student: str, line: str) -> dict:
    """The sheet of a student whose id is typed in another way."""
    notebook = solved(student)
    first = notebook["cells"][1]
    assert f"STUDENT = {student!r}" in first["source"]
    first["source"] = first["source"].replace(f"STUDENT = {student!r}", line)
    return notebook


IDS = {
    "long-dash": lambda id: id.replace("-", "\u2014"),
    "urdu-digits": lambda id: "".join(chr(0x6F0 + int(one)) if one.isdigit() else one for one in id),
    "full-width": lambda id: "".join(chr(ord(one) + 0xFEE0) if one.isalnum() else one for one in id),
    "invisible": lambda id: f"\u200b{id}\u2060",
    "name-in-front": lambda id: f"Ana Ruiz {id}",
}


# --- code ---------------------------------------------------------------------------------------------------------------


def first_cell(student: str, change) -> dict:
    notebook = solved(student)
    notebook["cells"][1]["source"] = change(notebook["cells"][1]["source"])
    return notebook


@kind
def import_above(student):
    return first_cell(student, lambda source: "import seaborn_of_mine\n" + source)


@kind
def input_for_the_id(student):
    return first_cell(
        student, lambda source: source.replace(f"STUDENT = {student!r}", 'STUDENT = input("Your id? ")')
    )


@kind
def reads_a_file(student):
    return first_cell(
        student, lambda source: "import pandas as pd\nmine = pd.read_csv('C:/mine.csv')\n" + source
    )


@kind
def first_cell_deleted(student):
    notebook = solved(student)
    del notebook["cells"][1]
    return notebook


@kind
def answer_made_markdown(student):
    notebook = solved(student)
    cell(notebook, "a1")["cell_type"] = "markdown"
    return notebook


@kind
def stub_below(student):
    return solved(student, {"sample-1": ANSWERS["sample-1"] + "\ncalls = ..."})


STUBS = {
    "comment": "calls = ...  # your answer here",
    "annotated": "calls: int = ...",
    "several": "calls, mine = ..., ...",
    "in-a-chain": "mine = calls = (\n    ...\n)",
    "word": "calls = Ellipsis;",
    "after-a-line-of-ipython": "calls = ...\n%matplotlib inline",
}
KINDS |= {
    f"stub-{name}": lambda student, stub=stub: solved(
        student, {"sample-1": ANSWERS["sample-1"].replace("calls =", "calls: int =") + "\n" + stub}
    )
    for name, stub in STUBS.items()
}
SIGNS = {
    "space": lambda code: code.replace(" = ", "\u00a0=\u00a0"),
    "quotes": lambda code: code.replace('"', "\u201c"),
    "digits": lambda code: code + "\ncalls = calls + 1 - \u06f1",
    "minus": lambda code: code + "\ncalls = calls + 1 \u2212 1",
}
KINDS |= {
    f"signs-{name}": lambda student, change=change: solved(student, {"sample-1": change(ANSWERS["sample-1"])})
    for name, change in SIGNS.items()
}


@kind
def deleted_at_the_end(student):
    notebook = solved(student)
    notebook["cells"].append(
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": "del calls, word"}
    )
    return notebook


@kind
def stub_cell_below(student):
    notebook = solved(student)
    stub = copy.deepcopy(cell(notebook, "a3")) | {"source": "closest = ..."}
    notebook["cells"].append(stub)
    return notebook


@kind
def used_again_for_something_else(student):
    notebook = solved(student)
    notebook["cells"].append(
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "source": "for calls in votes.groupby('year'):\n    pass",
        }
    )
    return notebook


@kind
def two_tries_at_one_question(student):
    notebook = solved(student)
    notebook["cells"].append(
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": "word = 'against'"}
    )
    return notebook


@kind
def answers_by_the_run(student):
    """The first cell stops on purpose, so that the sheet's own are put before it; the code sees that."""
    notebook = first_cell(student, lambda source: f'second = "me" in globals()\n{source}\n1/0')
    cell(notebook, "a8")["source"] = ANSWERS["sample-8"] + "\nword = word if second else 'against'"
    return notebook


@kind
def cell_stops(student):
    return solved(student, {"sample-8": "import seaborn_of_mine\n" + ANSWERS["sample-8"]})


@kind
def unread(student):
    return solved(student, {"sample-1": "\n### my own\ncalls = (1\n"})


def other_variant(student: str, other: str) -> bool:
    description = public.read("sample")
    return draw(description, student) != draw(description, other)


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """The folder of marks for one submission of each kind."""
    folder = tmp_path_factory.mktemp("honest")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUSPAK_SHEETS", str(SAMPLES))
        public.read.cache_clear()
        work = {f"{name}-1": make(f"{name}-1") for name, make in KINDS.items()}
        for number, change in enumerate(IDS.values()):
            id = f"2026-{100 + number}"
            work[id] = typed(id, f"STUDENT = {change(id)!r}")
        work["2026-300"] = typed("2026-300", 'STUDENT = "2026-300\u200b"')
        work["2026-21"] = typed("2005", "STUDENT = 2026-21")
        work["nobody-1"] = solved("")
        for decision in ("roster", "notebook"):
            work[f"says-{decision}"] = solved("Somebody\u200bElse")
        assert all(other_variant(one, "2005") for one in ("2026-21", "nobody-1"))
        (folder / "in").mkdir()
        for id, notebook in work.items():
            (folder / "in" / f"{id}_sample.ipynb").write_bytes(saved(notebook))
        lines = "".join(f"{id},{id[5:] if id[:5] == 'says-' else ''}\n" for id in work)
        (folder / "roster.csv").write_text(f"student,variant\n{lines}", encoding="utf-8")
        mark(folder / "in", folder / "roster.csv", folder / "out")
        mark(folder / "in", folder / "roster.csv", folder / "insisted", final=True)
    public.read.cache_clear()
    return folder / "out"


@pytest.fixture
def total(marked):
    totals = {row["student"]: row for row in rows(marked / "totals.csv")}
    return lambda name: totals[name if name in totals else f"{name}-1"]


def verdict(marked, name: str, item: str) -> dict[str, str]:
    return next(
        row for row in rows(marked / "marks.csv") if (row["student"], row["item"]) == (f"{name}-1", item)
    )


def page(marked, name: str) -> str:
    return (marked / "feedback" / f"{name}-1_sample.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "prose-above",
        "prose-in-the-question",
        "prose-in-a-code-cell",
        "prose-as-code",
        "prose-in-a-new-cell-for-a-deleted-one",
    ],
)
def test_own_prose_anywhere_waits_and_is_shown_with_its_place(name, marked, total):
    assert total(name)["points"] == "90" and "1 written answer waits" in total(name)["note"]
    place = {
        "prose-above": 28,
        "prose-in-the-question": 28,
        "prose-in-a-code-cell": 26,
        "prose-as-code": 21,
        "prose-in-a-new-cell-for-a-deleted-one": 29,
    }[name]
    assert f"Elsewhere in the notebook, in cell {place} from the top:" in page(
        marked, name
    ) and PROSE in page(marked, name)
    assert f"Your own text stands in cell {place} from the top; your teacher will look." in page(marked, name)
    shown = (marked / "written.html").read_text(encoding="utf-8")
    assert shown.count(f"in cell {place} from the top:") >= 1 and PROSE in shown


def test_text_in_the_next_cell_of_ones_own_is_the_answer(marked, total):
    assert verdict(marked, "prose-at-the-end", "sample-9")["verdict"] == "waiting"
    assert PROSE in page(marked, "prose-at-the-end")


def test_an_answer_in_a_code_cell_is_one(marked, total):
    assert total("answer-cell-made-code")["points"] == "90"
    assert verdict(marked, "answer-cell-made-code", "sample-9")["verdict"] == "waiting"
    assert "the answer to sample-9 stands in a code cell" in total("answer-cell-made-code")["note"]


def test_where_there_is_none_it_is_said(marked, total):
    assert verdict(marked, "no-prose", "sample-9")["verdict"] == "not attempted"
    assert "We found no text in the cell for your answer." in page(marked, "no-prose")
    assert verdict(marked, "no-prose-but-long-texts", "sample-9")["verdict"] == "not attempted"


@pytest.mark.parametrize("number", range(len(IDS)), ids=IDS)
def test_an_id_typed_otherwise_is_the_same_id(number, total):
    row = total(f"2026-{100 + number}")
    assert row["points"] == "90" and row["note"] == "1 written answer waits for points"


def test_another_variant_is_shown_with_both_scores_and_the_teacher_decides(marked, total):
    for name, says in (
        ("2026-21", "the notebook names '2005', the roster 2026-21."),
        ("nobody", "the notebook names no student."),
    ):
        row = total(name)
        assert float(row["points"]) < 90
        assert f"LOOK: {says} Without written answers, marked as" in row["note"]
        assert f"{row['points']} points; as worked: 90. You decide: write roster or notebook" in row["note"]
    assert total("says-notebook")["points"] == "90"
    assert float(total("says-roster")["points"]) < 90
    for decision in ("roster", "notebook"):
        note = total(f"says-{decision}")["note"]
        assert f"Marked by the variant of the {decision}, as your roster says." in note and "LOOK" not in note
        assert "names 'Somebody⟨U+200B⟩Else'" in note, "what does not show is shown"


@pytest.mark.parametrize("name", ["import-above", "input-for-the-id", "reads-a-file", "first-cell-deleted"])
def test_a_first_cell_that_fails_or_is_gone(name, total):
    assert total(name)["points"] == "90" and "the sheet's own were put before them" in total(name)["note"]


@pytest.mark.parametrize(
    "name, note",
    {
        "answer-made-markdown": "the cell of sample-1 was no code cell any more; it was run as one",
        "stub-below": "a stub below the answer was passed over: sample-1",
        "stub-cell-below": "a stub below the answer was passed over: sample-3",
        "used-again-for-something-else": "",
    }.items(),
)
def test_harmed_cells_cost_nothing_where_what_was_meant_can_be_told(name, note, total):
    assert total(name)["points"] == "90" and note in total(name)["note"] and "LOOK" not in total(name)["note"]


@pytest.mark.parametrize("name", STUBS)
def test_a_stub_of_any_form_below_an_answer_is_passed_over(name, total):
    note = total(f"stub-{name}")["note"]
    assert total(f"stub-{name}")["points"] == "90"
    assert "a stub below the answer was passed over: sample-1" in note and "stopped" not in note


@pytest.mark.parametrize("name", SIGNS)
def test_signs_of_phones_and_office_programs_are_read_as_the_plain_ones(name, total):
    note = total(f"signs-{name}")["note"]
    assert total(f"signs-{name}")["points"] == "90"
    assert re.search(
        r"cell \d+ from the top had signs that Python does not read; it ran with the plain ones", note
    )


def test_what_is_deleted_at_the_end_counts_as_it_was_checked(total):
    assert total("deleted-at-the-end")["points"] == "90" and "LOOK" not in total("deleted-at-the-end")["note"]


def test_nobody_has_two_tries_at_one_question(marked, total):
    row = total("two-tries-at-one-question")
    assert row["points"] == "85"
    assert (
        "LOOK: sample-8: `word` was given another value after its check; as it was checked: 5 points more"
        in row["note"]
    )


def test_code_that_sees_in_which_run_it_is_gains_nothing(marked, total):
    assert total("answers-by-the-run")["points"] == "85"
    assert verdict(marked, "answers-by-the-run", "sample-8")["verdict"] == "wrong"


def test_an_invisible_sign_in_the_id_is_none(total):
    assert total("2026-300")["points"] == "90" and "LOOK" not in total("2026-300")["note"]


@pytest.mark.parametrize("name", ["prose-with-signs-as-code", "prose-in-a-text", "prose-without-spaces"])
def test_prose_of_other_kinds_waits(name, marked):
    assert verdict(marked, name, "sample-9")["verdict"] == "waiting"


def test_a_cell_that_stops_says_why_on_the_students_page(marked):
    said = "begins “import seaborn_of_mine”, stopped: ModuleNotFoundError: No module named &#x27;seaborn_of_mine&#x27;. The lines"
    assert said in page(marked, "cell-stops")


def test_a_cell_that_python_cant_read_is_named_as_jupyter_shows_it(marked, total):
    """Text cells count, too, everywhere; the first words are what one looks for. Nothing in such a cell has run."""
    cell = next(n for n, one in enumerate(HANDED_OUT["cells"], 1) if "calls = ..." in one["source"])
    name = f"cell {cell} from the top, which begins “calls = (1”"
    told = page(marked, "unread")
    assert re.search(
        re.escape(f"Python can&#x27;t read your {name}: SyntaxError: ")
        + r"[^.]{1,80}, in its line \d\. So nothing in that cell ran\.",
        told,
    ), told
    assert f"stopped with an error: {name} (SyntaxError: " in total("unread")["note"]


def test_no_import_file_holds_a_mark_that_needs_a_persons_eye(marked, total):
    for table, id, first in (("moodle.csv", "ID number", 0), ("canvas.csv", "SIS User ID", 0)):
        free = {row[id]: row["sample"] for row in rows(marked / table)[first:]}
        assert {id for id, points in free.items() if points} == {"no-prose-1", "no-prose-but-long-texts-1"}
        insisted = {row[id]: row["sample"] for row in rows(marked.parent / "insisted" / table)[first:]}
        assert all(insisted.values()) and insisted["two-tries-at-one-question-1"] == "85"


def test_the_class_page_has_no_braces_and_waiting_is_not_zero(marked):
    text = re.sub("<style>.*?</style>", "", (marked / "class.html").read_text(encoding="utf-8"), flags=re.S)
    assert "{" not in text and "}" not in text
    assert re.search(r">sample-9</th><td>not marked yet \(2 not attempted, \d+ waiting\)", text)
