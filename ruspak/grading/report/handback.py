"""The feedback pages as the zips that Moodle and Canvas take back, each page beside the hand-in that it is
about.

Moodle (mod/assign/feedback/file/importziplib.php): the folder's or file's name begins as it did when it was
downloaded. Canvas (app/models/abstract_assignment.rb, submissions_zip_upload): likewise, with the numbers of
student and attachment.
"""

from pathlib import Path

from ruspak.files import whole
from ruspak.grading.report.feedback import file_name
from ruspak.grading.report.results import Results
from ruspak.zips import zipped


def write(out: Path, tmp: Path, results: Results) -> None:
    """Write feedback_moodle.zip and feedback_canvas.zip, of those who handed in there; delete one that would
    be empty."""
    pages: dict[str, list[tuple[str, Path]]] = {"Moodle": [], "Canvas": []}
    for student in results.students:
        for sheet in results.sheets:
            handed = results.handed.get((student.student, sheet))
            page = out / "feedback" / file_name(student, sheet)
            if handed and handed.stamp and page.exists():
                pages[handed.platform].append((f"{handed.stamp}feedback_{sheet}.html", page))
    for platform, found in pages.items():
        path = out / f"feedback_{platform.lower()}.zip"
        if not found:
            path.unlink(missing_ok=True)
            continue
        with whole(path, tmp, "wb") as file:
            file.write(zipped((name, page.read_bytes()) for name, page in found))
