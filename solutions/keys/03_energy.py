"""The key of the Energy sheet: a gas balance over some years, prices of a month, and a line to a town."""

from ruspak import measures
from ruspak.data import table
from ruspak.sheets.items import Item, Mistake, Sheet, Written
from ruspak.sheets.two_part import two_part_claim

GAS = table("gas_balance").set_index("year")
USE = GAS["output_bcm"] + GAS["lng_bcm"]
SHARE = 100 * GAS["lng_bcm"] / USE
PRICES = table("energy_prices").set_index("month")
BRENT = PRICES["brent_usd_barrel"]
PROMISES, PLACES, LINES = table("pipeline_promises"), table("places").set_index("name"), table("pipelines")
WHOLE = LINES[(LINES["scope"] == "whole line") & LINES["length_km"].notna() & LINES["cost_low_usd_bn"].notna()]
STREAM = WHOLE[WHOLE["pipeline"] == "Pakistan Stream"]
BTU = 34.1e6  # a billion cubic metres of gas, in units of a million Btu
FEE, RATE, CAPACITY = 1.25, 0.08, 12.4  # asked for by Russia in 2016; the sheet's interest; the design of 2015
PIPE = 650  # km, in the claim of the last item
NEAR_KM, NEAR_BCM = 20, 0.12  # nearer than this, a half of that claim is too close to call
FIRST = [2017, 2018, 2019, 2020]


def change(series, p):
    return series[p.last] - series[p.first]


def change_pct(series, p):
    return 100 * change(series, p) / series[p.first]


def contract(p, part=0.1337, months=3, late=1):
    """13.37% of the mean of Brent over three months, the last of them one month before the student's."""
    return part * BRENT.rolling(months).mean().shift(late)[p.month]


def europe(p):
    return PRICES["gas_europe_usd_mmbtu"][p.month]


def billions(p, price, volume=GAS["lng_bcm"], year=None):
    """What the gas of a year costs at a price, in billion dollars."""
    return volume[year or p.last] * BTU * price / 1e9


def years_passed(p, first=None):
    """Mean distance of the years that were named to the student's last year."""
    named = PROMISES["promised_year"]
    return p.last - named[named.between(first or p.first, p.last)].mean()


def straight_km(end):
    return measures.straight_km(PLACES, "Port Qasim", end)


def per_km(rows=STREAM, end="high"):
    """Cost per km, in billion dollars, at the highest or the lowest end of the estimates."""
    costs = rows[f"cost_{end}_usd_bn"] / rows["length_km"]
    return costs.max() if end == "high" else costs.min()


def cost(p, rows=STREAM, end="high", km=None):
    return (km or straight_km(p.town)) * per_km(rows, end)


def fee_needed(cost, rate=RATE, use=1.0):
    return measures.fee_needed(cost, rate, use, CAPACITY)


def by_use(cost, rate=RATE, percent=100):
    return {use: fee_needed(cost, rate, use / percent) for use in (25, 50, 75, 100)}


def even(p, fee=FEE):
    """The gas that must flow in a year so that a fee is enough, in bcm."""
    return CAPACITY * fee_needed(cost(p)) / fee


def missing(p, fee=FEE):
    return even(p, fee) - GAS["lng_bcm"][p.last]


def enough_use(p):
    """The use that is enough, as a part of one; None where it looks like the answer."""
    use = even(p) / CAPACITY
    return use if abs(use - abs(missing(p))) > NEAR_BCM else None


def two_units(p):
    """The use, as a part of one, minus the LNG, in bcm."""
    return even(p) / CAPACITY - GAS["lng_bcm"][p.last]


def upside_down(p):
    return CAPACITY * FEE / fee_needed(cost(p)) - GAS["lng_bcm"][p.last]


def other_year(p, year):
    """With the LNG of another year; None where it looks like another mistake."""
    wrong = even(p) - GAS["lng_bcm"][year]
    others = -missing(p), even(p) / CAPACITY, two_units(p), upside_down(p), missing(p, fee=0.78)
    return wrong if min(abs(wrong - other) for other in others) > NEAR_BCM else None


