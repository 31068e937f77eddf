"""Second step: run a student's code where it can do no harm, and take back bytes."""

from ruspak.grading.sandbox.limits import Limits, Ran
from ruspak.grading.sandbox.sandbox import Sandbox, SandboxMissing

__all__ = ["Limits", "Ran", "Sandbox", "SandboxMissing"]
