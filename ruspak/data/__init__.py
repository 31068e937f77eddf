"""What the course knows: tables, facts, claims and calculations."""

from ruspak.data.calcs import calc, calc_text
from ruspak.data.facts import audit, claims, fact
from ruspak.data.tables import about, table

__all__ = ["about", "audit", "calc", "calc_text", "claims", "fact", "table"]
