"""The key of the Energy sheet: a gas balance over some years, prices of a month, and a line from a port to a town."""

from functools import cache

from ruspak import measures
from ruspak.data import table
from ruspak.figures import decimal_year
from ruspak.sheets.items import Item, Mistake, Sheet, Written
from ruspak.sheets.two_part import two_part_claim

GAS = table("gas_balance").set_index("year")
USE = GAS["output_bcm"] + GAS["lng_bcm"]
SHARE = 100 * GAS["lng_bcm"] / USE
PRICES = table("energy_prices").set_index("month")
BRENT = PRICES["brent_usd_barrel"]
PROMISES, PLACES, LINES = table("pipeline_promises"), table("places").set_index("name"), table("pipelines")
END = PROMISES["promised"].map(lambda day: decimal_year(day, "end"))
WHOLE = LINES[(LINES["scope"] == "whole line") & LINES["length_km"].notna() & LINES["cost_low_usd_bn"].notna()]
STREAM = WHOLE[WHOLE["pipeline"] == "Pakistan Stream"]
BTU = 34.1e6  # a billion cubic metres of gas, in units of a million Btu
FEE, RATE, CAPACITY = 1.25, 0.08, 12.4  # asked for by Russia in 2016; the sheet's interest; the design of 2015
PIPE = 1040  # km, the shortest length that a source gives the pipe, in the claim of the last item
NEAR_START = 0.05  # bcm or points: with a first year so near to the student's, nothing is to be told
NEAR_KM, NEAR_BCM = 8, 0.12  # nearer than this, a half of that claim is too close to call
MONTHS = [f"{year}-{month:02d}" for year in range(2019, 2026) for month in range(1, 13)][5:-2]
SHOWN = {"2020-06", "2021-11", "2022-08", "2023-06"}  # the notebook has the contract price of these months
CALM = {"2019-07", "2019-09", "2019-10", "2019-12", "2020-01", "2020-07", "2020-09", "2020-10", "2021-09", "2021-12",
        "2022-01", "2022-04", "2022-12", "2023-01", "2023-03", "2023-05", "2023-09", "2024-02", "2024-06",
        "2024-07", "2024-10", "2024-12", "2025-01", "2025-02", "2025-04", "2025-07", "2025-08", "2025-10"}  # in these a wrong way leads to nearly the right price
NAMES = "January February March April May June July August September October November December".split()
PRINTED = {(2014, 2025), (2020, 2022), (2020, 2025), (2021, 2022), (2021, 2025)}  # the notebook has the changes of these years
USES = (25, 50, 75, 100)


def change(series, p, first=None, last=None):
    """None where the years are in no order, or where the notebook has the answer."""
    if p.last <= p.first or (p.first, p.last) in PRINTED:
        return None
    return series[last or p.last] - series[first or p.first]


def other_start(series, p, first, percent=False):
    """The change from another first year; None where it is the student's, as large as that one, or not at least two
    years earlier."""
    near = abs(series[first] - series[p.first]) < NEAR_START
    shown = (first, p.last) == (2021, 2025)  # the change of the notebook has words of its own
    if first >= p.last - 1 or near or shown or (percent and not series[first]):
        return None
    return 100 * (series[p.last] / series[first] - 1) if percent else series[p.last] - series[first]


def share_of_last(p):
    """None where there was no LNG in the first year, so that this is the answer."""
    return SHARE[p.last] if SHARE[p.first] else None


def change_pct(series, p, first=None, last=None):
    """None also where the first year has nothing."""
    found, start = change(series, p, first, last), series[first or p.first]
    return None if found is None or not start else 100 * found / start


def sum_of_changes(p):
    of_lng = change_pct(GAS["lng_bcm"], p)
    return of_lng and of_lng + change_pct(GAS["output_bcm"], p)


def part_of_change(p, series):
    """The change of a series in percent of the use of the first year."""
    return 100 * change(series, p) / USE[p.first]


def whole_number(p):
    return float(round(change(GAS["output_bcm"], p)))


def contract(p, part=0.1337, months=3, late=1):
    """13.37% of the mean of Brent over three months, the last of them one month before the student's."""
    return part * BRENT.rolling(months).mean().shift(late)[p.month]


def europe(p, column="gas_europe_usd_mmbtu"):
    return PRICES[column][p.month]


def billions(p, price, volume=GAS["lng_bcm"], year=None):
    """What the gas of a year costs at a price, in billion dollars."""
    return volume[year or p.last] * BTU * price / 1e9


def dearer(p, by_contract=None, **changed):
    return billions(p, europe(p) - (contract(p) if by_contract is None else by_contract), **changed)


def years_passed(p, ends=END, only=True):
    """Mean distance of the times that were over to the end of the student's month, in years."""
    now = decimal_year(p.month, "end")
    return now - (ends[now >= END] if only else ends).mean()


def all_together(p, how):
    """Another number of the times that were over than their mean distance."""
    now = decimal_year(p.month, "end")
    return float(getattr(now - END[now >= END], how)())


@cache
def km(port, town):
    return measures.straight_km(PLACES, port, town)


def straight_km(p, town=None, port=None):
    return km(port or p.port, town or p.town)


ESTIMATES = {"lowest": ("low", "min"), "middle": ("high", "median"), "highest": ("high", "max")}


@cache
def one_km(estimate, only_stream=True):
    """Cost per km, in billion dollars: the lowest, middle or highest of the estimates."""
    (end, how), rows = ESTIMATES[estimate], STREAM if only_stream else WHOLE
    return getattr(rows[f"cost_{end}_usd_bn"] / rows["length_km"], how)()


def cost(p, estimate=None, length=None, only_stream=True):
    return (length or straight_km(p)) * one_km(estimate or p.estimate, only_stream)


def cost_asked(p):
    """None where even a full pipe would not be enough at the fee of the sheet."""
    return cost(p) if fee_needed(cost(p)) <= FEE else None


def whole_cost(p):
    """With the cost of a whole line in place of that of a kilometre."""
    end, how = ESTIMATES[p.estimate]
    return straight_km(p) * getattr(STREAM[f"cost_{end}_usd_bn"], how)() / 1000


def other_estimate(p, estimate):
    return None if p.estimate == estimate else cost(p, estimate=estimate)


