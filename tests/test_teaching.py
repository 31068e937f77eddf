"""The teaching guide keeps step: minutes, sections, questions and discussions of a plan are those of its notebook,
and what the guide prints is traced, attributed and leads somewhere.
"""

import re

import pytest
import yaml
from fairness import errors as unattributed
from prose import errors as untraced

from course import ROOT, notebooks, read
from ruspak import table
from ruspak.errors import CourseError
from ruspak.quiz import bank
from tools import minutes, plans

GUIDE = ROOT / "docs" / "teaching"
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
CLOCK = re.compile(r"^\| \d:\d\d \| \d+ \||^\| \| \d+ \|", re.M)
# Pages on how a class is run: their weeks, groups and points have no source; their links are looked at.
RUN = {"README", "rooms", "syllabus", "marks"}


def plan_of(path):
    """The text of the plan for a notebook."""
    return (GUIDE / f"plan_{path.stem}.md").read_text(encoding="utf-8")


def plain(text: str) -> str:
    """A text without the addresses of its links."""
    return " ".join(LINK.sub(r"\1", text).split())


@pytest.fixture(scope="module", params=notebooks("notebooks"), ids=lambda path: path.stem)
def lesson(request):
    return request.param


def test_minutes_and_keys_of_a_plan_are_those_of_the_notebook(lesson):
    path = GUIDE / f"plan_{lesson.stem}.md"
    assert plans.written(path, plan_of(lesson)) == plan_of(lesson), f"{path.name}: run make numbers"


def test_a_plan_has_the_core_in_order_and_fills_the_lesson(lesson):
    rows = [row for row in plans.ROW.finditer(plan_of(lesson)) if row[1]]
    assert sum(int(row[1]) for row in rows) == plans.LESSON
    linked = [link[1] for row in rows if (link := plans.SECTION.search(row[2]))]
    core = [key for key, section in plans.sections(lesson.stem).items() if section.kind == "core"]
    at_home = plans.anchor("Go further")
    assert [key for key in linked if key != at_home] == [key for key in core if key != at_home]


def test_a_question_is_put_to_the_vote_in_its_section(lesson):
    asked, here = {}, ""
    for cell in read(lesson).cells:
        if minutes.begins(cell):
            here = plans.anchor(minutes.HEADING.match(cell.source)[2])
        for key in re.findall(r'^quiz\("([a-z]+-\d+)"\)', cell.source, re.M):
            asked[key] = here
    rows = [line for line in plan_of(lesson).splitlines() if plans.ROW.match(line)]
    at = ""
    for row in rows:
        link = plans.SECTION.search(row)
        at = link[1] if link else at  # a second vote follows its section
        assert not (wrong := [key for key in plans.ASKED.findall(row) if asked.get(key) != at]), (
            f"{wrong} not in #{at}"
        )
    assert plans.asked(plan_of(lesson)), "the plan puts nothing to the vote"


def test_each_discussion_question_has_answers(lesson):
    cells = [cell.source for cell in read(lesson).cells if cell.cell_type == "markdown"]
    (discussion,) = [text for text in cells if text.startswith(f"## {plans.DISCUSSION}")]
    wanted = [plain(line[2:]) for line in discussion.splitlines() if line.startswith("- ")]
    told = re.findall(r"^\*\*(.+?)\*\*\n\n((?:- .+\n)+)", plan_of(lesson), re.M)
    assert wanted and [plain(question) for question, _ in told] == wanted
    assert all(answers.count("\n- ") >= 1 for _, answers in told), (
        "a question with one answer is none to discuss"
    )


@pytest.mark.parametrize("path", sorted(GUIDE.glob("*.md")), ids=lambda path: path.stem)
def test_the_guide_is_traced_attributed_and_leads_somewhere(path):
    text = plans.KEYS.sub("", path.read_text(encoding="utf-8"))
    found = untraced(CLOCK.sub("| ", text).replace("../../data", "../data")) + unattributed(text)
    found = [error for error in found if path.stem not in RUN or not error.startswith("bare number")]
    assert not found, "\n".join(found)
    for _, target in LINK.findall(text):
        if "://" in target:
            continue
        name, _, place = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), f"{path.name}: {target} leads nowhere"
        if place and file.suffix == ".ipynb":
            assert place in plans.sections(file.stem), f"{path.name}: no section {target}"
        elif place:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.M)
            assert place in map(plans.anchor, headings), f"{path.name}: no heading {target}"


def test_the_length_of_a_lesson_is_told_once_and_right():
    text = (GUIDE / "syllabus.md").read_text(encoding="utf-8")
    assert f"A lesson is {plans.LESSON} minutes; its core is at most {minutes.CORE}," in text


def test_the_guide_names_only_questions_and_sheets_that_exist():
    text = "\n".join(path.read_text(encoding="utf-8") for path in GUIDE.glob("*.md"))
    assert set(plans.ASKED.findall(text)) <= bank.questions().keys()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("#Who-moved?", "#Who-ran?"), "no section #Who-ran?"),
        (("`history-37`: ", "`history-99`: "), "no quiz question 'history-99'"),
        (("| 5 | Second vote", "| 50 | Second vote"), "leaves"),
    ],
)
def test_a_plan_that_can_not_be_written_is_told(change, says):
    path = GUIDE / "plan_01_history.md"
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    with pytest.raises(CourseError, match=re.escape(says)):
        plans.written(path, text.replace(*change))


def test_all_that_is_wrong_in_a_plan_is_told_at_once():
    path = GUIDE / "plan_01_history.md"
    text = path.read_text(encoding="utf-8").replace("`history-37`: ", "`history-99`: ")
    with pytest.raises(CourseError) as told:
        plans.written(path, text.replace("| 5 | Second vote", "| 50 | Second vote"))
    minutes_left, question = str(told.value).splitlines()
    assert "leaves" in minutes_left and question.startswith("plan_01_history.md, `history-99` in the table: ")


def test_minutes_follow_the_notebook(monkeypatch):
    path = GUIDE / "plan_01_history.md"
    text = path.read_text(encoding="utf-8")
    now = plans.sections("01_history")
    longer = now | {key: now[key]._replace(minutes=now[key].minutes + 1) for key in [next(iter(now))]}
    monkeypatch.setattr(plans, "sections", lambda name: longer)
    assert plans.written(path, text) != text


def test_the_paper_names_the_authors_and_only_what_is_listed():
    paper = (ROOT / "paper.md").read_text(encoding="utf-8")
    _, head, body = paper.split("---\n", 2)
    head, cited = yaml.safe_load(head), yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert [one["name"] for one in head["authors"]] == [one["name"] for one in cited["authors"]]
    listed = re.findall(r"^@\w+\{(\w+),", (ROOT / head["bibliography"]).read_text(encoding="utf-8"), re.M)
    assert sorted(set(re.findall(r"@(\w+)", body))) == sorted(listed)
    assert f"{len(table('claims'))} claims" in body.replace("\n", " ")
    assert unattributed(body) == []


@pytest.mark.parametrize("path", sorted(FORMS.glob("[0-9]*.yml")), ids=lambda path: path.stem)
def test_a_form_can_be_filled_in(path):
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form.keys() == {"name", "description", "labels", "body"}
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert {field["type"] for field in fields} <= {"input", "textarea"}
    assert len({field["id"] for field in fields}) == len(fields), "ids are unique"
    assert all(field["attributes"]["label"] for field in fields)
    assert any(field.get("validations", {}).get("required") for field in fields)
