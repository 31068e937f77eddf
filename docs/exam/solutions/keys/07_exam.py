"""A key to start from. What you change: the questions (`items`), and the values that differ from student to student
(`space`). tests/sheet_samples/solutions/keys/01_sample.py has an item of each kind; ruspak/sheets/items.py says what each
word means."""

from ruspak.data import table
from ruspak.sheets.items import Item, Mistake, Sheet, Written

VOTES = table("un_votes")
FINAL = VOTES[VOTES["vote_kind"] == "final"]
STATES = {"CHN": "China", "IND": "India", "TUR": "Turkey", "USA": "the United States"}


def of_year(p):
    """The final votes of the student's year: `p` holds the values of `space` that were drawn."""
    return FINAL[FINAL["year"] == p.year]


def alike(p, state="CHN"):
    """Percent of the votes in which Pakistan and the state both took part, and voted the same."""
    both = of_year(p).dropna(subset=["PAK", state])
    return (both["PAK"] == both[state]).mean() * 100


def ranked(p):
    """The states, the one that voted most often as Pakistan did first; None, no clear answer, where two are alike."""
    shares = sorted(((alike(p, state), state) for state in STATES), reverse=True)
    return [state for _, state in shares] if len({share for share, _ in shares}) == len(shares) else None


sheet = Sheet(
    id="exam",
    notebook="07_exam",
    space={"year": list(range(2001, 2021))},
    default={"year": 2001},
    prompt="the year {year}.",
    items=[
        Item(
            "exam-1",
            objective="exam-count",
            points=20,
            kind="integer",
            variable="calls",
            uses=["year"],
            prompt="number of final votes in {year}",
            reference=lambda p: len(of_year(p)),
            mistakes=[
                Mistake(
                    answer=lambda p: len(FINAL),
                    feedback="These are the final votes of all years. Keep {year}.",
                ),
                Mistake(
                    answer=lambda p: of_year(p).size,
                    feedback="`.size` counts every cell. Count the rows with `len`.",
                    worth=0.25,
                ),
            ],
            hints=["Keep the rows of {year} and of the kind final.", "`len(…)` counts the rows of a table."],
        ),
        Item(
            "exam-2",
            objective="exam-share",
            points=30,
            kind="number",
            variable="china_pct",
            tolerance=0.05,
            uses=["year"],
            prompt="share of them in which Pakistan voted as China did, in percent, where both took part",
            reference=alike,
            mistakes=[
                Mistake(
                    answer=lambda p: 100 - alike(p), feedback="This is the share that differs.", worth=0.5
                ),
                Mistake(
                    answer=lambda p: (of_year(p)["PAK"] == of_year(p)["CHN"]).mean() * 100,
                    feedback="Votes in which one of them took no part are counted, too. Drop them first.",
                    worth=0.5,
                ),
            ],
            hints=[
                "Leave out the votes in which one took no part: `.dropna(subset=[…])`.",
                "The mean of a comparison is the share of true. Multiply it by 100.",
            ],
        ),
        Item(
            "exam-3",
            objective="exam-share",
            points=30,
            kind="choice",
            variable="closest",
            options=list(STATES),
            uses=["year"],
            prompt="the state of the four that voted most often as Pakistan did in {year}, by its code",
            reference=lambda p: ranked(p) and ranked(p)[0],
            mistakes=[
                Mistake(answer=lambda p: ranked(p)[-1], feedback="This one voted so least often."),
                Mistake(answer=lambda p: ranked(p)[1], feedback="This one is second.", worth=0.25),
            ],
            hints=[
                "Work out the share of `exam-2` for each of the four.",
                "Write a loop, or compare column by column.",
            ],
        ),
        Written(
            "exam-4",
            objective="exam-limit",
            rubric=[
                (8, "names a number of the sheet, with its unit"),
                (6, "says what that number counts"),
                (6, "names one thing that votes can't show"),
            ],
        ),
    ],
)