def other_column(p, column, how):
    """The cost by another column or another number of it; None where that is one of the three estimates."""
    if (column, how) in ESTIMATES.values():
        return None
    return straight_km(p) * getattr(STREAM[f"cost_{column}_usd_bn"] / STREAM["length_km"], how)()


def fee_needed(cost, rate=RATE, use=1.0):
    return measures.fee_needed(cost, rate, use, CAPACITY)


def by_use(cost, rate=RATE, percent=100, labels=USES):
    return {label: fee_needed(cost, rate, use / percent) for label, use in zip(labels, USES)}


def even(p, fee=FEE, own=None, full=None, rate=RATE, use=1.0):
    """The gas that must flow in a year so that a fee is enough, in bcm. `full`: the fee that a full pipe needs."""
    return CAPACITY * (fee_needed(own or cost(p), rate, use) if full is None else full) / fee


def missing(p, own=None, fees=None, year=None, volume=GAS["lng_bcm"], **changed):
    """`own`: another cost; `fees`: others by use."""
    return even(p, own=own, full=None if fees is None else fees[100], **changed) - volume[year or p.last]


def part_of_one(p, minus=0):
    return even(p) / CAPACITY - minus


def parts(p, lacking=None):
    """By how much each half of the claim holds, in km and bcm that are clear."""
    return (straight_km(p) - PIPE) / NEAR_KM, (missing(p) if lacking is None else lacking) / NEAR_BCM


OTHER_LENGTH = ("This is the cost or the length of a whole line in an estimate. Take the straight line from {port} to {town}, times "
                "the cost per km.")
RATIO = ("This is a ratio: the use that is enough, as a part of one, or the gas divided by the LNG. Take bcm: that use times 12.4, "
         "minus all LNG of {last}.")


