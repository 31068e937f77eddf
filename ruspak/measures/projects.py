"""The projects that the base rates are counted from."""

import pandas as pd

from ruspak.measures.rows import rows


def announced(projects: pd.DataFrame, **where) -> pd.DataFrame:
    """The projects of which a first announcement is known, narrowed to what the columns named hold.

    Without this rule, what came unannounced would be counted, and what failed unannounced would not.
    """
    return rows(projects[projects["first_announced"].notna()], **where)


def civil(projects: pd.DataFrame, **where) -> pd.DataFrame:
    """The announced projects since 1992 without the military ones, narrowed further in the same way."""
    return announced(projects, cohort="russian", **where).query("field != 'military'")
