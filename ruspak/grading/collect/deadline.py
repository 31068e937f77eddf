"""When a sheet had to be there, and how late a file is."""

import datetime
from dataclasses import dataclass

from ruspak.errors import CourseError
from ruspak.grading.collect.roster import Student


@dataclass(frozen=True)
class Deadline:
    """`end`: on the clock of the zip, or of this machine for a folder. `grace`: minutes that nobody counts; a
    student's `extra_minutes` in the roster come on top."""

    end: datetime.datetime
    grace: float = 0.0

    def minutes_late(self, came: datetime.datetime, student: Student) -> int:
        """Whole minutes after the end of grace and extra time; 0 in time."""
        allowed = self.end + datetime.timedelta(minutes=self.grace + float(student.extra_minutes or 0))
        return max(0, -(-int((came - allowed).total_seconds()) // 60))


def deadline(text: str, grace: float = 0.0) -> Deadline:
    """The deadline in a text such as 2026-12-01 18:00. Raises CourseError."""
    try:
        end = datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        end = None
    if end is None or end.tzinfo or not 0 <= grace <= 1_000_000:
        raise CourseError(
            f"--deadline {text}: this is no time. Write it as 2026-12-01 18:00, on the clock of your "
            f"platform; --grace takes "
            "minutes."
        )
    return Deadline(end, grace)
