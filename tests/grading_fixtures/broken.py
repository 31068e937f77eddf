"""Broken submissions of the sample sheet: what came, what it must be marked, and the line that must say so."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "sheet_samples"
WORKED = json.loads((SAMPLES / "solutions/01_sample.ipynb").read_text(encoding="utf-8"))
HANDED_OUT = json.loads((SAMPLES / "exercises/01_sample.ipynb").read_text(encoding="utf-8"))
ANSWERS = {
    cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"])
    for cell in WORKED["cells"]
    if cell["metadata"].get("nbgrader", {}).get("solution")
}


def solved(student: str, answers: dict[str, str] | None = None) -> dict:
    """The handed-out sheet with a student's id and the right answers, or others by grade_id."""
    notebook = copy.deepcopy(HANDED_OUT)
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        source = {**ANSWERS, **(answers or {})}.get(grade_id, "".join(cell["source"]))
        cell["source"] = source.replace('STUDENT = ""', f"STUDENT = {student!r}")
    return notebook


def saved(notebook: dict) -> bytes:
    return json.dumps(notebook).encode()


@dataclass(frozen=True)
class Broken:
    """`make` gives the file's bytes from a student's id. `points` of 90 (the written answer waits), None where it can't
    be read; `line` is a part of the note in totals.csv, None where there must be none but that."""

    name: str
    make: Callable[[str], bytes]
    points: float | None
    line: str | None


KINDS: list[Broken] = []


def broken(points: float | None, line: str | None):
    """Takes a function from a student's id to bytes, or to a notebook, into KINDS."""

    def keep(make):
        def data(student: str) -> bytes:
            made = make(student)
            return made if isinstance(made, bytes) else saved(made)

        KINDS.append(Broken(make.__name__.replace("_", "-"), data, points, line))
        return make

    return keep


def cell(notebook: dict, id: str) -> dict:
    return next(cell for cell in notebook["cells"] if cell["id"] == id)


@broken(90, None)
def honest(student):
    return solved(student)


@broken(0, "names no student")
def untouched(student):
    return copy.deepcopy(HANDED_OUT)


@broken(None, "the file is empty")
def empty_file(student):
    return b" \n"


@broken(None, "no notebook (no JSON, line 1)")
def not_json(student):
    return b"%PDF-1.7 this is a letter"


@broken(None, "cut off")
def cut_json(student):
    return saved(solved(student))[:-700]


@broken(None, "cut off")
def cut_within_a_text(student):
    data = saved(solved(student))
    return data[: data.index(b"roll calls are there") + 5]


@broken(None, "JSON, but no notebook")
def other_json(student):
    return b'[{"cells": []}]'


@broken(90, None)
def utf_16(student):
    return json.dumps(solved(student)).encode("utf-16")


@broken(90, None)
def utf_16_without_mark(student):
    return json.dumps(solved(student)).encode("utf-16-le")


@broken(None, "not Unicode text")
def latin_1(student):
    return json.dumps(solved(student) | {"über": "ü"}, ensure_ascii=False).encode("latin-1")


@broken(90, None)
def byte_order_mark(student):
    return b"\xef\xbb\xbf" + saved(solved(student))


@broken(None, "nests too deep")
def deep_json(student):
    return b'{"nbformat": 4, "cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"


@broken(None, "a number that no notebook has")
def huge_integer(student):
    return b'{"nbformat": 4, "cells": [' + b"9" * 10_000 + b"]}"


@broken(None, "has no cells")
def no_cells(student):
    return solved(student) | {"cells": []}


@broken(None, "no cells with anything in them")
def blank_cells(student):
    notebook = solved(student)
    for one in notebook["cells"]:
        one["source"] = ""
    return notebook


@broken(None, "more than 2000 cells")
def too_many_cells(student):
    return solved(student) | {"cells": [{"cell_type": "markdown", "source": "x", "metadata": {}}] * 5000}


@broken(None, "another sheet ('trade')")
def wrong_sheet(student):
    return json.loads(json.dumps(solved(student)).replace("sample", "trade"))


@broken(None, "nothing in it belongs to the sheet sample")
def foreign_notebook(student):
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [{"cell_type": "code", "source": "print('my diary')", "metadata": {}, "outputs": []}],
    }


@broken(90, "old format 3")
def old_format(student):
    notebook = solved(student)
    for one in notebook["cells"]:
        if one["cell_type"] == "code":
            one["input"] = one.pop("source")
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": notebook["cells"]}]}


@broken(90, "cell ids are there twice")
def doubled_ids(student):
    notebook = solved(student)
    for one in notebook["cells"]:
        one["id"] = "same"
    return notebook


@broken(90, "cells are there twice: sample-1, sample-1-check")
def doubled_cells(student):
    notebook = solved(student)
    notebook["cells"][4:4] = [copy.deepcopy(cell(notebook, id)) for id in ("a1", "c1")]
    return notebook


@broken(75, "cells were deleted: sample-2")
def deleted_cell(student):
    notebook = solved(student)
    notebook["cells"].remove(cell(notebook, "a2"))
    cell(notebook, "a3")["source"] = (
        'mine = votes[votes["year"] == me.year]\n' + cell(notebook, "a3")["source"]
    )
    return notebook


@broken(90, "cells were moved")
def moved_cells(student):
    notebook = solved(student)
    pair = [cell(notebook, id) for id in ("a8", "c8")]
    notebook["cells"] = [one for one in notebook["cells"] if one not in pair]
    notebook["cells"][4:4] = pair
    return notebook


@broken(75, "check cells were edited, which has no effect: sample-2-check")
def edited_check(student):
    notebook = solved(student, {"sample-2": ANSWERS["sample-2"] + "\nshare_pct = -1"})
    cell(notebook, "c2")["source"] = "# all right: 15 points\n15"
    return notebook


@broken(90, "its kernel is for 'R'")
def wrong_kernel(student):
    return solved(student) | {
        "metadata": {"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}
    }


@broken(90, None)
def no_metadata(student):
    notebook = solved(student) | {"metadata": "none"}
    cell(notebook, "title")["metadata"] = ["nbgrader"]
    cell(notebook, "q1")["metadata"] = {"nbgrader": {"grade_id": {"a": 1}}}
    return notebook


@broken(80, "some of its cells are damaged")
def damaged_cells(student):
    notebook = solved(student)
    cell(notebook, "a1")["source"] = {"not": "text"}
    notebook["cells"] += [None, 7, ["cell"]]
    return notebook


@broken(80, "cell 5 from the top, which begins “calls = len(” (SyntaxError: ")
def syntax_error(student):
    return solved(student, {"sample-1": "calls = len("})


@broken(90, None)
def source_in_lines(student):
    notebook = solved(student)
    for one in notebook["cells"]:
        one["source"] = one["source"].splitlines(keepends=True)
    return notebook


@broken(85, None)
def lone_surrogates(student):
    return solved(student, {"sample-8": 'word = "\ud800"'})


@broken(None, "it has more than 20 MB. Clear its outputs")
def printed_200_mb(student):
    notebook = solved(student)
    cell(notebook, "c1")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1" * 21_000_000}]
    return notebook