def parts(p):
    """By how much each half of the claim holds, in km and bcm that are clear."""
    return (straight_km(p.town) - PIPE) / NEAR_KM, missing(p) / NEAR_BCM


sheet = Sheet(
    id="energy", notebook="03_energy",
    space={
        "first": FIRST,
        "last": [2022, 2023, 2024, 2025],
        "month": {"2019-06": "June 2019", "2020-04": "April 2020", "2020-07": "July 2020", "2021-08": "August 2021",
                  "2021-10": "October 2021", "2022-03": "March 2022", "2022-10": "October 2022",
                  "2023-04": "April 2023", "2024-03": "March 2024", "2025-10": "October 2025"},
        "town": ["Abbottabad", "Gwadar", "Islamabad", "Lahore", "Multan", "Muzaffargarh", "Nawabshah", "Peshawar",
                 "Quetta", "Rawalpindi", "Sukkur", "Turbat"],
    },
    default={"first": 2018, "last": 2024, "month": "2022-03", "town": "Lahore"},
    prompt="gas from {first} to {last}; prices of {month}; a line from Port Qasim to {town}.",
    items=[
        Item("energy-a1", objective="energy-balance", points=4, kind="number", variable="output_change",
             uses=["first", "last"], tolerance=0.06,
             prompt="change of Pakistan's own output of gas, {first} to {last}, in bcm",
             reference=lambda p: change(GAS["output_bcm"], p),
             mistakes=[
                 Mistake(answer=lambda p: -change(GAS["output_bcm"], p), worth=0.5,
                         feedback="The size is right, the sign is not: take the later year first and subtract the "
                                  "earlier one."),
                 Mistake(answer=lambda p: change(GAS["lng_bcm"], p),
                         feedback="This is the change of LNG. Take the column output_bcm."),
                 Mistake(answer=lambda p: change_pct(GAS["output_bcm"], p),
                         feedback="This is the change in percent. The item asks for bcm: subtract, and do not divide."),
                 Mistake(answer=lambda p: GAS["output_bcm"][p.last],
                         feedback="This is the output of {last}. Subtract the output of {first}."),
             ],
             hints=["Read two values of the column output_bcm, and subtract one from the other.",
                    'One value: gas["output_bcm"][me.last]. There are no quotes around me.last.',
                    'Nearly all of it: output_change = gas["output_bcm"][me.last] - gas["output_bcm"][...]']),
        Item("energy-a2", objective="energy-balance", points=6, kind="number", variable="use_change_pct",
             uses=["first", "last"], tolerance=0.06,
             prompt="change of all gas used in Pakistan, {first} to {last}, in percent",
             reference=lambda p: change_pct(USE, p),
             mistakes=[
                 Mistake(answer=lambda p: -change_pct(USE, p), worth=0.5,
                         feedback="The size is right. But use fell, so the number is negative."),
                 Mistake(answer=lambda p: 100 * change(USE, p) / USE[p.last],
                         feedback="You divided by the later year. A change is measured from the earlier one."),
                 Mistake(answer=lambda p: 100 * (USE[p.first] - USE[p.last]) / USE[p.last],
                         feedback="You measured backwards. Divide the use of {last} by that of {first}, and subtract "
                                  "one."),
                 Mistake(answer=lambda p: change(USE, p),
                         feedback="This is the change in bcm. Divide it by the use of {first}, times 100."),
                 Mistake(answer=lambda p: change_pct(GAS["output_bcm"], p),
                         feedback="This is own output only. Use is own output plus LNG."),
                 Mistake(answer=lambda p: 100 * USE[p.last] / USE[p.first] - 1,
                         feedback="Round brackets are missing. Subtract one first, then multiply by 100."),
                 Mistake(answer=lambda p: 100 * USE[p.last] / USE[p.first],
                         feedback="This is the use of {last} in percent of {first}. For the change, subtract 100."),
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
             reference=lambda p: change(SHARE, p),
             mistakes=[
                 Mistake(answer=lambda p: -change(SHARE, p), worth=0.5,
                         feedback="The size is right, the sign is not: take the share of {last} first."),
                 Mistake(answer=lambda p: change_pct(SHARE, p),
                         feedback="You divided one share by the other. Percentage points are a difference: subtract."),
                 Mistake(answer=lambda p: change(100 * GAS["lng_bcm"] / GAS["output_bcm"], p),
                         feedback="You divided LNG by own output. Divide it by all gas used."),
                 Mistake(answer=lambda p: change_pct(GAS["lng_bcm"], p),
                         feedback="This is the change of LNG itself, in percent. Work out the share of LNG in each of "
                                  "the two years first."),
                 Mistake(answer=lambda p: SHARE[p.last],
                         feedback="This is the share in {last}. Subtract the share in {first}."),
             ],
             hints=["You need the share of LNG twice, once for each year.",
                    'A share in percent for every year at once: gas["share_pct"] = 100 * gas["lng_bcm"] / '
                    'gas["use_bcm"]',
                    """Nearly all of it:
    gas["share_pct"] = 100 * gas["lng_bcm"] / gas["use_bcm"]
    lng_points = gas["share_pct"][me.last] - ..."""]),
        Item("energy-a4", objective="energy-model", points=8, kind="number", variable="contract_price",
             uses=["month"], tolerance=0.02,
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
             ],
             hints=["Three steps: the mean of three months, moved one month down, times 0.1337.",
                    'A mean of three months: prices["brent_usd_barrel"].rolling(3).mean(). With .shift() at its end, '
                    "it moves one month down.",
                    """Nearly all of it:
    prices["contract"] = 0.1337 * prices["brent_usd_barrel"].rolling(3).mean()...
    contract_price = prices["contract"][me.month]"""]),
        Item("energy-a5", objective="energy-model", points=10, kind="number", variable="extra_bn",
             uses=["last", "month"], relative=0.01,
             prompt="what all LNG of {last} would cost more at the European price of {month} than by contract, in "
                  "billion dollars",
             reference=lambda p: billions(p, europe(p) - contract(p)),
             mistakes=[
                 Mistake(answer=lambda p: billions(p, contract(p) - europe(p)), worth=0.5,
                         feedback="The size is right, the sign is not: take the price in Europe first."),
                 Mistake(answer=lambda p: billions(p, europe(p)),
                         feedback="This is the whole bill at the price in Europe. Subtract the bill by contract."),
                 Mistake(answer=lambda p: billions(p, contract(p)),
                         feedback="This is the whole bill by contract. Subtract it from the bill at the price in "
                                  "Europe."),
                 Mistake(answer=lambda p: billions(p, europe(p) - contract(p), GAS["output_bcm"]),
                         feedback="This is for own output. Take the column lng_bcm."),
                 Mistake(answer=lambda p: billions(p, europe(p) - contract(p), USE),
                         feedback="This is for all gas used. Only LNG is bought abroad: take the column lng_bcm."),
                 Mistake(answer=lambda p: europe(p) - billions(p, contract(p)),
                         feedback="Round brackets are missing. Subtract the two prices first, then multiply."),
                 Mistake(answer=lambda p: 1e9 * billions(p, europe(p) - contract(p)),
                         feedback="These are dollars. Divide by 1e9 for billion dollars."),
                 Mistake(answer=lambda p: 1000 * billions(p, europe(p) - contract(p)),
                         feedback="These are million dollars. Divide by 1e9, not by 1e6."),
                 Mistake(answer=lambda p: (europe(p) - contract(p)) * GAS["lng_bcm"][p.last],
                         feedback="A price is for a million Btu, and your gas is in bcm. Multiply by BTU, too, and "
                                  "divide by 1e9."),
             ],
             hints=["Three numbers go in: the price in Europe minus the contract price, the LNG of {last}, and BTU.",
                    'The price in Europe is prices["gas_europe_usd_mmbtu"][me.month]. Work out the difference of the '
                    "two prices first, in round brackets.",
                    """Nearly all of it:
    more = prices["gas_europe_usd_mmbtu"][me.month] - contract_price
    extra_bn = more * gas["lng_bcm"][...] * BTU / 1e9"""]),
        Item("energy-a6", objective="energy-steps", points=8, kind="number", variable="years_passed",
             uses=["first", "last"], tolerance=0.02,
             prompt="mean number of years from the times named for {first} to {last} to the end of {last}",
             reference=years_passed,
             mistakes=[
                 Mistake(answer=lambda p: -years_passed(p), worth=0.5,
                         feedback="The size is right, the sign is not: take me.last first and subtract the years "
                                  "named."),
                 Mistake(answer=lambda p: years_passed(p, first=1) if p.first > 2017 else None,
                         feedback="Times before {first} are still in. Keep both ends: between(me.first, me.last)."),
                 Mistake(answer=lambda p: p.last - PROMISES["promised_year"].mean() if p.last < 2025 else None,
                         feedback="These are all times of the table. Keep those of {first} to {last} with between."),
                 Mistake(answer=lambda p: p.last - years_passed(p),
                         feedback="This is the mean of the years that were named. Subtract it from {last}."),
                 Mistake(answer=lambda p: 2026 - p.last + years_passed(p),
                         feedback="You counted up to 2026. Count up to the end of {last}: me.last."),
             ],
             hints=["Keep the rows whose promised_year is from {first} to {last}. How many years had passed since "
                    "each of them at the end of {last}?",
                    'The rows: promises[promises["promised_year"].between(me.first, me.last)]. The years that have '
                    "passed are me.last minus the column promised_year.",
                    """Nearly all of it:
    passed = promises[promises["promised_year"].between(me.first, me.last)]
    years_passed = (me.last - passed[...]).mean()"""]),
        Item("energy-a7", objective="energy-check", points=10, kind="number", variable="cost_bn", uses=["town"],
             relative=0.005,
             prompt="cost of a straight line from Port Qasim to {town} at the highest cost per km, in billion dollars",
             reference=cost,
             mistakes=[
                 Mistake(answer=lambda p: cost(p, WHOLE),
                         feedback="This is the highest cost of all pipelines. Keep the rows of Pakistan Stream."),
                 Mistake(answer=lambda p: cost(p, end="low"),
                         feedback="This is the lowest cost per km. Take the column high and its largest value."),
                 Mistake(answer=lambda p: straight_km(p.town) * STREAM.eval("cost_high_usd_bn / length_km").mean(),
                         feedback="This is a mean of the estimates. Nobody named it: take the largest, with max()."),
                 Mistake(answer=lambda p: cost(p, km=straight_km("Kasur")),
                         feedback="This is a line to Kasur, as in the notebook. Yours ends in {town}: me.town."),
                 Mistake(answer=lambda p: straight_km(p.town) * STREAM["cost_high_usd_bn"].max() / 1000,
                         feedback="You took the cost of a whole line, in billions. Take the cost per km: the column "
                                  "high."),
                 Mistake(answer=lambda p: 1000 * cost(p),
                         feedback="These are million dollars. Divide by 1000."),
                 Mistake(answer=lambda p: straight_km(p.town),
                         feedback="This is the length in km. Multiply it by the cost per km, and divide by 1000."),
             ],
             hints=["Two numbers go in: the straight line in km, and the highest cost per km of Pakistan Stream.",
                    'The length is straight_km(places, "Port Qasim", me.town). The costs per km are in the column high '
                    'of the rows whose pipeline is "Pakistan Stream"; .max() gives the largest.',
                    """Nearly all of it:
    straight = straight_km(places, "Port Qasim", me.town)
    per_km = whole[whole["pipeline"] == "Pakistan Stream"]["high"].max()
    cost_bn = straight * ... / 1000"""]),
        Item("energy-a8", objective="energy-model", points=10, kind="series", variable="by_use", uses=["town"],
             relative=0.006,
             prompt="fee that a line to {town} needs at 25, 50, 75 and 100 percent use, in dollars a million Btu",
             reference=lambda p: by_use(cost(p)),
             mistakes=[
                 Mistake(answer=lambda p: {str(use): fee for use, fee in by_use(cost(p)).items()}, worth=0.5,
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
                 Mistake(answer=lambda p: dict.fromkeys((25, 50, 75, 100), fee_needed(cost(p))),
                         feedback="This is a full pipe four times. Give each use its own number, from 0.25 to 1."),
             ],
             hints=["Call fee_needed four times. Three numbers go in: the cost, the interest and the use.",
                    "A use of 25 percent is 0.25, an interest of 8% is 0.08. For a full pipe it is "
                    "fee_needed(cost_bn, 0.08, 1).",
                    """Nearly all of it:
    by_use = {25: fee_needed(cost_bn, 0.08, 0.25), 50: fee_needed(...), 75: fee_needed(...), 100: ...}"""]),
        Item("energy-a9", objective="energy-model", points=10, kind="number", variable="missing_bcm",
             uses=["last", "town"], tolerance=0.06,
             prompt="gas that a line to {town} needs at a fee of 1.25 dollars, minus all LNG of {last}, in bcm a year",
             reference=missing,
             mistakes=[
                 Mistake(answer=lambda p: -missing(p), worth=0.5,
                         feedback="The size is right, the sign is not: take the gas that is needed first, and subtract "
                                  "the LNG of {last}."),
                 Mistake(answer=even,
                         feedback="This is the gas that is needed. Now subtract all LNG of {last}."),
                 Mistake(answer=enough_use,
                         feedback="This is the use that is enough, as a part of one. Multiply it by 12.4, and subtract "
                                  "the LNG of {last}."),
                 Mistake(answer=two_units,
                         feedback="The use is a part of one, the LNG is in bcm. Multiply the use by 12.4 first."),
                 Mistake(answer=upside_down,
                         feedback="The fraction is upside down. Divide the fee that a full pipe needs by the fee that "
                                  "is paid."),
                 Mistake(answer=lambda p: missing(p, fee=0.78),
                         feedback="This is with 0.78, the fee of the talks. Take 1.25, the fee that Russia asked for."),
                 Mistake(answer=lambda p: even(p) - USE[p.last],
                         feedback="You subtracted all gas used. Subtract LNG only: the column lng_bcm."),
                 *[Mistake(answer=lambda p, year=year: other_year(p, year),
                           feedback=f"You subtracted the LNG of {year}. Subtract that of {{last}}, your last year.")
                   for year in FIRST],
             ],
             hints=["Half the gas, twice the fee. So the use that is enough is by_use[100], divided by the fee that is "
                    "paid.",
                    "Times 12.4, the use becomes bcm a year. Then subtract the LNG of {last}.",
                    """Nearly all of it:
    enough_bcm = 12.4 * by_use[100] / ...
    missing_bcm = enough_bcm - gas["lng_bcm"][me.last]"""]),
        two_part_claim("energy-a10", objective="energy-claim", points=6, uses=["last", "town"], parts=parts,
                   prompt="verdict on the claim about a line to {town} and the LNG of {last}",
                   look="First: is straight larger than 650? Second: is missing_bcm larger than zero?",
                   hint="First half: compare the straight line with 650. Second half: look at the sign of "
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
                "its years or the order is missing. 0: no comparison."),
            (2, "Limits. 2: names one thing that the numbers can't show, and claims no cause and no verdict on the "
                "pipeline. 1: only one of these two. 0: neither."),
        ]),
        Written("energy-b2", objective="energy-claim", rubric=[
            (2, "Verdict. 2: open. 1: mixed, with the reason that papers were signed and no gas came; or unverifiable, "
                "with the reason that “some” has no measure. 0: another verdict, or none."),
            (2, "Rule. 2: says that the sentence is a forecast without a date, and that “dire” judges. 1: only one of "
                "these two. 0: neither."),
            (3, "Evidence. 3: two of the facts with date and publisher, and what each of them shows. 2: two facts, but "
                "a date, a publisher or what one of them shows is missing. 1: one fact. 0: none of the facts."),
            (3, "Change of mind. 3: names evidence that could be found, and the verdict that would follow. 1: only one "
                "of these two, or only “more sources”. 0: nothing."),
        ]),
    ],
)
