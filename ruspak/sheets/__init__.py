"""The sheets room: exercise items, their checks, hints and variants."""

from ruspak.sheets.checking import check, hint
from ruspak.sheets.variants import variant

__all__ = ["check", "hint", "variant"]
