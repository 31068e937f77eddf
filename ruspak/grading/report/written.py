"""Written answers: a page to read them blind, a table to type points into, and the merge of what was
typed."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ruspak.errors import CourseError
from ruspak.grading.collect.roster import Student
from ruspak.grading.files import read_csv, typed_cell, whole, write_csv
from ruspak.grading.report.results import Given, Mark, Results
from ruspak.grading.text import escaped, page_parts
from ruspak.sheets.items import Sheet, Written
from ruspak.text import fold

COLUMNS = ["item", "code", "points", "out_of", "comment"]
LINES = [
    f"rubric_{number}" for number in range(1, 9)
]  # points by line of the rubric, as far as an item has lines
BEFORE, NOW = "written_before.csv", "written.csv"
Rows = dict[tuple[str, str], dict[str, str]]  # by item and code


def read_given(out: Path, sheets: Mapping[str, Sheet]) -> dict[tuple[str, str], Given]:
    """The points that were typed in the folder `out`, by item and code. A row of written.csv, even one
    without points, goes before that of written_before.csv.

    Raises CourseError that names the row: points that are no number from 0 to the item's in its sheet, an
    answer twice.
    """
    return {
        place: Given(
            float(cells["points"]), cells["comment"], tuple(float(cells[one]) for one in LINES if cells[one])
        )
        for place, cells in (_rows(out / BEFORE, sheets) | _now(out, sheets)).items()
        if cells["points"]
    }


def _now(out: Path, sheets: Mapping[str, Sheet]) -> Rows:
    """What is typed in written.csv and, if there is one, in written.xlsx beside it.

    Raises CourseError where both have points for an answer, and not the same.
    """
    now, book = _rows(out / NOW, sheets), out / Path(NOW).with_suffix(".xlsx")
    for key, cells in _rows(book, sheets).items():
        here, there = now.get(key, {}).get("points", ""), cells["points"]
        if here and there and float(here) != float(there):
            raise CourseError(
                f"{book.name}, answer {key[1]}: {there} points, but {NOW} says {here}. Delete one of the "
                f"files and run again."
            )
        if there and not here or key not in now:
            now[key] = cells
    return now


def _rows(path: Path, sheets: Mapping[str, Sheet]) -> Rows:
    """The rows of a table of points, codes and numbers in our writing; none where there is no such file."""
    found: Rows = {}
    items = {item.id: item for sheet in sheets.values() for item in sheet.items}
    most = {id: str(item.points) for id, item in items.items()}
    for line, cells in read_csv(path, COLUMNS[:4], COLUMNS[4:] + LINES, others=True) if path.exists() else []:
        if not cells["code"] and cells["item"] not in most:  # a line of sums, perhaps
            continue
        place, cells["code"] = f"{path.name}, line {line}, answer {cells['code']}", cells["code"].upper()
        points, out_of = (fold(cells[name]).replace(",", ".") for name in ("points", "out_of"))
        top = most.get(cells["item"], out_of)  # of a sheet that is not marked now only the table knows
        numbers = re.fullmatch(r"\d{1,3}(\.\d{1,2})?", points, re.A) and re.fullmatch(r"\d{1,3}", top, re.A)
        if points and not (numbers and float(points) <= float(top)):
            raise CourseError(
                f"{place}: '{cells['points']}' is no number from 0 to {top or 'out_of'} with at most two "
                "digits after the point. Correct it and run again; nothing was changed."
            )
        rubric = getattr(items.get(cells["item"]), "rubric", ())
        points = cells["points"] = _by_lines(place, cells, points, [points for points, _ in rubric])
        key, cells["comment"] = (cells["item"], cells["code"]), typed_cell(cells["comment"])
        if points and found.get(key, {}).get("points"):
            raise CourseError(f"{place}: this answer is there twice. Delete one of the lines and run again.")
        if points or key not in found:
            found[key] = cells | {"points": points}
    return found


def _by_lines(place: str, cells: dict[str, str], points: str, most: list[int]) -> str:
    """The points, or where they were typed by line of the rubric, and for each line, their sum."""
    typed = [fold(cells[name]).replace(",", ".") for name in LINES]
    for name, one, top in zip(LINES, typed, [*most, *[100] * len(LINES)]):
        if one and not (re.fullmatch(r"\d{1,3}(\.\d{1,2})?", one, re.A) and float(one) <= top):
            raise CourseError(
                f"{place}: '{cells[name]}' in {name} is no number from 0 to {top}. Correct it and run "
                f"again; nothing was "
                "changed."
            )
        cells[name] = one
    lines = [one for one in typed[: len(most)] if one]
    if not most or len(lines) < len(most):
        return points
    total = round(sum(map(float, lines)), 2)
    if points and float(points) != total:
        raise CourseError(
            f"{place}: {points} points, but its lines add up to {total:g}. Correct one of them and run again."
        )
    return f"{total:g}"


def write(out: Path, tmp: Path, results: Results) -> tuple[int, int]:
    """Write written.html and written.csv, points that were typed kept. Returns how many answers wait for
    points, and how many typed points belong to no answer that is here now.

    These stay in written_before.csv for ever: an answer that comes back has its points again. Whenever this
    is stopped, each typed point is in one of the files; what was typed while the class was marked stays, too, and
    counts in the next run.
    """
    answers = _answers(results)
    here = {(one.mark.item, one.mark.code) for one in answers}
    before, now = _rows(out / BEFORE, results.sheets), _now(out, results.sheets)
    typed = {key: cells for key, cells in (before | now).items() if cells["points"]}
    kept = [cells for key, cells in typed.items() if key in before or key not in here]
    if before or kept:
        columns = COLUMNS + LINES
        write_csv(out / BEFORE, tmp, columns, ([cells[name] for name in columns] for cells in kept))
    longest = max((len(one.item.rubric) for one in answers), default=0)
    write_csv(
        out / NOW,
        tmp,
        COLUMNS + LINES[:longest],
        (
            [
                mark.item,
                mark.code,
                now.get((mark.item, mark.code), {}).get("points") or mark.typed,
                mark.out_of,
                now.get((mark.item, mark.code), {}).get("comment")
                or (mark.feedback if mark.typed is not None else ""),
                *((before | now).get((mark.item, mark.code), {}).get(name, "") for name in LINES[:longest]),
            ]
            for mark in (one.mark for one in answers)
        ),
    )
    with whole(out / "written.html", tmp) as file:
        file.writelines(page_parts("Written answers", _parts(results, answers)))
    return sum(one.mark.points is None for one in answers), len(typed.keys() - here)


class _Answer(NamedTuple):
    student: Student
    sheet: Sheet
    item: Written
    mark: Mark  # without the text: a large class fits into memory


def _answers(results: Results) -> list[_Answer]:
    """All answers, by item and then by code, which says nothing of the student; those of the same words side
    by side."""
    found = [
        _Answer(
            result.student, result.sheet, result.sheet.item(mark.item), dataclasses.replace(mark, answer="")
        )
        for result in results
        for mark in result.marks
        if mark.code
    ]
    items = (item.id for sheet in results.sheets.values() for item in sheet.items)
    places = {id: place for place, id in enumerate(items)}
    first: dict[tuple[str, str], str] = {}
    for one in sorted(found, key=lambda one: one.mark.code):
        first.setdefault(_words(one.mark), one.mark.code)
    return sorted(found, key=lambda one: (places[one.item.id], first[_words(one.mark)], one.mark.code))


def _words(mark: Mark) -> tuple[str, str]:
    """The same for answers of the same words."""
    return mark.item, mark.alike or mark.code


def _parts(results: Results, answers: list[_Answer]) -> Iterator[str]:
    """The page, piece by piece."""
    if not answers:
        yield "<p>There are no written answers.</p>"
        return
    yield (
        "<p>Read the answers to one item in a row, without names. Type the points into "
        "<code>written.csv</code>, "
        "column points, beside the same letters, or by line of the rubric into rubric_1 and so on; a "
        "comment goes to the "
        "student. Then run the command again.</p>"
    )
    alike: dict[tuple[str, str], list[str]] = {}
    for one in answers:
        alike.setdefault(_words(one.mark), []).append(one.mark.code)
    last = None
    for student, sheet, item, mark in answers:
        if item is not last:
            lines = "".join(f"<li>{points} points: {escaped(what)}</li>" for points, what in item.rubric)
            yield f"<h2>{escaped(item.id)}, {item.points} points</h2><ol>{lines}</ol>"
            last = item
        points = "no points yet" if mark.points is None else f"{mark.points:g} points"
        others = [code for code in alike[_words(mark)] if code != mark.code]
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        same = f"<p>The same words as {', '.join(others[:3])}{more}.</p>" if others else ""
        text = next(one.answer for one in results.one(student, sheet).marks if one.item == mark.item)
        yield f"<h3>{mark.code} ({points})</h3>{same}{text}"