sheet = Sheet(
    id="energy", notebook="03_energy",
    space={
        "first": list(range(2014, 2022)),
        "last": list(range(2016, 2026)),
        "month": {month: f"{NAMES[int(month[5:]) - 1]} {month[:4]}" for month in MONTHS if month not in SHOWN | CALM},
        "port": ["Port Qasim", "Gwadar"],
        "town": ["Abbottabad", "Islamabad", "Lahore", "Landi Kotal", "Multan", "Muzaffargarh", "Peshawar", "Quetta",
                 "Rawalpindi"],
        "estimate": ["lowest", "middle", "highest"],
    },
    default={"first": 2018, "last": 2024, "month": "2022-03", "port": "Port Qasim", "town": "Lahore",
             "estimate": "highest"},
    prompt="gas from {first} to {last}; prices of {month}; a line from {port} to {town} at the {estimate} cost.",
    items=[
        Item("energy-a1", objective="energy-balance", points=4, kind="number", variable="output_change",
             uses=["first", "last"], tolerance=0.02,
             prompt="change of Pakistan's own output of gas, {first} to {last}, in bcm",
             reference=lambda p: change(GAS["output_bcm"], p),
             mistakes=[
                 Mistake(answer=lambda p: -change(GAS["output_bcm"], p), worth=0.5,
                         feedback="The size is right, the sign is not: take the later year first and subtract the "
                                  "earlier one."),
                 Mistake(answer=lambda p: change(GAS["lng_bcm"], p),
                         feedback="This is the change of LNG. Take the column output_bcm."),
                 Mistake(answer=lambda p: change(USE, p),
                         feedback="This is the change of all gas used. Take the column output_bcm alone."),
                 Mistake(answer=lambda p: change_pct(GAS["output_bcm"], p),
                         feedback="This is the change in percent. The item asks for bcm: subtract, and do not divide."),
                 Mistake(answer=lambda p: GAS["output_bcm"][p.last],
                         feedback="This is the output of {last}. Subtract the output of {first}."),
                 Mistake(answer=lambda p: change(GAS["output_bcm"], p, 2021, 2025),
                         feedback="This is the change from 2021 to 2025, as in the notebook. Your years are {first} and "
                                  "{last}."),
                 Mistake(answer=lambda p: None if p.last == p.first + 1 else GAS["output_bcm"].diff()[p.last],
                         feedback="This is the change from the year before. Subtract the output of {first}."),
                 Mistake(answer=lambda p: GAS["output_bcm"][p.first],
                         feedback="This is the output of {first}. Subtract it from the output of {last}."),
                 *[Mistake(answer=lambda p, by=by: by * GAS["output_bcm"][p.last] / GAS["output_bcm"][p.first],
                           feedback="You divided one year by the other. The item asks for bcm: subtract.") for by in (1, 100)],
                 Mistake(answer=lambda p: GAS["output_bcm"][p.last] + GAS["output_bcm"][p.first],
                         feedback="You added the two years. A change is a difference: subtract the output of {first}."),
                 Mistake(answer=lambda p: None if p.last == p.first + 1 else change(GAS["output_bcm"], p) / (p.last - p.first),
                         feedback="This is the mean change of one year. Subtract the output of {first}, and stop there."),
                 *[Mistake(answer=lambda p, first=first: other_start(GAS["output_bcm"], p, first),
                           feedback="Your first year is another one. It is {first}: me.first.") for first in range(2010, 2022)],
                 Mistake(answer=lambda p: None if p.last == 2025 else GAS["output_bcm"][2025] - GAS["output_bcm"][p.first],
                         feedback="Your last year is 2025 here. It is {last}: me.last."),
             ],
             methods=[whole_number],
             hints=["Read two values of the column output_bcm, and subtract one from the other.",
                    'One value: gas["output_bcm"][me.last]. There are no quotes around me.last.',
                    'Nearly all of it: output_change = gas["output_bcm"][me.last] - gas["output_bcm"][...]']),
        Item("energy-a2", objective="energy-balance", points=6, kind="number", variable="use_change_pct",
             uses=["first", "last"], tolerance=0.06,
             prompt="change of all gas used in Pakistan, {first} to {last}, in percent",
             reference=lambda p: change_pct(USE, p),
             mistakes=[
                 Mistake(answer=lambda p: -change_pct(USE, p), worth=0.5,
                         feedback="The size is right, the sign is not: it is negative where use fell."),
                 Mistake(answer=lambda p: 100 * change(USE, p) / USE[p.last],
                         feedback="You divided by the later year. A change is measured from the earlier one."),
                 Mistake(answer=lambda p: 100 * (USE[p.first] - USE[p.last]) / USE[p.last],
                         feedback="You measured backwards. Divide the use of {last} by that of {first}, and subtract "
                                  "one."),
                 Mistake(answer=lambda p: change(USE, p),
                         feedback="This is the change in bcm. Divide it by the use of {first}, times 100."),
                 Mistake(name="output alone", answer=lambda p: change_pct(GAS["output_bcm"], p),
                         feedback="This is own output only. Use is own output plus LNG."),
                 Mistake(answer=lambda p: change_pct(GAS["lng_bcm"], p),
                         feedback="This is LNG only. Use is own output plus LNG."),
                 Mistake(answer=lambda p: change_pct(USE, p, 2021, 2025),
                         feedback="This is the change from 2021 to 2025, as in the notebook. Your years are {first} and "
                                  "{last}."),
                 Mistake(answer=lambda p: 100 * USE[p.last] / USE[p.first] - 1,
                         feedback="Round brackets are missing. Subtract one first, then multiply by 100."),
                 Mistake(answer=lambda p: 100 * USE[p.last] / USE[p.first],
                         feedback="This is the use of {last} in percent of {first}. For the change, subtract 100."),
                 Mistake(answer=sum_of_changes,
                         feedback="You added two changes in percent, each of another whole. Add output and LNG first."),
                 Mistake(answer=lambda p: USE[p.last] / USE[p.first],
                         feedback="You divided {last} by {first}. Subtract one, then multiply by 100."),
                 Mistake(answer=lambda p: USE[p.last] / USE[p.first] - 100,
                         feedback="Round brackets are missing. Subtract one first, then multiply by 100."),
                 Mistake(answer=lambda p: USE[p.last] - 100,
                         feedback="Round brackets are missing. Subtract in brackets first, then divide by the use of {first}."),
                 Mistake(answer=lambda p: None if p.last == p.first + 1 else 100 * USE.pct_change()[p.last],
                         feedback="This is the change from the year before. Measure it from {first}."),
                 *[Mistake(answer=lambda p, yearly=yearly: None if p.last == p.first + 1 else yearly(p),
                           feedback="This is a change a year. The item asks for the whole change from {first} to {last}.")
                   for yearly in (lambda p: change_pct(USE, p) / (p.last - p.first),
                                  lambda p: 100 * ((USE[p.last] / USE[p.first]) ** (1 / (p.last - p.first)) - 1))],
                 Mistake(answer=lambda p: sum_of_changes(p) and sum_of_changes(p) / 2,
                         feedback="You took the mean of two changes in percent, each of another whole. Add output and LNG first."),
                 *[Mistake(answer=lambda p, series=series: part_of_change(p, series),
                           feedback="Only a part of use changed in your sum. Use is own output plus LNG, in both years.")
                   for series in (GAS["output_bcm"], GAS["lng_bcm"])],
                 Mistake(answer=lambda p: GAS["lng_bcm"][p.first] and 100 * change(USE, p) / GAS["output_bcm"][p.first] or None,
                         feedback="You divided by own output. Divide by all gas used in {first}."),
                 Mistake(answer=lambda p: USE[p.last],
                         feedback="This is the use of {last}, in bcm. By how many percent is it more or less than in {first}?"),
                 *[Mistake(answer=lambda p, first=first: other_start(USE, p, first, True),
                           feedback="Your first year is another one. It is {first}: me.first.") for first in range(2010, 2022)],
                 Mistake(answer=lambda p: None if p.last == 2025 else 100 * (USE[2025] / USE[p.first] - 1),
                         feedback="Your last year is 2025 here. It is {last}: me.last."),
             ],
             hints=["Make a column of use first: own output plus LNG.",
                    "Then divide the later value by the earlier one, subtract one, and multiply by 100. Round brackets "
                    "keep the order.",
                    """Nearly all of it:
    gas["use_bcm"] = gas["output_bcm"] + gas["lng_bcm"]
    use_change_pct = 100 * (gas["use_bcm"][me.last] / ... - 1)"""]),
        Item("energy-a3", objective="energy-balance", points=8, kind="number", variable="lng_points",
             uses=["first", "last"], tolerance=0.06,
             prompt="share of LNG in all gas used in {last} minus its share in {first}, in percentage points",
             reference=lambda p: change(SHARE, p), follows=["energy-a2"],
             carried={"output alone": lambda p: change(100 * GAS["lng_bcm"] / GAS["output_bcm"], p)},
             mistakes=[
                 Mistake(answer=lambda p: -change(SHARE, p), worth=0.5,
                         feedback="The size is right, the sign is not: take the share of {last} first."),
                 Mistake(answer=lambda p: change_pct(SHARE, p),
                         feedback="You divided one share by the other. Percentage points are a difference: subtract."),
                 Mistake(answer=lambda p: change(100 * GAS["lng_bcm"] / GAS["output_bcm"], p),
                         feedback="You divided LNG by own output. Divide it by all gas used."),
                 Mistake(answer=lambda p: part_of_change(p, GAS["lng_bcm"]),
                         feedback="You divided both years by the use of {first}. Divide each by the use of its own year."),
                 Mistake(answer=lambda p: change_pct(GAS["lng_bcm"], p),
                         feedback="This is the change of LNG itself, in percent. Work out the share of LNG in each of "
                                  "the two years first."),
                 Mistake(answer=lambda p: change(GAS["lng_bcm"], p),
                         feedback="This is the change of LNG itself, in bcm. Work out the share of LNG in each of the two "
                                  "years first."),
                 Mistake(answer=share_of_last,
                         feedback="This is the share in {last}. Subtract the share in {first}."),
                 Mistake(answer=lambda p: change(SHARE, p, 2021, 2025),
                         feedback="These are the years 2021 and 2025, as in the notebook. Yours are {first} and {last}."),
                 Mistake(answer=lambda p: SHARE[p.first] or None,
                         feedback="This is the share in {first}. Subtract it from the share in {last}."),
                 Mistake(answer=lambda p: SHARE[p.first] and SHARE[p.last] + SHARE[p.first] or None,
                         feedback="You added the two shares. How much larger one is, is a difference: subtract."),
                 *[Mistake(answer=lambda p, by=by: SHARE[p.first] and 100 * change(GAS["lng_bcm"], p) / by(p) or None,
                           feedback="You divided one change by one number. Work out the share of LNG in each of the two years "
                                    "first, then subtract.") for by in (lambda p: change(USE, p), lambda p: USE[p.last])],
                 Mistake(answer=lambda p: change_pct(GAS["lng_bcm"], p) and change_pct(GAS["lng_bcm"], p) - change_pct(USE, p),
                         feedback="You subtracted two changes in percent. Work out two shares, and subtract them."),
                 Mistake(answer=lambda p: SHARE[p.first] and 100 / SHARE[p.last] - 100 / SHARE[p.first] or None,
                         feedback="The fraction is upside down. Divide LNG by all gas used."),
                 Mistake(answer=lambda p: None if p.last == p.first + 1 else SHARE.diff()[p.last],
                         feedback="This is the change from the year before. Subtract the share in {first}."),
                 *[Mistake(answer=lambda p, first=first: None if not SHARE[p.first] else other_start(SHARE, p, first),
                           feedback="Your first year is another one. It is {first}: me.first.") for first in range(2015, 2022)],
             ],
             hints=["You need the share of LNG twice, once for each year.",
                    'A share in percent for every year at once: gas["share_pct"] = 100 * gas["lng_bcm"] / '
                    'gas["use_bcm"]',
                    """Nearly all of it:
    gas["share_pct"] = 100 * gas["lng_bcm"] / gas["use_bcm"]
    lng_points = gas["share_pct"][me.last] - ..."""]),
        Item("energy-a4", objective="energy-model", points=8, kind="number", variable="contract_price",
             uses=["month"], tolerance=0.01,
             prompt="price of the first contract with Qatar in {month}, in dollars a million Btu",
             reference=contract,
             mistakes=[
                 Mistake(answer=lambda p: contract(p, late=0),
                         feedback="Your three months end with {month} itself. The contract looks back: move the mean "
                                  "one month down with shift()."),
                 Mistake(answer=lambda p: contract(p, late=-1),
                         feedback="You moved the mean up. shift() without a number moves it one month down."),
                 Mistake(answer=lambda p: contract(p, months=1, late=0),
                         feedback="This is 13.37% of Brent in {month}. Take the mean of the three months before."),
                 Mistake(answer=lambda p: contract(p, months=1),
                         feedback="This is one month only, the one before. Take the mean of three: "
                                  "rolling(3).mean()."),
                 Mistake(answer=lambda p: 3 * contract(p),
                         feedback="This is with the sum of three months. Take their mean."),
                 Mistake(answer=lambda p: contract(p, part=1),
                         feedback="This is the mean of Brent, in dollars a barrel. Multiply it by 0.1337."),
                 Mistake(answer=lambda p: contract(p, part=13.37),
                         feedback="13.37% means 13.37 of a hundred. Multiply by 0.1337."),
                 Mistake(answer=lambda p: contract(p, part=1 / 0.1337),
                         feedback="You divided by 0.1337. A part of Brent is Brent times 0.1337."),
                 Mistake(answer=lambda p: contract(p, months=4, late=0),
                         feedback="This is the mean of four months, with {month} itself. Take the three before."),
                 Mistake(answer=lambda p: 0.1337 * europe(p),
                         feedback="This is a part of the price of gas. The contract takes a part of Brent, the oil."),
                 *[Mistake(answer=lambda p, late=late: contract(p, late=late),
                           feedback="You moved the mean too far down. One month is enough: shift() without a number.")
                   for late in (2, 3)],
                 Mistake(answer=lambda p: contract(p, months=1, late=3),
                         feedback="This is one month only, three months before. Take the mean of three: rolling(3).mean()."),
                 Mistake(answer=lambda p: contract(p, months=2),
                         feedback="This is the mean of two months. Take the three before: rolling(3).mean()."),
                 *[Mistake(answer=lambda p, column=column: 0.1337 * PRICES[column].rolling(3).mean().shift()[p.month],
                           feedback="This is a part of the price of gas. The contract takes a part of Brent, the oil.")
                   for column in ("gas_europe_usd_mmbtu", "lng_japan_usd_mmbtu")],
                 Mistake(answer=lambda p: contract(p, part=1 - 0.1337),
                         feedback="You took 13.37% away. The price is 13.37% of Brent: multiply by 0.1337."),
                 Mistake(answer=lambda p: contract(p, part=1.337),
                         feedback="13.37% means 13.37 of a hundred. Multiply by 0.1337."),
                 Mistake(answer=lambda p: 0.1337 * BRENT.mean(),
                         feedback="This is with the mean of all months. Take the three before {month}: rolling(3).mean()."),
                 Mistake(answer=lambda p: BRENT[p.month],
                         feedback="This is the price of Brent in {month}. Take the mean of the three months before, times "
                                  "0.1337."),
                 Mistake(answer=lambda p: 0.1337 * BRENT.rolling(3).median().shift()[p.month],
                         feedback="This is with the median of three months. Take their mean."),
             ],
             hints=["Three steps: the mean of three months, moved one month down, times 0.1337.",
                    'A mean of three months: prices["brent_usd_barrel"].rolling(3).mean(). With .shift() at its end, '
                    "it moves one month down.",
                    """Nearly all of it:
    prices["contract"] = 0.1337 * prices["brent_usd_barrel"].rolling(3).mean()...
    contract_price = prices["contract"][me.month]"""]),
        Item("energy-a5", objective="energy-model", points=10, kind="number", variable="extra_bn",
             uses=["last", "month"], relative=0.005, follows=["energy-a4"],
             prompt="what all LNG of {last} would cost more at the European price of {month} than by contract, in "
                  "billion dollars",
             reference=dearer,
             mistakes=[
                 Mistake(answer=lambda p: -dearer(p), worth=0.5,
                         feedback="The size is right, the sign is not: take the price in Europe first."),
                 Mistake(answer=lambda p: billions(p, europe(p)),
                         feedback="This is the whole bill at the price in Europe. Subtract the bill by contract."),
                 Mistake(answer=lambda p: billions(p, contract(p)),
                         feedback="This is the whole bill by contract. Subtract it from the bill at the price in "
                                  "Europe."),
                 *[Mistake(answer=lambda p, year=year: None if p.last == year else dearer(p, year=year),
                           feedback="This is the LNG of another year. Take that of {last}: me.last.")
                   for year in range(2015, 2026)],
                 Mistake(answer=lambda p: dearer(p, volume=GAS["output_bcm"]),
                         feedback="This is for own output. Take the column lng_bcm."),
                 Mistake(answer=lambda p: dearer(p, volume=USE),
                         feedback="This is for all gas used. Only LNG is bought abroad: take the column lng_bcm."),
                 Mistake(answer=lambda p: billions(p, europe(p, "lng_japan_usd_mmbtu") - contract(p)),
                         feedback="This is the price of LNG in Japan. Take the column gas_europe_usd_mmbtu."),
                 Mistake(answer=lambda p: europe(p) - billions(p, contract(p)),
                         feedback="Round brackets are missing. Subtract the two prices first, then multiply."),
                 Mistake(answer=lambda p: 1e9 * dearer(p),
                         feedback="These are dollars. Divide by 1e9 for billion dollars."),
                 Mistake(answer=lambda p: 1000 * dearer(p),
                         feedback="These are million dollars. Divide by 1e9, not by 1e6."),
                 Mistake(answer=lambda p: (europe(p) - contract(p)) * GAS["lng_bcm"][p.last],
                         feedback="A price is for a million Btu, and your gas is in bcm. Multiply by BTU, too, and "
                                  "divide by 1e9."),
                 Mistake(answer=lambda p: europe(p) - contract(p),
                         feedback="This is the difference of the two prices. Multiply it by all LNG of {last}."),
                 Mistake(answer=lambda p: billions(p, europe(p) + contract(p)),
                         feedback="You added the two prices. How much more it costs is a difference: subtract."),
                 Mistake(answer=lambda p: billions(p, BRENT[p.month] - contract(p)),
                         feedback="This is the price of oil, of Brent. Take the column gas_europe_usd_mmbtu."),
                 Mistake(answer=lambda p: billions(p, PRICES["gas_europe_usd_mmbtu"].shift()[p.month] - contract(p)),
                         feedback="This is the price in Europe of another month. Take that of {month} itself."),
                 Mistake(answer=lambda p: (europe(p) - contract(p)) * GAS["lng_bcm"][p.last] / BTU,
                         feedback="You divided by BTU. A bcm holds that many units: multiply by BTU, and divide by 1e9."),
                 Mistake(answer=lambda p: (europe(p) - contract(p)) * BTU / 1e9,
                         feedback="This is for one bcm. Multiply by all LNG of {last}."),
                 Mistake(answer=lambda p: dearer(p) / 1000,
                         feedback="You divided by too much. A billion is 1e9."),
                 *[Mistake(answer=answer, feedback="You divided one price by the other. Subtract them, then multiply by the LNG of "
                                                   "{last} and by BTU.") for answer in (
                     lambda p: europe(p) / contract(p), lambda p: 100 * europe(p) / contract(p) - 100)],
                 *[Mistake(answer=lambda p, first=first: None if GAS["lng_bcm"][first] == 0 or first == p.last else
                           dearer(p) * (GAS["lng_bcm"][p.last] - GAS["lng_bcm"][first]) / GAS["lng_bcm"][p.last],
                           feedback="You took the change of LNG. The item asks for all LNG of {last}.")
                   for first in range(2015, 2022)],
                 Mistake(answer=lambda p: dearer(p) * GAS["lng_bcm"].sum() / GAS["lng_bcm"][p.last],
                         feedback="This is the LNG of all years. Take that of {last}: me.last."),
             ],
             hints=["Three numbers go in: the price in Europe minus the contract price, the LNG of {last}, and BTU.",
                    'The price in Europe is prices["gas_europe_usd_mmbtu"][me.month]. Work out the difference of the '
                    "two prices first, in round brackets.",
                    """Nearly all of it:
    more = prices["gas_europe_usd_mmbtu"][me.month] - contract_price
    extra_bn = more * gas["lng_bcm"][...] * BTU / 1e9"""]),
        Item("energy-a6", objective="energy-steps", points=8, kind="number", variable="years_passed",
             uses=["month"], tolerance=0.01,
             prompt="mean number of years from the times that were over to the end of {month}",
             reference=years_passed,
             mistakes=[
                 Mistake(answer=lambda p: -years_passed(p), worth=0.5,
                         feedback="The size is right, the sign is not: take now first and subtract the ends."),
                 Mistake(answer=lambda p: years_passed(p, only=False) if p.month < "2025" else None,
                         feedback="These are all times of the table. Keep those that were over: whose end is not later "
                                  "than now."),
                 Mistake(answer=lambda p: years_passed(p, PROMISES["promised_year"]),
                         feedback="You counted from the beginning of the years that were named. Count from their end: the "
                                  "column end."),
                 Mistake(answer=lambda p: years_passed(p, PROMISES["said"].map(decimal_year)),
                         feedback="You counted from the day on which somebody spoke. Count from the end of the time that "
                                  "was named: the column end."),
                 Mistake(answer=lambda p: decimal_year(p.month, "end") - years_passed(p),
                         feedback="This is the mean of the ends. Subtract them from now."),
                 Mistake(answer=lambda p: all_together(p, "count"),
                         feedback="This is the number of times that were over. How long ago was that, on average?"),
                 Mistake(answer=lambda p: all_together(p, "sum"),
                         feedback="This is the sum of the years. Take the mean."),
                 Mistake(answer=lambda p: all_together(p, "max"),
                         feedback="This is the oldest of them. Take the mean of all."),
                 Mistake(answer=lambda p: all_together(p, "min"),
                         feedback="This is the latest of them. Take the mean of all."),
                 Mistake(answer=lambda p: int(p.month[:4]) - END[decimal_year(p.month, "end") >= END].mean(),
                         feedback="You counted up to the beginning of the year. Count up to the end of {month}: now."),
                 Mistake(answer=lambda p: years_passed(p) * 12,
                         feedback="These are months. The item asks for years."),
                 *[Mistake(answer=lambda p, now=now: now - END[decimal_year(p.month, "end") >= END].mean()
                           if now > decimal_year(p.month, "end") else None,
                           feedback="You counted up to a later year. Count up to the end of {month}: now.")
                   for now in (2025, 2026)],
                 *[Mistake(answer=lambda p, now=now: now(p) - END[decimal_year(p.month, "end") >= END].mean(),
                           feedback="You counted up to the beginning of {month}. Count up to its end: now.")
                   for now in (lambda p: decimal_year(p.month),)],
                 Mistake(answer=lambda p: (decimal_year(p.month, "end") - END).abs().mean() if p.month < "2025" else None,
                         feedback="These are all times of the table. Keep those that were over: whose end is not later "
                                  "than now."),
                 Mistake(answer=lambda p: 2026 - END.mean(),
                         feedback="These are all times of the table, up to the end of 2025. Keep those that were over by {month}, "
                                  "and count up to now."),
                 Mistake(answer=lambda p: None if abs(all_together(p, "median") - years_passed(p)) < 0.03
                         else all_together(p, "median"),
                         feedback="This is the median. Take the mean of all."),
                 Mistake(answer=lambda p: (END - PROMISES["said"].map(decimal_year))[decimal_year(p.month, "end") >= END].mean(),
                         feedback="This is how long before its end each time was named. Count from the end to now."),
                 Mistake(answer=lambda p: years_passed(p, PROMISES["promised"].map(decimal_year)),
                         feedback="You counted from the beginning of the times that were named. Count from their end: the column "
                                  "end."),
                 Mistake(answer=lambda p: int(p.month[:4]) - PROMISES["promised_year"][decimal_year(p.month, "end") >= END].mean(),
                         feedback="These are whole years. Take the ends with their decimals: now minus the column end."),
                 Mistake(answer=lambda p: decimal_year(p.month, "end") - END[PROMISES["promised_year"] <= int(p.month[:4])].mean()
                         if set(END[PROMISES["promised_year"] <= int(p.month[:4])]) != set(END[decimal_year(p.month, "end") >= END])
                         else None,
                         feedback="A time of your own year is in that was not over yet. Keep those whose end is not later than "
                                  "now."),
                 Mistake(answer=lambda p: years_passed(p) * 365.25, feedback="These are days. The item asks for years."),
             ],
             hints=["Keep the rows whose end is not later than now. How many years had passed since each of them?",
                    'The rows: promises[promises["end"] <= now]. The years that have passed are now minus the column '
                    "end.",
                    """Nearly all of it:
    over = promises[promises["end"] <= now]
    years_passed = (now - over[...]).mean()"""]),
        Item("energy-a7", objective="energy-check", points=10, kind="number", variable="cost_bn",
             uses=["port", "town", "estimate"], relative=0.001,
             prompt="cost of a straight line from {port} to {town} at the {estimate} cost per km, in billion dollars",
             reference=cost_asked,
             mistakes=[
                 Mistake(answer=lambda p: cost(p, only_stream=False) if p.estimate == "highest" else None,
                         feedback="This is the {estimate} cost of all pipelines. Keep the rows of Pakistan Stream."),
                 Mistake(answer=lambda p: cost(p, only_stream=False) if p.estimate == "middle" else None,
                         feedback="This is the {estimate} cost of all pipelines. Keep the rows of Pakistan Stream."),
                 Mistake(answer=lambda p: other_estimate(p, "lowest"),
                         feedback="This is the lowest cost per km. Yours is the {estimate} one."),
                 Mistake(answer=lambda p: other_estimate(p, "middle"),
                         feedback="This is the middle cost per km, or a mean. Yours is the {estimate} one."),
                 Mistake(answer=lambda p: other_estimate(p, "highest"),
                         feedback="This is the highest cost per km. Yours is the {estimate} one."),
                 Mistake(answer=lambda p: straight_km(p) * STREAM.eval("cost_high_usd_bn / length_km").mean(),
                         feedback="This is the middle cost per km, or a mean. Yours is the {estimate} one."),
                 Mistake(answer=lambda p: cost(p, length=straight_km(p, "Kasur")),
                         feedback="This is a line to Kasur, as in the notebook. Yours ends in {town}: me.town."),
                 Mistake(answer=lambda p: cost(p, length=straight_km(p, port="Port Qasim")) if p.port == "Gwadar" else None,
                         feedback="This is a line from Port Qasim, as in the notebook. Yours begins in {port}: me.port."),
                 Mistake(answer=whole_cost,
                         feedback="You took the cost of a whole line, in billions. Take the cost per km: the column low or "
                                  "high."),
                 Mistake(answer=lambda p: 1000 * cost(p),
                         feedback="These are million dollars. Divide by 1000."),
                 Mistake(answer=lambda p: straight_km(p),
                         feedback="This is the length in km. Multiply it by the cost per km, and divide by 1000."),
                 Mistake(answer=lambda p: 1000 * one_km(p.estimate),
                         feedback="This is the cost of one km, in million dollars. Multiply it by the length."),
                 Mistake(answer=lambda p: cost(p, length=straight_km(p, port="Gwadar")) if p.port == "Port Qasim" else None,
                         feedback="This is a line from Gwadar. Yours begins in {port}: me.port."),
                 *[Mistake(answer=lambda p, column=column, how=how: other_column(p, column, how),
                           feedback="You took the other column, or another number of it. The lowest is .min() of low, the middle "
                                    ".median() of high, the highest .max() of high.")
                   for column in ("low", "high") for how in ("min", "median", "max")],
                 Mistake(answer=lambda p: straight_km(p) * STREAM.eval("cost_low_usd_bn / length_km").mean(),
                         feedback="This is the middle cost per km, or a mean. Yours is the {estimate} one."),
                 *[Mistake(answer=lambda p, km=km: None if abs(km - straight_km(p)) < NEAR_KM else cost(p, length=km),
                           feedback=OTHER_LENGTH)
                   for km in (1040, 1100)],
                 Mistake(answer=lambda p: whole_cost(p) * 1000 / straight_km(p),
                         feedback=OTHER_LENGTH),
                 *[Mistake(answer=lambda p, by=by: cost(p) * by,
                           feedback="You divided by another number. Million dollars divided by 1000 are billions.")
                   for by in (0.001, 10)],
                 Mistake(answer=lambda p: 1000 * cost(p, only_stream=False) if p.estimate != "lowest" else None,
                         feedback="These are million dollars, and the {estimate} cost of all pipelines. Keep the rows of Pakistan "
                                  "Stream, and divide by 1000."),
                 Mistake(answer=lambda p: straight_km(p) / one_km(p.estimate) / 1000,
                         feedback="You divided by the cost per km. Multiply by it, and divide by 1000."),
             ],
             hints=["Two numbers go in: the straight line in km, and the cost per km of Pakistan Stream, of all its "
                    "estimates the {estimate} one.",
                    "The length is straight_km(places, me.port, me.town). The lowest is the smallest value of the column "
                    "low, .min(); the middle is the median of the column high, .median(); the highest its .max().",
                    """Nearly all of it:
    straight = straight_km(places, me.port, me.town)
    stream = whole[whole["pipeline"] == "Pakistan Stream"]
    per_km = ...  # the {estimate} one
    cost_bn = straight * per_km / 1000"""]),
        Item("energy-a8", objective="energy-model", points=10, kind="series", variable="by_use",
             uses=["port", "town", "estimate"], relative=0.001, follows=["energy-a7"],
             prompt="fee that a line from {port} to {town} needs at 25, 50, 75 and 100 percent use, in dollars a million Btu",
             reference=lambda p, own=None: by_use(cost(p) if own is None else own),
             mistakes=[
                 Mistake(answer=lambda p: by_use(cost(p), labels=list(map(str, USES))), worth=0.5,
                         feedback="The fees are right, but the numbers in front are texts. Write 25 without quotes."),
                 Mistake(answer=lambda p: by_use(cost(p), percent=1),
                         feedback="A use of 25 would be a pipe that is 2,500 percent full. Give it as a part of one: "
                                  "0.25."),
                 Mistake(answer=lambda p: by_use(cost(p), rate=0.12),
                         feedback="This is with the interest of the notebook, 12%. Here it is 8%: 0.08."),
                 Mistake(answer=lambda p: by_use(cost(p), rate=8),
                         feedback="An interest of 8 would be 800 percent. Write 0.08."),
                 Mistake(answer=lambda p: by_use(2),
                         feedback="This is a line of 2 billion dollars, as in the notebook. Yours costs cost_bn."),
                 Mistake(answer=lambda p: by_use(1000 * cost(p)),
                         feedback="The cost went in as millions. fee_needed takes billion dollars: cost_bn."),
                 Mistake(answer=lambda p: dict.fromkeys(USES, fee_needed(cost(p))),
                         feedback="This is a full pipe four times. Give each use its own number, from 0.25 to 1."),
                 Mistake(answer=lambda p: {use: fee_needed(cost(p)) * use / 100 for use in USES},
                         feedback="You multiplied by the use. Less gas makes a higher fee: let fee_needed do it."),
                 Mistake(answer=lambda p: by_use(cost(p), rate=0.15),
                         feedback="This is with an interest of 15%. Here it is 8%: 0.08."),
                 Mistake(answer=lambda p: by_use(cost(p), rate=0.8),
                         feedback="An interest of 0.8 is 80 percent. Write 0.08."),
                 Mistake(answer=lambda p: by_use(1e9 * cost(p)),
                         feedback="The cost went in as dollars. fee_needed takes billion dollars: cost_bn."),
                 Mistake(answer=lambda p: by_use(straight_km(p)),
                         feedback="You put in the length of the line. fee_needed takes its cost: cost_bn."),
                 Mistake(answer=lambda p: by_use(1000 * one_km(p.estimate)),
                         feedback="You put in the cost of one km. fee_needed takes that of the whole line: cost_bn."),
                 Mistake(answer=lambda p: dict(zip(USES, [*list(by_use(cost(p)).values())[2::-1], fee_needed(cost(p))])),
                         feedback="The uses are the wrong way round. A pipe with little gas needs the highest fee."),
                 Mistake(answer=lambda p: {use: fee_needed(cost(p), use / 100, 0.08) for use in USES},
                         feedback="Interest and use have changed places. In the brackets the cost comes first, then the "
                                  "interest, then the use."),
                 Mistake(answer=lambda p: {use: fee_needed(0.08, cost(p), use / 100) for use in USES},
                         feedback="Cost and interest have changed places. In the brackets the cost comes first, then the "
                                  "interest, then the use."),
                 Mistake(answer=lambda p: {use: fee for use, fee in by_use(cost(p)).items() if use < 100}, worth=0.5,
                         feedback="The full pipe is missing: 100. The others are right."),
             ],
             hints=["Call fee_needed four times. Three numbers go in: the cost, the interest and the use.",
                    "A use of 25 percent is 0.25, an interest of 8% is 0.08. For a full pipe it is "
                    "fee_needed(cost_bn, 0.08, 1).",
                    """Nearly all of it:
    by_use = {25: fee_needed(cost_bn, 0.08, 0.25), 50: fee_needed(...), 75: fee_needed(...), 100: ...}"""]),
        Item("energy-a9", objective="energy-model", points=10, kind="number", variable="missing_bcm",
             uses=["last", "port", "town", "estimate"], tolerance=0.06,
             follows=["energy-a7", "energy-a8"],
             prompt="gas that a line from {port} to {town} needs at a fee of 1.25 dollars, minus all LNG of {last}, in bcm a "
                  "year",
             reference=missing,
             mistakes=[
                 Mistake(answer=lambda p: -missing(p), worth=0.5,
                         feedback="The size is right, the sign is not: take the gas that is needed first, and subtract "
                                  "the LNG of {last}."),
                 Mistake(answer=even,
                         feedback="This is the gas that is needed. Now subtract all LNG of {last}."),
                 Mistake(answer=part_of_one,
                         feedback=RATIO),
                 Mistake(answer=lambda p: part_of_one(p, GAS["lng_bcm"][p.last]),
                         feedback="The use is a part of one, the LNG is in bcm. Multiply the use by 12.4 first."),
                 Mistake(answer=lambda p: CAPACITY * part_of_one(p, 1),
                         feedback="You subtracted a full pipe. Subtract all LNG of {last}."),
                 Mistake(answer=lambda p: CAPACITY * FEE / fee_needed(cost(p)) - GAS["lng_bcm"][p.last],
                         feedback="The fraction is upside down. Divide the fee that a full pipe needs by the fee that "
                                  "is paid."),
                 Mistake(answer=lambda p: missing(p, fee=0.78),
                         feedback="This is with 0.78, the fee of the talks. Take 1.25, the fee that Russia asked for."),
                 Mistake(answer=lambda p: missing(p, use=0.25),
                         feedback="You took the fee at 25 percent use. What a *full* pipe needs is by_use[100]."),
                 Mistake(answer=lambda p: missing(p, rate=0.12),
                         feedback="This is with the interest of the notebook, 12%. Here it is 8%: 0.08."),
                 Mistake(answer=lambda p: missing(p, volume=USE),
                         feedback="You subtracted all gas used. Subtract LNG only: the column lng_bcm."),
                 Mistake(answer=lambda p: missing(p, volume=GAS["output_bcm"]),
                         feedback="You subtracted own output. Subtract LNG: the column lng_bcm."),
                 *[Mistake(answer=lambda p, year=year: None if p.last == year else missing(p, year=year),
                           feedback="You subtracted the LNG of another year. Subtract that of {last}, your last year.")
                   for year in range(2015, 2026)],
                 *[Mistake(answer=lambda p, use=use: missing(p, use=use),
                           feedback="You took the fee of a pipe that is not full. What a *full* pipe needs is by_use[100].")
                   for use in (0.5, 0.75)],
                 *[Mistake(answer=lambda p, fee=fee: missing(p, fee=fee),
                           feedback="The fee that is paid is missing, or on the wrong side. Divide by 1.25.")
                   for fee in (1, 1 / FEE)],
                 Mistake(answer=lambda p: CAPACITY / FEE - GAS["lng_bcm"][p.last],
                         feedback="The fee that a full pipe needs is missing: by_use[100], divided by 1.25, times 12.4."),
                 *[Mistake(answer=answer,
                           feedback="The use is a part of one, the LNG is in bcm. Multiply the use by 12.4 first.") for answer in (
                     lambda p: CAPACITY * part_of_one(p, GAS["lng_bcm"][p.last]),
                     lambda p: part_of_one(p, GAS["lng_bcm"][p.last] / CAPACITY),
                     lambda p: fee_needed(cost(p)) - GAS["lng_bcm"][p.last])],
                 Mistake(answer=lambda p: 100 * part_of_one(p),
                         feedback="This is the use that is enough, in percent. As a part of one, multiply it by 12.4, and subtract "
                                  "the LNG of {last}."),
                 Mistake(answer=lambda p: CAPACITY - GAS["lng_bcm"][p.last],
                         feedback="This is a full pipe minus the LNG. How much must flow so that the fee is enough?"),
                 *[Mistake(answer=answer,
                           feedback=RATIO) for answer in (
                     lambda p: even(p) / GAS["lng_bcm"][p.last], lambda p: 100 * even(p) / GAS["lng_bcm"][p.last] - 100)],
                 Mistake(answer=lambda p: even(p) + GAS["lng_bcm"][p.last],
                         feedback="You added the LNG. How many bcm more it is, is a difference: subtract."),
                 Mistake(answer=lambda p: even(p) - GAS["lng_bcm"][p.last] / CAPACITY,
                         feedback="You divided the LNG by 12.4. It is in bcm, as the gas that is needed: just subtract."),
                 Mistake(answer=lambda p: CAPACITY * (1 - part_of_one(p)),
                         feedback="This is what may be missing in the pipe. How much must flow, and how much more is that than the "
                                  "LNG of {last}?"),
                 Mistake(answer=lambda p: CAPACITY * cost(p) / FEE - GAS["lng_bcm"][p.last],
                         feedback="You divided the cost of the line by the fee. Divide the fee that a full pipe needs, "
                                  "by_use[100]."),
                 Mistake(answer=lambda p: CAPACITY * (fee_needed(cost(p)) - FEE) - GAS["lng_bcm"][p.last],
                         feedback="You subtracted the two fees. Divide one by the other."),
                 Mistake(answer=lambda p: 100 * even(p) - GAS["lng_bcm"][p.last],
                         feedback="You multiplied by 100, too. The use is a part of one: times 12.4 it is bcm."),
             ],
             hints=["Half the gas, twice the fee. So the use that is enough is by_use[100], divided by the fee that is "
                    "paid.",
                    "Times 12.4, the use becomes bcm a year. Then subtract the LNG of {last}.",
                    """Nearly all of it:
    enough_bcm = 12.4 * by_use[100] / ...
    missing_bcm = enough_bcm - gas["lng_bcm"][me.last]"""]),
        two_part_claim("energy-a10", objective="energy-claim", points=6, uses=["last", "port", "town", "estimate"],
                   parts=parts, follows=["energy-a9"],
                   prompt="verdict on the claim about a line from {port} to {town} and the LNG of {last}",
                   look="First: is straight larger than 1,040? Second: is missing_bcm larger than zero?",
                   hint="First half: compare the straight line with 1,040. Second half: look at the sign of "
                        "missing_bcm.",
                   not_open="No evidence is missing: you have the length and the gas.",
                   not_outdated="The claim names its year, so nothing that came later can overtake it."),
        Written("energy-b1", objective="energy-balance", rubric=[
            (3, "What was counted. 3: gas used, as own output plus LNG in bcm (or a part of it, named), and in words "
                "that exclude what was only wanted. 2: gas used, without what it is made of. 0: “gas”, “demand” or "
                "“need” only."),
            (2, "Years. 2: every number has its year or its two years. 1: one number lacks them. 0: more lack them, or "
                "there is no number."),
            (3, "Comparison. 3: a number stands beside a second one with its own years (a change from another first "
                "year, or the share of LNG in both years), and the text says which is larger. 2: the second number, "
                "its years or the order is missing. 1: two of these are missing. 0: no comparison."),
            (2, "Limits. 2: names one thing that the numbers can't show, and claims no cause and no verdict on the "
                "pipeline. 1: only one of these two. 0: neither."),
        ]),
        Written("energy-b2", objective="energy-claim", rubric=[
            (2, "Verdict. 2: open. 1: another verdict to which the writer's own reason leads by the rules, such as mixed, "
                "because papers were signed and no gas came, or unverifiable, because “some” has no measure. 0: a verdict "
                "without such a reason, or none. The lines below are marked alike for each verdict."),
            (2, "Rule. 2: says that the sentence is a forecast without a date, and that “dire” is a judgement of the "
                "writer, not a fact. 1: only one of these two. 0: neither."),
            (3, "Evidence. 3: two of the facts with date and publisher, and what each of them shows. 2: two facts, but "
                "a date, a publisher or what one of them shows is missing. 1: one fact. 0: none of the facts."),
            (3, "Change of mind. 3: names evidence that could be found, and the verdict that would follow. 1: only one "
                "of these two, or only “more sources”. 0: nothing."),
        ]),
    ],
)
