"""The anatomy of every notebook: objectives met, quizzes placed, figures with words, cells short and clean."""

import html
import importlib.util
import re
from types import SimpleNamespace

import pytest
import yaml
from nbformat.v4 import new_code_cell

from course import ROOT, notebooks, read
from ruspak import table
from ruspak.data.package import nearest
from ruspak.quiz.schema import KINDS

NOTEBOOKS = notebooks("notebooks")
OBJECTIVE = re.compile(r"^\d+\. .*`([a-z]+-[a-z]+)`$", re.M)
QUIZ = re.compile(r'^quiz\("([\w-]+)"\)', re.M)

DRAWS = re.compile(r"(?<![\w.])(figure|show)\(")


def source(path, kind):
    return "\n\n".join(cell.source for cell in read(path).cells if cell.cell_type == kind)


def bank(path):
    return yaml.safe_load((ROOT / "quizzes" / f"{path.stem}.yaml").read_text(encoding="utf-8"))


def pictures(path):
    """(cell id, alternative text) of every stored figure."""
    return [
        (cell.id, html.unescape(re.search(r'alt="([^"]*)"', text)[1]))
        for cell in read(path).cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "ruspak-figure" in (text := output.get("data", {}).get("text/html", ""))
    ]


def objective_errors(stem, objectives, questions):
    """What is wrong between the objectives at the top of a notebook and those of its questions, a line each."""
    top = f"notebooks/{stem}.ipynb, “What you will be able to do”"
    if not 3 <= len(objectives) <= 5:
        yield f"{top}: {len(objectives)} objectives, not three to five. Example of a line: 1. count votes `{stem[3:]}-count`"
    for question in questions:
        if question["objective"] not in objectives:
            yield (
                f"quizzes/{stem}.yaml, question {question['id']}: the objective '{question['objective']}' is none of this "
                f"notebook. {nearest(question['objective'], objectives)}"
            )
    for one in set(objectives) - {question["objective"] for question in questions}:
        yield (
            f"{top}: no question of quizzes/{stem}.yaml has the objective '{one}'. Write objective: {one} at one of them, "
            "or take the line out."
        )


def asking_errors(stem, asked, questions):
    """What is wrong between the questions of a bank and the cells that ask them, a line each."""
    known = [question["id"] for question in questions]
    for one in dict.fromkeys(asked):
        if one not in known:
            yield f'notebooks/{stem}.ipynb: quiz("{one}") is no question of quizzes/{stem}.yaml. {nearest(one, known)}'
        elif asked.count(one) > 1:
            yield f'notebooks/{stem}.ipynb: quiz("{one}") stands there {asked.count(one)} times. Leave one.'
    for one in known:
        if one not in asked:
            yield f'quizzes/{stem}.yaml, question {one}: no cell of notebooks/{stem}.ipynb asks it. Add one: quiz("{one}")'


