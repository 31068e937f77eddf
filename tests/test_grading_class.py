"""A class of 45 in the zips of both platforms, from end to end: names of four scripts, ids typed otherwise,
late, points typed by hand and in LibreOffice."""

import csv
import shutil
import subprocess
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


def by_hand(out: Path) -> None:
    table = rows(out / "written.csv")
    for place, row in enumerate(table):
        row["points"], row["comment"] = str(5 + place % 5), "- no baseline"
    with (out / "written.csv").open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, table[0].keys())
        writer.writeheader()
        writer.writerows(table)


def office(path: Path, kind: str, reads: str = "") -> Path:
    """What LibreOffice makes of a table, in a folder beside it."""
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={(path.parent.parent / 'profile').as_uri()}",
            *([f"--infilter={reads}"] if reads else []),
            *("--convert-to", kind),
            *("--outdir", path.parent.parent / "office"),
            path,
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return path.parent.parent / "office" / f"{path.stem}.{kind.partition(':')[0]}"


UTF_8 = 76  # LibreOffice's number for it
READS = f"Text - txt - csv (StarCalc):44,34,{UTF_8},1"


def in_a_workbook(out: Path) -> Path:
    """Opened in LibreOffice, typed into and saved as a workbook."""
    openpyxl = pytest.importorskip("openpyxl")
    path = office(out / "written.csv", "xlsx", READS)
    book = openpyxl.load_workbook(path)
    (head, *lines) = book.active.iter_rows()
    columns = {cell.value: place for place, cell in enumerate(head)}
    for place, line in enumerate(lines):
        line[columns["points"]].value, line[columns["comment"]].value = 5 + place % 5, "- no baseline"
    book.save(path)
    return path


def workbook(out: Path) -> None:
    """The workbook is put beside the table, as LibreOffice saves it."""
    shutil.copy(office(in_a_workbook(out), "xlsx"), out / "written.xlsx")


def semicolons(out: Path) -> None:
    """It goes back as LibreOffice saves a CSV file where a comma begins the decimals; and once more, now that
    comments are in it."""
    writes = f"csv:Text - txt - csv (StarCalc):59,34,{UTF_8}"
    shutil.copy(office(in_a_workbook(out), writes), out / "written.csv")
    shutil.copy(office(out / "written.csv", writes, READS.replace("44", "59")), out / "written.csv")


@pytest.mark.parametrize(
    "platform, typed",
    [(moodle, by_hand), (canvas, by_hand), (moodle, semicolons), (canvas, workbook)],
    ids=lambda one: one.__name__,
)
def test_a_class_of_45(platform, typed, tmp_path):
    if typed is not by_hand and not shutil.which("soffice"):
        pytest.skip("LibreOffice is missing: apt-get install libreoffice-calc")
    platform(tmp_path)
    out, title = tmp_path / "out", "Sheet (881)" if platform is canvas else None

    def run():
        return mark(tmp_path / "in.zip", tmp_path / "roster.csv", out, sheet="sample", title=title)

    first = run()
    assert (first.marked, first.missing, first.looks, first.waiting, first.left_out) == (43, 2, 0, 38, [])
    typed(out)
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
