"""A class of 45 in the zips of both platforms, from end to end: names of four scripts, ids typed otherwise,
late, typed points."""

import csv
import zipfile
from pathlib import Path

import pytest
from grading_fixtures.broken import ANSWERS, saved, solved
from test_grading_batch import files, mark, rows, samples  # noqa: F401  (samples is used by itself)

GIVEN = ["Ana", "Zoë", "Łukasz", "محمد", "伟", "Ali", "Jan", "María"]
FAMILY = ["Ruiz", "Khan", "van der Berg", "Żak", "王", "حسین"]
PEOPLE = [(f"2026-{number:03}", GIVEN[number % 8], FAMILY[number // 8]) for number in range(45)]
ABSENT = (3, 17)


def work(number: int) -> bytes:
    id = PEOPLE[number][0]
    wrong = {}
    if number % 5 == 0:
        wrong["sample-2"] = ANSWERS["sample-2"] + "\nshare_pct = 100 - share_pct"
    text = "YOUR ANSWER HERE" if number % 9 == 0 else f"It counts votes; number {number % 6}."
    wrong["sample-9"] = f"**sample-9**, 10 points. Your answer:\n\n{text}"
    return saved(solved(id.replace("-", "\u2013") if number % 4 == 0 else id, wrong))


def moodle(folder: Path) -> None:
    table = [
        ["Identifier", "Full name", "ID number", "Status", "Grade", "Maximum Grade", "Last modified (grade)"]
    ]
    with zipfile.ZipFile(folder / "in.zip", "w") as file:
        for number, (id, given, family) in enumerate(PEOPLE):
            table.append([f"Participant {7000 + number}", f"{given} {family}", id, "-", "", "20", "-"])
            if number not in ABSENT:
                name = f"{given} {family}_{7000 + number}_assignsubmission_file/01_sample{'-Copy1' * (number % 6 == 0)}.ipynb"
                file.writestr(name, work(number))
    write(folder, table)


def canvas(folder: Path) -> None:
    table = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Sheet (881)"],
        ["    Points Possible", *[""] * 4, "20"],
    ]
    with zipfile.ZipFile(folder / "in.zip", "w") as file:
        for number, (id, given, family) in enumerate(PEOPLE):
            table.append([f"{family}, {given}", 900 + number, id, f"l{number}", "1A", ""])
            if number not in ABSENT:
                letters = "".join(one for one in f"{family}{given}".lower() if one.isalnum())
                late = "LATE_" * (number % 11 == 0)
                file.writestr(f"{letters}_{late}{900 + number}_{5000 + number}_01_sample.ipynb", work(number))
    write(folder, table)


def write(folder: Path, table: list[list]) -> None:
    with (folder / "roster.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(table)


@pytest.mark.parametrize("platform", [moodle, canvas], ids=lambda one: one.__name__)
def test_a_class_of_45(platform, tmp_path):
    platform(tmp_path)
    out, title = tmp_path / "out", "Sheet (881)" if platform is canvas else None

    def run():
        return mark(tmp_path / "in.zip", tmp_path / "roster.csv", out, sheet="sample", title=title)

    first = run()
    assert (first.marked, first.missing, first.looks, first.waiting, first.left_out) == (43, 2, 0, 38, [])
    table = rows(out / "written.csv")
    for place, row in enumerate(table):
        row["points"], row["comment"] = str(5 + place % 5), "- no baseline"
    with (out / "written.csv").open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, table[0].keys())
        writer.writeheader()
        writer.writerows(table)
    assert run().waiting == 0
    before = files(out)
    assert run().waiting == 0 and files(out) == before, "the second run is the first, byte for byte"
    totals = {row["student"]: row for row in rows(out / "totals.csv")}
    assert len(totals) == 45 and sum(row["note"] == "nothing was handed in" for row in totals.values()) == 2
    imported = {row["ID number"]: float(row[title or "sample"]) for row in rows(out / "moodle.csv")}
    assert (
        imported == {id: float(row["points"]) for id, row in totals.items() if row["points"]}
        and len(imported) == 43
    )
    if platform is moodle:
        sheet = rows(out / "moodle_worksheet.csv")
        assert {row["ID number"]: float(row["Grade"]) for row in sheet} == {
            id: round(points / 5, 2) for id, points in imported.items()
        }
        assert {row["Status"] for row in sheet} == {"-"}, "what Moodle wrote stands as it was"
    with zipfile.ZipFile(out / f"feedback_{platform.__name__}.zip") as file:
        assert len(file.namelist()) == 43
    pages = [path.read_text(encoding="utf-8") for path in (out / "feedback").iterdir()]
    assert sum("<p>- no baseline</p>" in page for page in pages) == 38