def unfolded(name, cells):
    """The cells that draw a figure and lack the tag by which they are folded, a line each."""
    for cell in cells:
        if (
            cell.cell_type == "code"
            and DRAWS.search(cell.source)
            and "figure" not in cell.metadata.get("tags", [])
        ):
            yield (
                f"notebooks/{name}, cell {cell.id}: it draws and has no tag `figure`, so readers would meet its code. In "
                'JupyterLab: the gears at the right, Cell Tags, figure. In the file: "metadata": {"tags": ["figure"], …}'
            )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestAnatomy:
    def test_objectives_are_met(self, path):
        found = [*objective_errors(path.stem, OBJECTIVE.findall(source(path, "markdown")), bank(path))]
        assert not found, "\n".join(found)

    def test_every_question_of_the_bank_is_asked_once(self, path):
        found = [*asking_errors(path.stem, QUIZ.findall(source(path, "code")), bank(path))]
        assert not found, "\n".join(found)

    def test_cells_that_draw_are_folded(self, path):
        found = [*unfolded(path.name, read(path).cells)]
        assert not found, "\n".join(found)

    def test_a_theme_has_figures_questions_and_something_to_move(self, path):
        if path.stem.startswith("00"):
            return
        assert len(pictures(path)) >= 8
        assert len(bank(path)) >= 8 and len({question["kind"] for question in bank(path)}) >= 4
        assert "explore(" in source(path, "code")
        text = source(path, "markdown")
        assert [
            part
            for part in ("## Claim audit", "## Recap", "## Discuss in class", "## Go further")
            if part not in text
        ] == []

    def test_figures_have_an_alternative_that_names_values(self, path):
        poor = [
            f"notebooks/{path.name}, cell {key}: the alternative text “{alt}” has {len(alt)} letters and "
            f"{len(re.findall(r'[0-9]+', alt))} numbers. Write 60 and 2 at least: what is drawn, and its first and last value"
            for key, alt in pictures(path)
            if len(alt) < 60 or len(re.findall(r"\d+", alt)) < 2
        ]
        assert not poor, "\n".join(poor)

    def test_outputs_are_clean(self, path):
        outputs = [
            (cell.id, output)
            for cell in read(path).cells
            if cell.cell_type == "code"
            for output in cell.outputs
        ]
        assert not [
            key for key, output in outputs if output.output_type == "error" or output.get("name") == "stderr"
        ]
        assert not [key for key, output in outputs if "image/png" in output.get("data", {})]

    def test_cells_are_short_and_plain(self, path):
        for cell in read(path).cells:
            assert cell.metadata.get("slideshow", {}).get("slide_type"), (
                f"{path.name}, cell {cell.id} has no slide type: python course.py run {path.stem} gives it one, '-', "
                "which shows it with the cell before it"
            )
            if cell.cell_type == "code":
                lines = cell.source.splitlines()
                assert len(lines) <= 14, f"{cell.id}: {len(lines)} lines"
                assert not re.search(r"^[!%]|import \*|;\s*$", cell.source, re.M), cell.id
            else:  # JupyterLab reads what stands between two of them as a formula
                assert re.sub(r"`[^`]*`|\\\$", "", cell.source).count("$") < 2, cell.id

    def test_links_inside_the_course_lead_somewhere(self, path):
        targets = re.findall(r"\]\((?!https?://)([^)\s]+)", source(path, "markdown"))
        gone = [target for target in targets if not leads_somewhere(path, target)]
        assert not gone, (
            f"notebooks/{path.name}: {', '.join(gone)} lead nowhere. Copy the name of the file, and after # the heading with "
            "hyphens for spaces; a calc: link becomes whole by make numbers."
        )


