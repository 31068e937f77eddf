"""Written answers: a page to read them blind, a table to type points into, and the merge of what was typed."""
import re
from collections.abc import Iterator
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.grading.files import read_csv, whole, write_csv
from ruspak.grading.papers import Given, Mark, Papers
from ruspak.grading.text import escaped, page, said
from ruspak.sheets.items import Written

COLUMNS = ["item", "code", "points", "out_of", "comment"]


def read_given(path: Path) -> dict[str, Given]:
    """The points that were typed into written.csv, by the answer's code; none where there is no such file.

    Raises CourseError that names the row: points that are no number from 0 to out_of, an answer twice.
    """
    found: dict[str, Given] = {}
    if not path.exists():
        return found
    for line, cells in read_csv(path, COLUMNS[:4], COLUMNS[4:]):
        place = f"{path.name}, line {line}, answer {cells['code']}"
        if not cells["points"]:
            continue
        points, most = (cells[name].replace(",", ".") for name in ("points", "out_of"))
        numbers = re.fullmatch(r"\d{1,3}(\.\d{1,2})?", points, re.A) and re.fullmatch(r"\d{1,3}", most, re.A)
        if not numbers or float(points) > float(most):
            raise CourseError(f"{place}: '{cells['points']}' is no number from 0 to {cells['out_of'] or 'out_of'}. "
                              "Correct it and run again; nothing was changed.")
        if cells["code"] in found:
            raise CourseError(f"{place}: this answer is there twice. Delete one of the lines and run again.")
        found[cells["code"]] = Given(float(points), cells["comment"])
    return found


def write(out: Path, spare: Path, papers: Papers) -> int:
    """Write written.html and written.csv, points that were typed kept; the number of answers that wait for points.

    Points whose answer is no longer there (another one was handed in) stay in written_before.csv.
    """
    answers = {mark.code: mark for _, mark in _answers(papers)}
    before = [cells for name in ("written_before.csv", "written.csv") if (out / name).exists()
              for _, cells in read_csv(out / name, COLUMNS[:4], COLUMNS[4:]) if cells["points"]]
    gone = {cells["code"]: cells for cells in before if cells["code"] not in answers}
    if gone:
        write_csv(out / "written_before.csv", spare, COLUMNS,
                  ([cells[name] for name in COLUMNS] for cells in gone.values()))
    write_csv(out / "written.csv", spare, COLUMNS,
              ([mark.item, mark.code, mark.points, mark.out_of, mark.feedback if mark.points is not None else ""]
               for _, mark in _answers(papers)))
    with whole(out / "written.html", spare) as file:
        file.write(page("Written answers", _body(papers)))
    return sum(mark.points is None for mark in answers.values())


def _answers(papers: Papers) -> Iterator[tuple[Written, Mark]]:
    """All answers, by item and then by code, which says nothing of the student."""
    items = {item.id: item for sheet in papers.sheets.values() for item in sheet.items if isinstance(item, Written)}
    marks = [mark for paper in papers for mark in paper.marks if mark.code]
    places = {id: place for place, id in enumerate(items)}
    for mark in sorted(marks, key=lambda one: (places[one.item], one.code)):
        yield items[mark.item], mark


def _body(papers: Papers) -> str:
    parts = ["<p>Read the answers to one item in a row, without names. Type the points into <code>written.csv</code>, "
             "column points, beside the same letters; a comment goes to the student. Then run the command again.</p>"]
    last = None
    for item, mark in _answers(papers):
        if item is not last:
            lines = "".join(f"<li>{points} points: {escaped(what)}</li>" for points, what in item.rubric)
            parts.append(f"<h2>{escaped(item.id)}, {item.points} points</h2><ul>{lines}</ul>")
            last = item
        points = "no points yet" if mark.points is None else f"{mark.points:g} points"
        parts.append(f"<h3>{mark.code} ({points})</h3>{said(mark.answer)}")
    return "\n".join(parts if last else ["<p>There are no written answers.</p>"])
