"""The table behind `progress()`."""

import pandas as pd


class Report(pd.DataFrame):
    """A DataFrame that shows missing values as empty."""

    def __repr__(self) -> str:
        return self.to_string(na_rep="", float_format="{:.2f}".format)

    def _repr_html_(self) -> str:
        return self.to_html(na_rep="", float_format="{:.2f}".format, border=0)


def report(attempts: list[dict], questions: dict[str, dict]) -> Report:
    """One row an objective, in the order of the bank: questions, tried, right, first_try (counts) and brier (mean).

    Attempts at questions that the bank no longer holds are left out.
    """
    rows = []
    for key, question in questions.items():
        mine = [attempt for attempt in attempts if attempt["id"] == key]
        shown = next((place for place, attempt in enumerate(mine) if attempt["revealed"]), len(mine))
        rows.append(
            {
                "objective": question["objective"],
                "questions": 1,
                "tried": bool(mine),
                "right": any(attempt["correct"] for attempt in mine[:shown]),
                "first_try": bool(mine) and bool(mine[0]["correct"]),
                "brier": mine[0]["brier"] if mine else None,
            }
        )
    frame = pd.DataFrame(rows).astype({"brier": "float64"})
    totals = frame.groupby("objective", sort=False).agg(
        questions=("questions", "sum"),
        tried=("tried", "sum"),
        right=("right", "sum"),
        first_try=("first_try", "sum"),
        brier=("brier", "mean"),
    )
    return Report(totals)
