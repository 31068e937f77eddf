"""The built site as one zip, to be unpacked in a Moodle “File” whose main file is its index.html."""

from pathlib import Path

from ruspak.errors import CourseError
from ruspak.place import COURSE
from ruspak.zips import zipped

SITE = COURSE / "build" / "site"
LIMITS = (
    "Answers stay in each learner’s browser, as everywhere on these pages: Moodle gets no marks from them.",
    "Learners who share a browser share its answers.",
    "The pages hold all answers, and the plans for teachers: they are for practice, not for a test.",
)


def files(site: Path = SITE) -> dict[str, bytes]:
    """The zip, by its name. Raises CourseError where the site was not built."""
    if not (site / "index.html").is_file():
        raise CourseError(f"{site}: the site is not there. Run `make site` first (python course.py site).")
    found = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    members = [path for path in found if not any(part.startswith(".") for part in path.parts)]
    return {"moodle-pages.zip": zipped((path.as_posix(), (site / path).read_bytes()) for path in members)}
