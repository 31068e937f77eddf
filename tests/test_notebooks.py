"""The anatomy of every notebook: objectives met, quizzes placed, figures with words, cells short and clean."""

import html
import re

import pytest
import yaml

from course import ROOT, notebooks, read
from ruspak import table
from ruspak.quiz.schema import KINDS

NOTEBOOKS = notebooks("notebooks")
OBJECTIVE = re.compile(r"^\d+\. .*`([a-z]+-[a-z]+)`$", re.M)
QUIZ = re.compile(r'^quiz\("([\w-]+)"\)', re.M)


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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestAnatomy:
    def test_objectives_are_met(self, path):
        objectives = OBJECTIVE.findall(source(path, "markdown"))
        assert 3 <= len(objectives) <= 5
        assert {question["objective"] for question in bank(path)} == set(objectives)

    def test_every_question_of_the_bank_is_asked_once(self, path):
        assert sorted(QUIZ.findall(source(path, "code"))) == sorted(question["id"] for question in bank(path))

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
        poor = [key for key, alt in pictures(path) if len(alt) < 60 or len(re.findall(r"\d+", alt)) < 2]
        assert not poor

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
        assert not gone


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


def test_each_term_of_the_glossary_is_linked_once_from_its_notebook():
    texts, terms = {path.stem: source(path, "markdown") for path in NOTEBOOKS}, table("glossary")
    links = {row.term: f"](../docs/glossary.md#{row.term.replace(' ', '-')})" for row in terms.itertuples()}
    assert len(terms) >= 80
    assert [row.term for row in terms.itertuples() if texts[row.notebook].count(links[row.term]) != 1] == []
    assert sum(text.count("docs/glossary.md#") for text in texts.values()) == len(terms)


def test_the_course_asks_enough_questions_of_all_kinds():
    asked = [question["kind"] for path in NOTEBOOKS for question in bank(path)]
    assert len(asked) >= 60 and set(asked) == set(KINDS)
