"""The grading room: from returned sheets to marks. No student's kernel imports it."""

from ruspak.grading.run import grade
from ruspak.grading.sandbox import Limits, SandboxMissing

__all__ = ["Limits", "SandboxMissing", "grade"]
