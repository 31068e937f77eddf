"""From returned sheets to marks: collect → sandbox → marking → report. No student's kernel imports it.

`files` and `text` lie beneath all four packages; `batch`, `run` and `command` on top of them.
"""

from ruspak.grading.run import grade
from ruspak.grading.sandbox import Limits, SandboxMissing

__all__ = ["Limits", "SandboxMissing", "grade"]