@pytest.mark.parametrize(
    "path", notebooks("solutions", "exercises"), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_cells_of_sheets_are_short(path):
    long = [
        cell.id
        for cell in read(path).cells
        if cell.cell_type == "code" and len(cell.source.splitlines()) > 14
    ]
    assert not long


def leads_somewhere(path, target):
    name, _, anchor = target.partition("#")
    file = path.parent / name
    headings = (
        re.findall(r"^## (.+)$", file.read_text(encoding="utf-8"), re.M) if anchor and file.is_file() else []
    )
    return file.is_file() and (not anchor or anchor in [heading.replace(" ", "-") for heading in headings])


def term_errors(terms, texts):
    """What is wrong with the links from notebooks (text by name) to the glossary, a line each; terms: name → notebook."""
    for term, notebook in terms.items():
        link = f"](../docs/glossary.md#{term.replace(' ', '-')})"
        if (count := texts[notebook].count(link)) != 1:
            yield (
                f"glossary.csv, term '{term}': notebooks/{notebook}.ipynb links it {count} times, not once. Where the word "
                f"stands first, write [{term}{link}"
            )
        for other, text in texts.items():
            if other != notebook and link in text:
                yield (
                    f"notebooks/{other}.ipynb links '{term}', which glossary.csv gives to {notebook}. Take the link out, or "
                    "change the column notebook."
                )
    for notebook, text in texts.items():
        for one in re.findall(r"docs/glossary\.md#([^)\s]+)", text):
            if one.replace("-", " ") not in {term.replace("-", " ") for term in terms}:
                yield f"notebooks/{notebook}.ipynb: glossary.csv has no term '{one}'. {nearest(one, terms)}"


def test_each_term_of_the_glossary_is_linked_once_from_its_notebook():
    terms = table("glossary").set_index("term")["notebook"].to_dict()
    found = [*term_errors(terms, {path.stem: source(path, "markdown") for path in NOTEBOOKS})]
    assert len(terms) >= 80
    assert not found, "\n".join(found)


QUESTION = {"id": "rice-1", "objective": "rice-count"}
GOALS = ["rice-count", "rice-bet", "rice-read"]
LINK = "[veto](../docs/glossary.md#veto)"


@pytest.mark.parametrize(
    ("errors", "says"),
    [
        (objective_errors("01_rice", ["rice-count"], [QUESTION]), "1 objectives, not three to five. Example"),
        (objective_errors("01_rice", GOALS, [QUESTION | {"objective": "rice-cuont"}]),
         "quizzes/01_rice.yaml, question rice-1: the objective 'rice-cuont' is none of this notebook. Did you mean 'rice-c"),
        (objective_errors("01_rice", GOALS, [QUESTION]), "has the objective 'rice-bet'. Write objective: rice-bet"),
        (asking_errors("01_rice", ["rice-2"], [QUESTION]), 'quiz("rice-2") is no question of quizzes/01_rice.yaml. Did you'),
        (asking_errors("01_rice", ["rice-1"] * 2, [QUESTION]), 'quiz("rice-1") stands there 2 times. Leave one.'),
        (asking_errors("01_rice", [], [QUESTION]), 'no cell of notebooks/01_rice.ipynb asks it. Add one: quiz("rice-1")'),
        (unfolded("01_rice.ipynb", [new_code_cell("fig, ax = figure('Rice')")]), "it draws and has no tag `figure`"),
        (term_errors({"veto": "01_rice"}, {"01_rice": ""}), f"links it 0 times, not once. Where the word stands first, write {LINK}"),
        (term_errors({"veto": "01_rice"}, {"01_rice": LINK * 2}), "links it 2 times"),
        (term_errors({"veto": "01_rice"}, {"01_rice": LINK, "02_tea": LINK}), "notebooks/02_tea.ipynb links 'veto', which"),
        (term_errors({"veto": "01_rice"}, {"01_rice": f"{LINK} [v](../docs/glossary.md#vote)"}), "no term 'vote'. Did you mean 'veto'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_told_with_a_remedy(errors, says):
    assert says in "\n".join(errors)


def test_what_fits_together_has_no_error():
    questions = [QUESTION | {"id": goal, "objective": goal} for goal in GOALS]
    assert not [*objective_errors("01_rice", GOALS, questions), *asking_errors("01_rice", GOALS, questions)]
    folded = new_code_cell("show(fig, alt)", metadata={"tags": ["figure"]})
    assert not [*unfolded("01_rice.ipynb", [folded, new_code_cell("explore(draw)")])]
    assert not [*term_errors({"veto": "01_rice"}, {"01_rice": LINK})]


def test_a_cell_whose_output_differs_is_told_what_to_do():
    cell = SimpleNamespace(
        cell=SimpleNamespace(id="progress"), path=ROOT / "notebooks" / "00_start_here.ipynb"
    )
    place = importlib.util.spec_from_file_location("of_the_repository", ROOT / "conftest.py")
    place.loader.exec_module(conftest := importlib.util.module_from_spec(place))
    told = {}
    for error in (ValueError, AssertionError):
        with pytest.raises(error) as found:
            raise error
        hook = conftest.pytest_runtest_makereport(cell, SimpleNamespace(excinfo=found))
        next(hook)
        report = SimpleNamespace(failed=True, sections=[])
        with pytest.raises(StopIteration):
            hook.send(report)
        told[error] = report.sections
    ((_, advice),) = told[ValueError]
    assert (
        advice.startswith("notebooks/00_start_here.ipynb, cell progress: ")
        and "make run NOTEBOOK=00" in advice
    )
    assert not told[AssertionError], "of a false title: its output is the new one"


def test_the_course_asks_enough_questions_of_all_kinds():
    asked = [question["kind"] for path in NOTEBOOKS for question in bank(path)]
    assert len(asked) >= 60 and set(asked) == set(KINDS)
