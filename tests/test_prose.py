"""Every number in the prose of notebooks and worked sheets is traced, and its value is right."""

import pytest
from prose import errors, numbers

from course import notebooks, read
from ruspak import table
from ruspak.data import calc_text, fact


@pytest.mark.parametrize("path", notebooks("notebooks", "solutions"), ids=lambda path: path.stem)
def test_numbers_are_traced(path):
    cells = read(path).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    found = [
        f"{path.parent.name}/{path.name}, cell {cell.id}: {error}"
        for cell in cells
        if cell.cell_type == "markdown"
        for error in errors(cell.source, code)
    ]
    assert not found, "\n".join(found)


def test_the_tracer_lets_good_prose_pass():
    good = (
        "Votes alike. "
        f"Two states, three steps, all four rows. In 1985 and the 1950s a U-2 flew; claim S000-38 says “26%”. **Bold**\n\n1. a list\n\n**Time:** 90 minutes\n\n"
        f'[{calc_text("pak-rus-1980s")}](../data/README.md#un_agreement_by_issue "calc:pak-rus-1980s") and '
        f'[killed 12]({fact("H1985c").url} "fact:H1985c") and [26%](../data/README.md#claims "claim:S000-38")'
    )
    assert errors(good) == []


@pytest.mark.parametrize(
    "bad, says",
    [
        ("It was 81% then.", "bare number 81"),
        ("It took 3 days.", "bare number 3"),
        ("India bought twice as much.", "bare number twice"),
        ("Trade became threefold.", "bare number threefold"),
        ("Imports fell by two thirds.", "bare number two thirds"),
        ("Less than half the trade is wheat.", "bare number half"),
        ("About a quarter of it came by sea.", "bare number a quarter"),
        ("There were twenty votes.", "bare number twenty"),
        ("Three days later the border closed.", "bare number Three"),
        ("A dozen firms signed.", "bare number dozen"),
        ("Twenty other states traded more.", "bare number Twenty"),
        ('[thrice as much](../data/README.md#arms_from_moscow "calc:sec-decade-times")', "worked out twice"),
        ('[four Mi-35M](URL "fact:H1985c")', "not in the fact"),
        (
            '[82%](../data/README.md#un_agreement_by_issue "calc:pak-rus-1980s")',
            "printed 82%, worked out 81%",
        ),
        ('[81%](../data/README.md#disputes "calc:pak-rus-1980s")', "doesn't use"),
        ('[81%](../data/README.md#un_agreement_by_issue "calc:pak-rus-1890s")', "Did you mean"),
        ("There were 2014 votes.", "bare number 2014"),
        ('[86.1 billion dollars](S84 "fact:sec084") for India', "say which"),
        ('[86.1 billion dollars](S84 "fact:sec084#India") for Pakistan', "speaks of Pakistan"),
        ('[10.2](S84 "fact:sec084#India") for India', "the value is 86.1"),
        ('[86.1 million dollars](S84 "fact:sec084#India") for India', "the sentence says million"),
        ('[86.1](S84 "fact:sec084#India") billion euros for India', "the sentence says euros"),
        ('[9](S106 "fact:sec106#Taliban") dead of Pakistan', "speaks of Pakistan"),
        ('[127,159](S185 "fact:E185#FY2024-25") GWh in 2023–24', "the number is of 2024/2025"),
        ('[9,180 tonnes](S153 "fact:TR153#2021") for 2018', "the number is of 2021"),
        ('[killed 31](URL "fact:H1985c")', "not in the fact"),
        ('[killed in 1986](URL "fact:H1985c")', "the date"),
        ('[12 people](URL "fact:H1985c#dead")', "no value"),
        ('[killed 12](https://example.org "fact:H1985c")', "not to the fact's source"),
        ('[killed 14](URL "fact:H1985c")', "not in the fact"),
        ('[27%](../data/README.md#claims "claim:S000-38")', "not in the claim"),
        ('[90%](../data/README.md#ideal_points "label:")', "needs its reason"),
        ('[99%](../data/README.md#un_votes "label:as we like it")', "does not say so"),
        ('[13%](../data/README.md#pipelines "label:an assumption, ours")', "no such assumption"),
        ('[81%](../data/README.md#un_votes "Calc:pak-rus-1980s")', "is none of calc:"),
    ],
)
def test_the_tracer_rejects(bad, says):
    for name, key in {
        "URL": "H1985c",
        "S84": "sec084",
        "S106": "sec106",
        "S185": "E185",
        "S153": "TR153",
    }.items():
        bad = bad.replace(f"({name} ", f"({fact(key).url} ")
    found = errors(bad)
    assert len(found) == 1 and says in found[0]


def test_named_values_are_in_their_facts():
    lacking = [
        f"{row.fact_id}#{row.name_of}"
        for row in table("fact_values").rename(columns={"name": "name_of"}).itertuples()
        if not numbers(row.value)
        <= numbers(f"{fact(row.fact_id).statement} {fact(row.fact_id).value}".replace("-", " "))
    ]
    assert not lacking
