"""The same input gives the same files, whatever the number of workers."""

from grading_fixtures.broken import KINDS, saved, solved
from test_grading_batch import SORTS, files, returned, rows, samples  # noqa: F401  (samples is used by itself)

from ruspak.grading import Limits, grade


def test_two_runs_of_mixed_submissions_are_identical(tmp_path):
    kinds = {kind.name: kind.make(kind.name) for kind in KINDS if kind.name != "printed-200-mb"}
    place, roster = returned(
        tmp_path,
        len(SORTS),
        **kinds,
        a_loop=saved(solved("a_loop", {"sample-3": "import time; time.sleep(1000)"})),
        an_exit=saved(solved("an_exit", {"sample-3": "import os; os._exit(0)"})),
    )
    assert len(list(place.iterdir())) == len(SORTS) + len(kinds) + 2
    limits = Limits(seconds=4)
    grade(place, roster, tmp_path / "one", limits=limits, workers=2)
    grade(place, roster, tmp_path / "two", limits=limits, workers=1)
    one, two = files(tmp_path / "one"), files(tmp_path / "two")
    assert one == two and len(one) == len(list(place.iterdir())) + 8
    totals = {row["student"]: row for row in rows(tmp_path / "one/totals.csv")}
    assert totals["a_loop"]["points"] == "25" and "did not end within 4 seconds" in totals["a_loop"]["note"]
    assert totals["an_exit"]["points"] == "0" and "It ended Python itself" in totals["an_exit"]["note"]
    assert totals["absent"] == {
        "student": "absent",
        "sheet": "sample",
        "points": "",
        "out_of": "100",
        "note": "nothing was handed in",
    }
    verdicts = {row["verdict"] for row in rows(tmp_path / "one/marks.csv")}
    assert verdicts == {"right", "wrong", "wrong type", "not attempted", "not run", "waiting"}
