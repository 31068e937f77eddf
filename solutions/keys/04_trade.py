"""The key of the Trade sheet: one state's books, a first year, a goal in its own share, and a pair of states."""
import numpy as np
import pandas as pd

from ruspak.data import table
from ruspak.sheets.items import Item, Mistake, Sheet, Written
from ruspak.sheets.two_part import two_part_claim

FLOWS = table("mirror_trade").set_index(["seller", "year"])
TRADE = table("bilateral_trade").set_index("year")
INDIA = table("russian_trade_compared").query("basis == 'calendar'").set_index("year")
PRICES = table("dollar_prices").set_index("year")
RATES = table("growth_base_rates")
SAID = table("trade_statements").set_index("id")
YEARS = [1996, 2000, 2004, 2008, 2012]  # the years in which both states reported both flows
OTHER = {"PAK": "RUS", "RUS": "PAK"}
OWN = {"PAK": "TS16", "RUS": "TS10"}  # the last value for twelve months in the state's own system
BOUND = {"RUS": "TS18"}
PART = {"PAK": "TS15", "RUS": "TS20"}
FIRST_OWN = {"PAK": "TS02", "RUS": "TS01"}
MIDDLE_OWN = {"PAK": "TS12"}
STRANGE = {"PAK": "TS17", "RUS": "TS16"}
CONSUMER, OUTPUT = "consumer_2014_100", "output_2014_100"
PLAIN, EACH, LARGE = "output and distance", "a number for each state", "large trade weighs more"
LESS = 0.05  # of the expected trade: a smaller difference is no ground for a verdict
EDGE = 3  # pairs of a hundred: closer to a fifth than this is no ground for a verdict


def freight(p):
    """By how much freight and insurance make the buyer's report larger, as a factor."""
    return 1 + p.number / 100


def flow(p, seller=None, year=None):
    """The two reports of what the seller sold, the student's state if none is given, the buyer's first."""
    row = FLOWS.loc[(seller or p.country, year or p.year)]
    return float(row["buyer_says_musd"]), float(row["seller_says_musd"])


def unexplained(p, seller=None, year=None):
    """What the buyer reports beyond the seller's report with freight."""
    buyer, said_by_seller = flow(p, seller, year)
    return buyer - said_by_seller * freight(p)


def balance(p, sold=1, bought=0, by=None, year=None):
    """What the student's state sold minus what it bought without freight; 0 takes the buyer's report, 1 the seller's."""
    return flow(p, year=year)[sold] - flow(p, OTHER[p.country], year)[bought] / (by or freight(p))


def real(line=TRADE["turnover_musd"], prices=CONSUMER):
    """A line of dollars in dollars of 2014, by year."""
    return (100 * line / PRICES[prices]).dropna()


def lines(prices=CONSUMER, **changed):
    return TRADE[["turnover_musd", "share_pct"]].assign(real_musd=real(prices=prices)).assign(**changed).dropna()


def times(p, of=None, to=None, since=0):
    """The three lines of the student's year divided by those of the first year."""
    of = lines() if of is None else of
    return of.loc[to or p.year] / of.loc[p.first + since]


def five_changes(p, line=None, since=0, years=5, to=None):
    """Change to the student's year, in percent, from the first year and the years after it."""
    line = real(INDIA["india_musd"]) if line is None else line
    return 100 * line[to or p.year] / line.loc[p.first + since:p.first + since + years - 1] - 100


def india_from(p, since=0):
    """India's real trade in five years from the first year on."""
    return real(INDIA["india_musd"]).loc[p.first + since:p.first + since + 4]


def goal(p, first=None):
    return TRADE["share_pct"][first or p.first] * TRADE["pakistan_all_trade_musd"][2014] / 100


def needed(p, start=None, end=None, years=None):
    """Growth a year in percent, from the turnover of 2014 to the goal."""
    return 100 * ((end or goal(p)) / (start or TRADE["turnover_musd"][2014])) ** (1 / (years or p.number)) - 100


def in_all(p, start=None):
    """The whole growth in percent, not a year."""
    return 100 * goal(p) / (start or TRADE["turnover_musd"][2014]) - 100


def compared(p, dollars="current", first_year=1992, spans=None):
    rows = RATES[(RATES["first_year"] == first_year) & (RATES["dollars"] == dollars)]
    return rows[rows["span_years"].isin(spans or [p.number])]


def reached(p, rows=None, growth=None):
    rows = compared(p) if rows is None else rows
    return int((rows["growth_pct_a_year"] >= (needed(p) if growth is None else growth)).sum())


def said(p, of):
    """A stated turnover, from one of the lists by state above; None where the state has none of that kind."""
    return SAID["turnover_musd"][of[p.country]] if p.country in of else None


def own_rows(p):
    """The statements of values for twelve months in the system of the student's state."""
    rows = SAID[(SAID["months"] == 12) & (SAID["value_type"] == "value")]
    return rows[rows["system"] == SAID["system"][OWN[p.country]]]


def from_said(p, of=OWN, end=None, years=None):
    start = said(p, of)
    return None if start is None else needed(p, start, end, years)


def goal_of(p, growth):
    """The goal that somebody has who needs that growth from the turnover of 2014."""
    return TRADE["turnover_musd"][2014] * (1 + growth / 100) ** p.number


def fitted():
    """Reported divided by expected trade of every pair, one column for each fit of the notebook."""
    pairs = table("gravity_pairs").query("turnover_musd > 0")
    money = pairs["turnover_musd"].to_numpy(float)
    size = np.log((pairs["gdp_a_busd"] * pairs["gdp_b_busd"]).to_numpy(float))
    far = np.log(pairs["distance_km"].to_numpy(float))
    plain = np.column_stack([np.ones(len(pairs)), size, far])
    states = sorted({*pairs["state_a"], *pairs["state_b"]})
    own = np.column_stack([(pairs["state_a"] == s) | (pairs["state_b"] == s) for s in states] + [far]).astype(float)
    mean = money
    for _ in range(60):
        root = np.sqrt(mean)
        mean = np.exp(plain @ np.linalg.lstsq(plain * root[:, None], (np.log(mean) + (money - mean) / mean) * root)[0])
    expected = {PLAIN: np.exp(plain @ np.linalg.lstsq(plain, np.log(money))[0]),
                EACH: np.exp(own @ np.linalg.lstsq(own, np.log(money))[0]), LARGE: mean}
    index = pd.MultiIndex.from_frame(pairs[["state_a", "state_b"]])
    return pd.Series(money, index), pd.DataFrame(expected, index=index)


REPORTED, EXPECTED = fitted()
RATIOS = EXPECTED.rdiv(REPORTED, axis=0)


def ratios(p, of=RATIOS):
    return of.loc[(p.country, p.state)]


def row_numbers(p):
    """The rows of the pair in the sheet's table of fits, where all pairs of one fit stand before those of the next."""
    return list(range(REPORTED.index.get_loc((p.country, p.state)), RATIOS.size, len(RATIOS)))


def lower(p, values=None, than=None):
    """Of a hundred pairs, how many have a lower value than the student's, by default in the student's fit."""
    values = RATIOS[p.fit] if values is None else values
    return 100 * (values < (values[p.country, p.state] if than is None else than)).mean()


def of_country(p):
    """The pairs of the student's country in the student's fit."""
    return RATIOS[p.fit][[p.country in pair for pair in RATIOS.index]]


def of_first(p):
    """Which pairs have the student's country in state_a."""
    return [p.country == pair[0] for pair in RATIOS.index]


def parts(p, own=None, share=None):
    """By how much each half of the claim holds, in clear steps: all ratios below 1, less than a fifth lower."""
    highest = max(own.values()) if own else ratios(p).max()
    return (1 - highest) / LESS, (20 - (lower(p) if share is None else share)) / EDGE


sheet = Sheet(
    id="trade", notebook="04_trade",
    space={
        "country": {"PAK": "Pakistan", "RUS": "Russia"},
        "year": YEARS,
        "first": [1965, 1968, 1971, 1973, 1974, 1976, 1977, 1979, 1980, 1981],
        "number": [5, 7, 10, 15],
        "state": {"AFG": "Afghanistan", "ARE": "the United Arab Emirates", "BGD": "Bangladesh", "CHN": "China",
                  "DEU": "Germany", "FRA": "France", "GBR": "the United Kingdom", "IDN": "Indonesia", "IND": "India",
                  "IRN": "Iran", "JPN": "Japan", "KAZ": "Kazakhstan", "KGZ": "Kyrgyzstan", "SAU": "Saudi Arabia",
                  "TJK": "Tajikistan", "TKM": "Turkmenistan", "TUR": "Türkiye", "USA": "the United States", "UZB": "Uzbekistan"},
        "fit": [PLAIN, EACH, LARGE],
    },
    default={"country": "RUS", "year": 2008, "first": 1974, "number": 10, "state": "IND", "fit": PLAIN},
    prompt="the books of {country}, year {year}; first year {first}; your number {number}, for percent of freight and "
         "years of a goal; the pair {country} and {state}; of the three fits, “{fit}”.",
    items=[
        Item("trade-a1", objective="trade-mirror", points=5, kind="number", variable="unexplained",
             uses=["country", "year", "number"], tolerance=0.01,
             prompt="what {country} sold to the other in {year}: the report of the buyer minus the report of the seller "
                  "with {number} percent for freight, in million dollars",
             reference=unexplained,
             mistakes=[
                 Mistake(answer=lambda p: -unexplained(p), worth=0.5,
                         feedback="The size is right, the sign is not: the buyer’s report comes first."),
                 Mistake(answer=lambda p: unexplained(p, OTHER[p.country]),
                         feedback="This is the other flow. Take the row whose seller is me.country."),
                 Mistake(answer=lambda p: None if p.year == 2012 else unexplained(p, year=2012),
                         feedback="This is 2012, as in the notebook. Your year is {year}: me.year."),
                 Mistake(answer=lambda p: flow(p)[0] - flow(p)[1],
                         feedback="This is the whole difference, with the freight in it. Put {number} percent on the "
                                  "seller’s report first."),
                 Mistake(answer=lambda p: flow(p)[1] - flow(p)[0],
                         feedback="This is the seller’s report minus the buyer’s, without any freight. Put {number} "
                                  "percent on the seller’s report, and subtract that from the buyer’s."),
                 Mistake(answer=lambda p: flow(p)[0] * freight(p) - flow(p)[1],
                         feedback="You put the freight on the buyer’s report, which has it already. Put it on the "
                                  "seller’s."),
                 Mistake(answer=lambda p: flow(p)[0] / freight(p) - flow(p)[1],
                         feedback="You took the freight out of the buyer’s report. Here it is put on the seller’s: "
                                  "the two differences are not alike."),
                 Mistake(answer=lambda p: flow(p)[0] * (1 - p.number / 100) - flow(p)[1],
                         feedback="You took {number} percent of the buyer’s report away. The freight is a percentage "
                                  "of the seller’s report: put it on that one."),
                 Mistake(answer=lambda p: flow(p)[0] - flow(p)[1] * p.number / 100,
                         feedback="You subtracted the freight alone. Subtract the seller’s report with the freight: "
                                  "* (1 + me.number / 100)."),
                 Mistake(answer=lambda p: flow(p)[0] - flow(p)[1] / freight(p),
                         feedback="You divided the seller’s report by the freight. Multiply: with freight it is "
                                  "larger."),
                 Mistake(answer=lambda p: flow(p)[0] - flow(p)[1] * (1 - p.number / 100),
                         feedback="You made the seller’s report smaller. With freight it is larger: 1 + me.number / "
                                  "100."),
                 Mistake(answer=lambda p: flow(p)[0] - flow(p)[1] - p.number,
                         feedback="{number} is a percentage, not million dollars. Multiply the seller’s report by "
                                  "1 + me.number / 100."),
                 Mistake(answer=lambda p: flow(p)[0] - flow(p)[1] * (1 + p.number),
                         feedback="Percent means of a hundred: 1 + me.number / 100."),
                 Mistake(answer=lambda p: flow(p)[1] * p.number / 100,
                         feedback="This is the freight. How much more than report and freight together does the buyer "
                                  "have?"),
                 Mistake(answer=lambda p: flow(p)[1] * freight(p),
                         feedback="This is the seller’s report with freight. Subtract it from the buyer’s report."),
                 Mistake(answer=lambda p: flow(p)[0] / flow(p)[1],
                         feedback="This is the ratio of the two reports, as in the notebook. The item asks for a "
                                  "difference in million dollars, after freight."),
                 Mistake(answer=lambda p: flow(p)[0] / flow(p)[1] / freight(p),
                         feedback="This is a ratio. The item asks for a difference: subtract."),
                 Mistake(answer=lambda p: -unexplained(p, OTHER[p.country]),
                         feedback="This is the other flow, with the other sign. Take the row whose seller is me.country, and the "
                                  "buyer’s report first."),
                 *[Mistake(answer=lambda p, sign=sign: sign * (flow(p, OTHER[p.country])[0] - flow(p, OTHER[p.country])[1]),
                           feedback="This is the other flow, and without freight. Take the row whose seller is me.country.")
                   for sign in (1, -1)],
                 Mistake(answer=lambda p: flow(p)[1] - flow(p)[0] / freight(p),
                         feedback="The sign is wrong, and you took the freight out of the buyer’s report. Put it on the seller’s, and "
                                  "subtract that from the buyer’s."),
                 Mistake(answer=lambda p: flow(p)[0] - flow(p)[1] / (1 - p.number / 100),
                         feedback="You divided by 1 − me.number / 100. The freight is {number} percent of the seller’s report: "
                                  "multiply by 1 + me.number / 100."),
                 Mistake(answer=lambda p: flow(p)[0] - flow(p)[1] * p.number,
                         feedback="Percent means of a hundred: 1 + me.number / 100."),
                 *[Mistake(answer=lambda p, by=by: (flow(p)[0] - flow(p)[1]) * by(p),
                           feedback="You put the freight on the difference, or on both reports. Put it on the seller’s report alone, "
                                    "then subtract.")
                   for by in (freight, lambda p: 1 / freight(p), lambda p: 1 - p.number / 100, lambda p: p.number / 100)],
                 *[Mistake(answer=lambda p, by=by: 100 * (flow(p)[0] / flow(p)[1] / by(p) - 1),
                           feedback="This is a percentage. The item asks for a difference in million dollars: subtract.")
                   for by in (freight, lambda p: 1)],
                 *[Mistake(answer=lambda p, by=by: sum(flow(p, seller)[0] - flow(p, seller)[1] * by(p) for seller in OTHER),
                           feedback="Both flows are in. Keep the row whose seller is me.country.")
                   for by in (freight, lambda p: 1)],
                 *[Mistake(answer=answer, feedback="These are reports of two flows. Take both from the row whose seller is me.country.")
                   for answer in (lambda p: flow(p)[0] - flow(p, OTHER[p.country])[1] * freight(p),
                                  lambda p: flow(p, OTHER[p.country])[0] - flow(p)[1] * freight(p))],
                 *[Mistake(answer=lambda p, which=which: flow(p)[which],
                           feedback="This is one of the two reports. Subtract the seller’s, with freight, from the buyer’s.")
                   for which in (0, 1)],
                 Mistake(answer=lambda p: 1e6 * unexplained(p), worth=0.5,
                         feedback="This is in dollars. The item asks for million dollars, as in the table."),
             ],
             hints=["Two conditions choose one row: year and seller. Each stands in round brackets, with & between "
                    "them.",
                    "The seller’s report with freight is seller_says_musd * (1 + me.number / 100). Subtract it from "
                    "buyer_says_musd; you may type the two numbers.",
                    """Nearly all of it:
    flow = mirror[(mirror["year"] == me.year) & (mirror["seller"] == ...)]
    with_freight = flow["seller_says_musd"].item() * (1 + me.number / 100)
    unexplained = flow["buyer_says_musd"].item() - with_freight"""]),
        Item("trade-a2", objective="trade-mirror", points=8, kind="number", variable="balance",
             uses=["country", "year", "number"], tolerance=0.01,
             prompt="what {country} sold to the other in {year} minus what it bought, both in its own books, the freight "
                  "of {number} percent taken out of what it bought, in million dollars",
             reference=balance,
             mistakes=[
                 Mistake(answer=lambda p: -balance(p), worth=0.5,
                         feedback="The size is right, the sign is not: what {country} sold comes first, then subtract "
                                  "what it bought."),
                 Mistake(answer=lambda p: balance(p, by=1), worth=0.25,
                         feedback="These are the right two numbers, but the freight is still in what {country} bought. "
                                  "Divide that by 1 + me.number / 100."),
                 Mistake(answer=lambda p: -balance(p, by=1),
                         feedback="The sign is wrong, and the freight is still in what {country} bought."),
                 Mistake(answer=lambda p: balance(p, by=1 / freight(p)),
                         feedback="You put freight on what {country} bought. It is in there already: divide."),
                 Mistake(answer=lambda p: balance(p, by=1 / (1 - p.number / 100)),
                         feedback="You took {number} percent of the buyer’s report away. But the freight is {number} "
                                  "percent of the value without it: divide by 1 + me.number / 100."),
                 Mistake(answer=lambda p: (flow(p)[1] - flow(p, OTHER[p.country])[0]) / freight(p),
                         feedback="You divided both numbers. What {country} sold has no freight in it: divide only "
                                  "what it bought."),
                 Mistake(answer=lambda p: flow(p)[1] / freight(p) - flow(p, OTHER[p.country])[0],
                         feedback="You took the freight out of what {country} sold. It is in what it bought."),
                 Mistake(answer=lambda p: flow(p)[1] * freight(p) - flow(p, OTHER[p.country])[0],
                         feedback="You put freight on what {country} sold. That makes both alike, but with freight; "
                                  "the item asks for both without it."),
                 Mistake(answer=lambda p: balance(p, sold=0),
                         feedback="Both numbers are reports of buyers. But what {country} sold stands in its own books "
                                  "as the report of a seller."),
                 Mistake(answer=lambda p: balance(p, bought=1),
                         feedback="Both numbers are reports of sellers. But what {country} bought stands in its own "
                                  "books as the report of a buyer."),
                 Mistake(answer=lambda p: balance(p, bought=1, by=1),
                         feedback="Both numbers are reports of sellers. But what {country} bought stands in its own "
                                  "books as the report of a buyer, with freight in it."),
                 Mistake(answer=lambda p: balance(p, sold=0, by=1),
                         feedback="Both numbers are reports of buyers, with freight in them. What {country} sold "
                                  "stands in its own books as the report of a seller."),
                 Mistake(answer=lambda p: balance(p, 0, 1, by=1),
                         feedback="These are the books of the other state. In its own books {country} is the one that "
                                  "reports."),
                 Mistake(answer=lambda p: balance(p, 0, 1),
                         feedback="These are the books of the other state. In its own books {country} is the one that "
                                  "reports."),
                 Mistake(answer=lambda p: -balance(p, 1, 0, by=1 / freight(p)),
                         feedback="The sign is wrong, and the freight is put on where it should be taken out."),
                 Mistake(answer=lambda p: flow(p)[1] - flow(p)[0] / freight(p),
                         feedback="These are two reports of one flow. You need both flows: what {country} sold, and "
                                  "what it bought."),
                 Mistake(answer=lambda p: flow(p)[1] - flow(p)[0],
                         feedback="These are two reports of one flow. You need both flows: what {country} sold, and "
                                  "what it bought, without freight."),
                 Mistake(answer=lambda p: balance(p, by=-freight(p)),
                         feedback="You added the two flows: that is the turnover. A balance subtracts."),
                 Mistake(answer=lambda p: balance(p, by=-1),
                         feedback="You added the two flows: that is the turnover. A balance subtracts, and the freight "
                                  "comes out of what was bought."),
                 Mistake(answer=lambda p: None if p.year == 2012 else balance(p, year=2012),
                         feedback="This is 2012, as in the notebook. Your year is {year}: me.year."),
                 *[Mistake(answer=answer,
                           feedback="The sign is wrong: what was sold comes first. And only what was bought has freight in it: divide it "
                                    "by 1 + me.number / 100.")
                   for answer in (lambda p: -balance(p, by=1 / (1 - p.number / 100)), lambda p: -balance(p, by=1) / freight(p))],
                 *[Mistake(answer=lambda p, by=by: balance(p, by=1) * by(p),
                           feedback="You put the freight on the difference, or on both numbers. Only what {country} bought has freight in "
                                    "it: divide that one.")
                   for by in (freight, lambda p: 1 - p.number / 100)],
                 Mistake(answer=lambda p: flow(p)[1] * freight(p) - flow(p, OTHER[p.country])[0] / freight(p),
                         feedback="What {country} bought is right. But what it sold needs no freight: take it as it is."),
                 Mistake(answer=lambda p: flow(p)[0] / freight(p) - flow(p, OTHER[p.country])[0] / freight(p),
                         feedback="Both numbers are reports of buyers, without freight. But what {country} sold stands in its own books "
                                  "as the report of a seller."),
                 Mistake(answer=lambda p: balance(p, bought=1, by=1 / freight(p)),
                         feedback="Both numbers are reports of sellers. But what {country} bought stands in its own books as the report "
                                  "of a buyer, with the freight in it: divide that."),
                 Mistake(answer=lambda p: flow(p)[0] / freight(p) - flow(p, OTHER[p.country])[1],
                         feedback="These are the books of the other state. In its own books {country} is the one that reports."),
                 *[Mistake(answer=lambda p, by=by: flow(p, OTHER[p.country])[1] - flow(p)[0] / by(p),
                           feedback="This is the balance of the other state. What {country} sold is a row in which it is the seller; "
                                    "there take the seller’s report.")
                   for by in (freight, lambda p: 1)],
                 Mistake(answer=lambda p: -balance(p, bought=1, by=1),
                         feedback="The sign is wrong, and both numbers are reports of sellers. Take what {country} bought from its own "
                                  "report, as a buyer."),
                 *[Mistake(answer=lambda p, sign=sign: balance(p, by=1) + sign * p.number,
                           feedback="{number} is a percentage, not million dollars. Divide what was bought by 1 + me.number / 100.")
                   for sign in (1, -1)],
                 Mistake(answer=lambda p: balance(p, by=100 / p.number),
                         feedback="You subtracted the freight alone. Subtract what {country} bought, without the freight."),
                 *[Mistake(answer=lambda p, by=by: balance(p, by=by(p)),
                           feedback="Percent means of a hundred: divide what was bought by 1 + me.number / 100.")
                   for by in (lambda p: 1 + p.number, lambda p: p.number / 100)],
                 *[Mistake(answer=lambda p, by=by: flow(p)[1] / flow(p, OTHER[p.country])[0] * by(p),
                           feedback="You divided the one by the other. A balance is a difference: subtract.")
                   for by in (freight, lambda p: 1)],
                 *[Mistake(answer=answer, feedback="This is one flow alone. A balance needs two: what {country} sold, minus what it bought.")
                   for answer in (lambda p: flow(p)[1], lambda p: flow(p, OTHER[p.country])[0],
                                  lambda p: flow(p, OTHER[p.country])[0] / freight(p))],
             ],
             hints=["You need two rows of {year}. In one {country} is the seller, in the other it is the buyer. Only a "
                    "buyer’s report has freight in it.",
                    "What {country} sold, in its own books, is seller_says_musd of the first row. What it bought is "
                    "buyer_says_musd of the second row, divided by 1 + me.number / 100.",
                    """Nearly all of it:
    year = mirror[mirror["year"] == me.year]
    sold = year[year["seller"] == me.country]["seller_says_musd"].item()
    bought = year[year["buyer"] == me.country][...].item()
    balance = sold - bought / (1 + me.number / 100)"""]),
        Item("trade-a3", objective="trade-growth", points=8, kind="series", variable="times", uses=["first", "year"],
             relative=0.005,
             prompt="three lines (turnover_musd, real_musd, share_pct): value of {year} divided by value of {first}",
             reference=times,
             mistakes=[
                 Mistake(answer=lambda p: times(p, lines(OUTPUT)), worth=0.5,
                         feedback="Two lines are right. In the real one you used the prices of all output: divide by "
                                  "consumer_2014_100."),
                 Mistake(answer=lambda p: times(p, lines(real_musd=TRADE["turnover_musd"] * PRICES[CONSUMER])),
                         worth=0.5,
                         feedback="Two lines are right. In the real one you multiplied with the price level. To take "
                                  "prices out, divide by it."),
                 Mistake(answer=lambda p: times(p, lines(real_musd=TRADE["turnover_musd"])), worth=0.5,
                         feedback="Two lines are right. real_musd is still in dollars of the year: divide by the price "
                                  "level of each year."),
                 Mistake(answer=lambda p: times(p, lines(real_musd=PRICES[CONSUMER])), worth=0.5,
                         feedback="Two lines are right. The third is the price level itself. Divide the turnover by "
                                  "it."),
                 Mistake(answer=lambda p: 1 / times(p),
                         feedback="The fraction is upside down. Divide the later year by the first."),
                 Mistake(answer=lambda p: 100 * times(p) - 100,
                         feedback="These are changes in percent. The item asks how many times as much: just divide."),
                 Mistake(answer=lambda p: times(p) - 1,
                         feedback="You subtracted one. The item asks how many times as much: just divide."),
                 Mistake(answer=lambda p: times(p)[["turnover_musd", "share_pct"]], worth=0.5,
                         feedback="The real line is missing. Add the column real_musd to lines first."),
                 Mistake(answer=lambda p: times(p)[["real_musd"]], worth=0.25,
                         feedback="This is the real line alone. Divide whole rows of lines: lines.loc[me.year]."),
                 Mistake(answer=lambda p: times(p, to=2014),
                         feedback="This is 2014, the last year of the table. Your year is {year}: me.year."),
                 Mistake(answer=lambda p: times(p, since=1),
                         feedback="This begins a year after {first}. Divide by lines.loc[me.first]."),
                 Mistake(answer=lambda p: lines().loc[p.year],
                         feedback="This is the row of {year}. Divide it by the row of {first}."),
                 Mistake(answer=lambda p: lines().loc[p.first],
                         feedback="This is the row of {first}. Divide the row of {year} by it."),
                 Mistake(answer=lambda p: lines().loc[p.year] - lines().loc[p.first],
                         feedback="These are differences. The item asks how many times as much: divide."),
                 Mistake(answer=lambda p: lines().loc[p.year] / lines().loc[1960],
                         feedback="You divided by 1960, the first row of lines. Divide by lines.loc[me.first]."),
                 Mistake(answer=lambda p: lines().loc[2014] / lines().loc[p.year],
                         feedback="This is 2014 divided by {year}. Divide the row of {year} by the row of {first}."),
                 *[Mistake(answer=lambda p, line=line: times(p, lines(real_musd=line)), worth=0.5,
                           feedback="Two lines are right. The real one is made of another column, or turned round: take turnover_musd, "
                                    "and divide it by the price level.")
                   for line in (real(TRADE["share_pct"]), real(TRADE["pakistan_all_trade_musd"]),
                                PRICES[CONSUMER] / TRADE["turnover_musd"])],
                 Mistake(answer=lambda p: times(p, lines(turnover_musd=real())), worth=0.5,
                         feedback="Two lines are right. turnover_musd has become real, too: give the real line a column of its own."),
                 Mistake(answer=lambda p: times(p, lines(share_pct=real(TRADE["share_pct"]))), worth=0.5,
                         feedback="Two lines are right. A share has no prices in it: leave share_pct as it is."),
                 Mistake(answer=lambda p: times(p) ** (1 / (p.year - p.first)),
                         feedback="You took a root: this is the factor of one year. The item asks for all years together."),
                 Mistake(answer=lambda p: times(p) / (p.year - p.first),
                         feedback="You divided by the number of years. The item asks for all years together: just divide the rows."),
             ],
             hints=["First add the real line: a hundred times the turnover, divided by the price level of its year.",
                    'lines["real_musd"] = 100 * lines["turnover_musd"] / prices[...], with the column that the item '
                    "names. Then divide one row by another.",
                    """Nearly all of it:
    lines["real_musd"] = 100 * lines["turnover_musd"] / prices["consumer_2014_100"]
    times = lines.loc[me.year] / lines.loc[...]"""]),
        Item("trade-a4", objective="trade-growth", points=10, kind="series", variable="changes",
             uses=["first", "year"], tolerance=0.6,
             prompt="change of India’s real trade with Moscow to {year}, in percent, from {first} and from each of the "
                  "next four years",
             reference=five_changes,
             mistakes=[
                 Mistake(answer=lambda p: five_changes(p, INDIA["india_musd"]),
                         feedback="These are dollars of the year. Take the prices out first, as for the line real_musd "
                                  "of trade-a3."),
                 Mistake(answer=lambda p: five_changes(p, real()),
                         feedback="This is Pakistan’s trade. Take the column india_musd of the table compared."),
                 Mistake(answer=lambda p: five_changes(p, TRADE["turnover_musd"]),
                         feedback="This is Pakistan’s trade, in dollars of the year. Take the column india_musd, and "
                                  "take the prices out."),
                 Mistake(answer=lambda p: five_changes(p, TRADE["share_pct"]),
                         feedback="This is a share of Pakistan’s trade. Take the column india_musd, and take the "
                                  "prices out."),
                 Mistake(answer=lambda p: five_changes(p, real(INDIA["india_musd"], OUTPUT)),
                         feedback="You used the prices of all output. Divide by consumer_2014_100."),
                 Mistake(answer=lambda p: five_changes(p, INDIA["india_musd"] * PRICES[CONSUMER]),
                         feedback="You multiplied with the price level. To take prices out, divide by it."),
                 Mistake(answer=lambda p: five_changes(p, INDIA["india_musd"] / INDIA["india_gdp_busd"]),
                         feedback="You divided by India’s output. Divide by the price level of each year."),
                 Mistake(answer=lambda p: five_changes(p, years=6), worth=0.5,
                         feedback="These are six first years. loc keeps both ends: stop at me.first + 4."),
                 Mistake(answer=lambda p: five_changes(p, years=4), worth=0.5,
                         feedback="These are four first years. Take {first} and four more: loc keeps both ends."),
                 Mistake(answer=lambda p: five_changes(p, since=1),
                         feedback="You began a year too late. {first} itself is one of the five."),
                 Mistake(answer=lambda p: five_changes(p, since=1, years=4),
                         feedback="{first} is missing. It is one of the five years."),
                 Mistake(answer=lambda p: five_changes(p) + 100, worth=0.5,
                         feedback="This is {year} in percent of each first year. The change is that minus 100."),
                 Mistake(answer=lambda p: five_changes(p) / 100 + 1, worth=0.5,
                         feedback="This is how many times as much. The change in percent is that times 100, minus "
                                  "100."),
                 Mistake(answer=lambda p: 1e4 / (five_changes(p) + 100) - 100,
                         feedback="You measured backwards. Divide {year} by each first year."),
                 Mistake(answer=lambda p: five_changes(p, to=2014),
                         feedback="These are changes to 2014, the last calendar year of the table. Your year is "
                                  "{year}."),
                 Mistake(answer=lambda p: real(INDIA["india_musd"])[p.year]
                         - real(INDIA["india_musd"]).loc[p.first:p.first + 4],
                         feedback="These are differences in million dollars. The item asks for percent."),
                 Mistake(answer=lambda p: real(INDIA["india_musd"]).loc[p.first:p.first + 4],
                         feedback="These are the five real values. Divide that of {year} by them."),
                 Mistake(answer=lambda p: five_changes(p, real(INDIA["india_gdp_busd"])),
                         feedback="This is India’s output. Take the column india_musd."),
                 Mistake(answer=lambda p: five_changes(p, since=-4),
                         feedback="These are the four years before {first}. Take {first} and the next four."),
                 Mistake(answer=lambda p: five_changes(p, years=p.year - p.first + 1),
                         feedback="These are all years up to {year}. Take {first} and the next four."),
                 Mistake(answer=lambda p: -five_changes(p), worth=0.5,
                         feedback="The sign is wrong: where trade grew, the change is above zero."),
                 *[Mistake(answer=answer, feedback="You measured backwards. Divide {year} by each first year, not the other way round.")
                   for answer in (lambda p: 1e4 / (five_changes(p) + 100), lambda p: 100 - 1e4 / (five_changes(p) + 100))],
                 *[Mistake(answer=lambda p, since=since: 100 * india_from(p, since) / india_from(p)[p.first] - 100,
                           feedback="These are the changes from {first} to the years after it. Each change must end in {year}.")
                   for since in (0, 1)],
                 *[Mistake(answer=answer, feedback="These are the changes from one year to the next. Each change must end in {year}.")
                   for answer in (lambda p: 100 * india_from(p).pct_change().dropna(),
                                  lambda p: 100 * real(INDIA["india_musd"]).pct_change().loc[p.first:p.first + 4])],
                 Mistake(answer=lambda p: five_changes(p, INDIA["india_musd"], to=2014),
                         feedback="These are changes to 2014, in dollars of the year. Your year is {year}, and take the prices out."),
                 Mistake(answer=lambda p: india_from(p) - real(INDIA["india_musd"])[p.year],
                         feedback="These are differences in million dollars. The item asks for percent."),
                 Mistake(answer=lambda p: five_changes(p).set_axis(range(5)), worth=0.5,
                         feedback="The numbers are right, but the years are not in the index. Leave them there."),
                 Mistake(answer=lambda p: 100 * (five_changes(p) / 100 + 1).round(1) - 100,
                         feedback="You rounded on the way. Leave the decimals in until the end."),
                 Mistake(answer=lambda p: five_changes(p) + 99, worth=0.5,
                         feedback="You subtracted 1 from a percentage. Subtract 100."),
                 Mistake(answer=lambda p: 100 * ((five_changes(p) / 100 + 1) ** (1 / (p.year - p.first)) - 1),
                         feedback="This is a growth a year. The item asks for the whole change: no root."),
                 Mistake(answer=lambda p: 100 * INDIA["india_musd"][p.year] / india_from(p) - 100,
                         feedback="Dollars of the year are divided by real dollars here. Take the prices out of both."),
             ],
             hints=["Two steps of trade-a3 and of the notebook: take the prices out of india_musd, then divide one "
                    "number, that of {year}, by the five of the first years at once.",
                    'With years in the index on both sides: real = 100 * compared["india_musd"] / '
                    'prices["consumer_2014_100"]. The five years are .loc[me.first:me.first + 4]; both ends are kept.',
                    """Nearly all of it:
    real = 100 * compared["india_musd"] / prices["consumer_2014_100"]
    changes = 100 * real[...] / real.loc[me.first:me.first + 4] - 100"""]),
        Item("trade-a5", objective="trade-target", points=9, kind="number", variable="needed",
             uses=["first", "number"], tolerance=0.03,
             prompt="growth a year from the turnover of 2014 to the goal (the share of {first}) in {number} years, in "
                  "percent",
             reference=needed,
             alternatives=[lambda p: needed(p, start=TRADE["share_pct"][2014], end=TRADE["share_pct"][p.first])],
             mistakes=[
                 Mistake(answer=in_all, worth=0.25,
                         feedback="This is the whole growth in {number} years. Take the root: ** (1 / me.number)."),
                 Mistake(answer=lambda p: in_all(p) / p.number,
                         feedback="You divided the whole growth by the years. But growth grows on growth: take the "
                                  "root, ** (1 / me.number)."),
                 Mistake(answer=lambda p: (in_all(p) + 100) / p.number,
                         feedback="You divided by the years. But growth grows on growth: take the root, "
                                  "** (1 / me.number), and subtract 100."),
                 Mistake(answer=goal, worth=0.25,
                         feedback="This is the goal, in million dollars. Now ask what growth a year leads there from "
                                  "the turnover of 2014."),
                 Mistake(answer=lambda p: goal(p) / TRADE["turnover_musd"][2014],
                         feedback="This is how many times as large the goal is. Now take the root, ** (1 / me.number), "
                                  "times 100, minus 100."),
                 Mistake(answer=lambda p: needed(p, end=100 * goal(p)),
                         feedback="Your goal is a hundred times too large. The share is in percent, so divide by 100."),
                 Mistake(answer=lambda p: (in_all(p) + 100) / p.number - 100,
                         feedback="Python worked out ** 1 first, then the division. Put brackets around "
                                  "1 / me.number."),
                 Mistake(answer=lambda p: 100 * (in_all(p) / 100 + 1) ** p.number - 100,
                         feedback="You took the power, not the root: ** (1 / me.number)."),
                 Mistake(answer=lambda p: 100 * (TRADE["turnover_musd"][2014] / goal(p)) ** (1 / p.number) - 100,
                         feedback="The fraction is upside down. Divide the goal by the start."),
                 Mistake(answer=lambda p: 100 * goal(p) / TRADE["turnover_musd"][2014] ** (1 / p.number) - 100,
                         feedback="The root was taken of the start alone. Put goal / start into round brackets."),
                 Mistake(answer=lambda p: needed(p, end=TRADE["turnover_musd"][p.first]),
                         feedback="Your goal is the turnover of {first}, which is that share of all trade of {first}. "
                                  "Take the same share of all trade of 2014."),
                 Mistake(answer=lambda p: needed(p, end=TRADE["share_pct"][p.first] * TRADE["turnover_musd"][2014]),
                         feedback="The share belongs to all of Pakistan’s trade: pakistan_all_trade_musd of 2014."),
                 Mistake(answer=lambda p: needed(p, start=TRADE["turnover_musd"][p.first]),
                         feedback="You start from the turnover of {first}. Start from the turnover of 2014."),
                 *[Mistake(answer=lambda p, year=year: needed(p, start=TRADE["turnover_musd"][year]),
                           feedback="You start from the turnover of your year. Start from that of 2014.")
                   for year in YEARS],
                 *[Mistake(answer=lambda p, year=year: needed(p, end=goal(p, year)),
                           feedback="Your goal is the share of your year. Take the share of {first}: me.first.")
                   for year in YEARS],
                 Mistake(answer=lambda p: needed(p, end=5000),
                         feedback="This leads to five billion, as in the notebook. Your goal is a share: that of "
                                  "{first}."),
                 Mistake(answer=lambda p: None if p.number == 5 else needed(p, years=5),
                         feedback="This is for five years, as in the notebook. You have {number} years."),
                 Mistake(answer=lambda p: needed(p, years=p.number - 1),
                         feedback="You counted one year too few: from the start there are {number} steps."),
                 Mistake(answer=lambda p: needed(p, years=p.number + 1),
                         feedback="You counted one year too many: from the start there are {number} steps."),
                 Mistake(answer=lambda p: needed(p) + 100, worth=0.5,
                         feedback="Each year is that much in percent of the year before. The growth is that minus "
                                  "100."),
                 Mistake(answer=lambda p: needed(p) / 100 + 1, worth=0.5,
                         feedback="This is the factor of each year. The growth in percent is that times 100, minus "
                                  "100."),
                 Mistake(answer=lambda p: needed(p) + 99,
                         feedback="You subtracted 1 from a percentage. Subtract 100."),
                 *[Mistake(answer=lambda p, by=by: (goal(p) - TRADE["turnover_musd"][2014]) / by(p),
                           feedback="This is a difference in million dollars. The item asks for growth a year in percent: divide the goal "
                                    "by the start, and take the root.")
                   for by in (lambda p: 1, lambda p: p.number)],
                 *[Mistake(answer=lambda p, size=size: size * np.log(in_all(p) / 100 + 1) / p.number,
                           feedback="This is growth without a break, by the logarithm. The item asks for growth from year to year: take "
                                    "the root.")
                   for size in (1, 100)],
                 *[Mistake(answer=lambda p, by=by: needed(p, end=goal(p) / by),
                           feedback="Your goal is too small: share times all of Pakistan’s trade, divided by 100 once, is in million "
                                    "dollars.")
                   for by in (100, 1000)],
                 Mistake(answer=lambda p: needed(p, end=TRADE["share_pct"][p.first] * TRADE["turnover_musd"][2014] / 100),
                         feedback="The share belongs to all of Pakistan’s trade: pakistan_all_trade_musd of 2014."),
                 Mistake(answer=lambda p: needed(p, end=TRADE["share_pct"][p.first]),
                         feedback="Your goal is the share itself. Make dollars of it: times all of Pakistan’s trade in 2014, divided by "
                                  "100."),
                 *[Mistake(answer=lambda p, year=year, start=start: needed(
                               p, start=start and TRADE["turnover_musd"][year],
                               end=TRADE["share_pct"][p.first] * TRADE["pakistan_all_trade_musd"][year] / 100),
                           feedback="You took all of Pakistan’s trade of your year. Take that of 2014.")
                   for year in YEARS for start in (0, 1)],
                 Mistake(answer=lambda p: needed(p, end=TRADE["pakistan_all_trade_musd"][2014]),
                         feedback="Your goal is all of Pakistan’s trade. Take the share of {first} of it."),
                 Mistake(answer=lambda p: None if p.number == 7 else needed(p, years=7),
                         feedback="This is for seven years. You have {number} years: me.number."),
                 Mistake(answer=lambda p: needed(p, years=2014 - p.first),
                         feedback="You took the years since {first}. The goal is to be reached in {number} years."),
                 Mistake(answer=lambda p: needed(p, TRADE["turnover_musd"][p.first], TRADE["turnover_musd"][2014], 2014 - p.first),
                         feedback="This is the growth a year from {first} to 2014. Work out the one from 2014 to the goal."),
                 Mistake(answer=lambda p: TRADE["share_pct"][p.first] - TRADE["share_pct"][2014],
                         feedback="This is the difference of two shares. Make dollars of the share first, then ask for the growth."),
             ],
             hints=["First the goal: the share of {first}, times all trade of Pakistan in 2014, divided by 100.",
                    'goal = trade["share_pct"][me.first] * trade["pakistan_all_trade_musd"][2014] / 100. '
                    "The growth a year is in the section “Look for yourself: what would it take?” of the notebook: how "
                    "many times as large, the root of it, minus one.",
                    """Nearly all of it:
    goal = trade["share_pct"][me.first] * trade["pakistan_all_trade_musd"][2014] / 100
    needed = 100 * (goal / trade["turnover_musd"][2014]) ** (...) - 100"""]),
        Item("trade-a6", objective="trade-target", points=8, kind="integer", variable="reached",
             uses=["first", "number"],
             prompt="rows of the comparison 1992–2014 (dollars of the year, {number} years) that grew at least as fast "
                  "as needed",
             follows=["trade-a5"],
             reference=lambda p, growth=None: reached(p, growth=growth),
             mistakes=[
                 Mistake(answer=lambda p: len(compared(p)) - reached(p),
                         feedback="These are the rows that grew more slowly. Compare with >=."),
                 Mistake(answer=lambda p: 100 - reached(p),
                         feedback="This is the percentile, the lowest that reaches your growth. Count the rows from "
                                  "there on."),
                 Mistake(answer=lambda p: reached(p, compared(p, "2014")) or None,
                         feedback='Here prices are taken out. Keep the rows whose dollars are "current".'),
                 Mistake(answer=lambda p: reached(p, compared(p, "2014", 1970)) or None,
                         feedback="This is the comparison that begins in 1970. Keep the one that begins in 1992."),
                 Mistake(answer=lambda p: reached(p, compared(p, spans=[5, 7, 10, 15])),
                         feedback="Several comparisons are mixed. Three conditions keep one: first_year, dollars and "
                                  "span_years."),
                 Mistake(answer=lambda p: reached(p, RATES),
                         feedback="Several comparisons are mixed. Three conditions keep one: first_year, dollars and "
                                  "span_years."),
                 Mistake(answer=lambda p: reached(p, RATES[RATES["span_years"] == p.number]),
                         feedback="Several comparisons are mixed. Three conditions keep one: first_year, dollars and "
                                  "span_years."),
                 Mistake(answer=lambda p: reached(p, RATES[(RATES["span_years"] == p.number)
                                                           & (RATES["first_year"] == 1992)]),
                         feedback="Several comparisons are mixed. Three conditions keep one: first_year, dollars and "
                                  "span_years."),
                 Mistake(answer=lambda p: None if p.number == 5 else reached(p, compared(p, spans=[5])),
                         feedback="This is the span of five years, as in the notebook. Your span is {number} years."),
                 Mistake(answer=lambda p: len(compared(p)),
                         feedback="These are all rows of the comparison. Count only those that grew fast enough: "
                                  ".sum() of the comparison, not .count() or len."),
                 Mistake(answer=lambda p: reached(p, growth=needed(p) / 100),
                         feedback="You compared with a part of one. The table gives growth in percent."),
                 Mistake(answer=lambda p: 0 if reached(p) else None,
                         feedback="No row is left. Look first at the rows that you keep: is each word written as in "
                                  "the table? Then compare them with needed, growth a year in percent: the goal and "
                                  "the whole growth are too large."),
                 *[Mistake(answer=lambda p, by=by: reached(p, growth=in_all(p) / by(p)) or None,
                           feedback="You compared the whole growth, or that divided by the years. The table has growth "
                                    "a year, and growth grows on growth: compare needed.")
                   for by in (lambda p: 1, lambda p: p.number)],
                 *[Mistake(answer=lambda p, keep=keep: reached(p, RATES[keep(p)]),
                           feedback="Several comparisons are mixed. Three conditions keep one: first_year, dollars and span_years.")
                   for keep in (lambda p: (RATES["dollars"] == "2014") & (RATES["span_years"] == p.number),
                                lambda p: RATES["first_year"] == 1992,
                                lambda p: (RATES["first_year"] == 1992) & (RATES["dollars"] == "current")
                                & (RATES["span_years"] > p.number - (p.number < 15)))],
                 Mistake(answer=lambda p: reached(p, growth=in_all(p) / 100 + 1),
                         feedback="You compared with how many times as large the goal is. Compare with needed, growth a year."),
                 Mistake(answer=lambda p: int((compared(p)["percentile"] >= needed(p)).sum()),
                         feedback="You compared the column percentile. Compare growth_pct_a_year with needed."),
                 Mistake(answer=lambda p: round(compared(p)["cases"].iloc[0] * reached(p) / len(compared(p))),
                         feedback="You made numbers of cases of it. Just count the rows."),
             ],
             hints=["Three conditions keep the rows: first_year, dollars and span_years. Then compare a column with "
                    "needed.",
                    'The comparison past["growth_pct_a_year"] >= needed gives True or False for each row. '
                    ".sum() counts the True.",
                    """Nearly all of it:
    past = rates[(rates["first_year"] == 1992) & (rates["dollars"] == "current") & (...)]
    reached = (past["growth_pct_a_year"] >= needed).sum()"""]),
        Item("trade-a7", objective="trade-system", points=10, kind="number", variable="needed_said",
             uses=["country", "first", "number"], tolerance=0.03,
             prompt="growth a year to the same goal in {number} years, from the last value for twelve months in the "
                  "statistics of {country}, in percent",
             follows=["trade-a5"],
             reference=lambda p, growth=None: from_said(p, end=None if growth is None else goal_of(p, growth)),
             mistakes=[
                 Mistake(answer=lambda p: from_said(p, BOUND),
                         feedback="You start from 1,000. That is a lower bound. Keep the rows whose value_type is "
                                  "value."),
                 Mistake(answer=lambda p: from_said(p, PART),
                         feedback="You start from a part of a year. Keep the rows with twelve months."),
                 Mistake(answer=lambda p: from_said(p, STRANGE),
                         feedback="You start from a number of another system. Keep the rows whose system is book."),
                 Mistake(answer=lambda p: from_said(p, FIRST_OWN),
                         feedback="You start from the first such row. The question asks for the last one."),
                 Mistake(answer=lambda p: from_said(p, MIDDLE_OWN),
                         feedback="You start from the year to June 2021. A later row is a value for twelve months, "
                                  "too."),
                 Mistake(answer=lambda p: needed(p, own_rows(p)["turnover_musd"].mean()),
                         feedback="You start from the mean of all such rows. The question asks for the last one."),
                 Mistake(answer=lambda p: needed(p, 454),
                         feedback="You start from the statement on 2014. The question asks for the last one in the "
                                  "statistics of {country}."),
                 Mistake(answer=needed,
                         feedback="You start from the turnover of 2014 again. Start from the statement that you found "
                                  "in said."),
                 Mistake(answer=lambda p: in_all(p, said(p, OWN)), worth=0.25,
                         feedback="This is the whole growth in {number} years. Take the root: ** (1 / me.number)."),
                 Mistake(answer=lambda p: in_all(p, said(p, OWN)) / p.number,
                         feedback="You divided the whole growth by the years. But growth grows on growth: take the "
                                  "root, ** (1 / me.number)."),
                 Mistake(answer=lambda p: from_said(p, end=5000),
                         feedback="This leads to five billion, as in the notebook. Take the goal of trade-a5."),
                 Mistake(answer=lambda p: None if p.number == 5 else from_said(p, years=5),
                         feedback="This is for five years, as in the notebook. You have {number} years."),
                 Mistake(answer=lambda p: from_said(p, years=p.number - 1),
                         feedback="You counted one year too few: from the start there are {number} steps."),
                 Mistake(answer=lambda p: from_said(p) + 100, worth=0.5,
                         feedback="Each year is that much in percent of the year before. The growth is that minus "
                                  "100."),
                 Mistake(answer=lambda p: from_said(p) / 100 + 1, worth=0.5,
                         feedback="This is the factor of each year. The growth in percent is that times 100, minus "
                                  "100."),
                 Mistake(answer=lambda p: goal(p) / said(p, OWN),
                         feedback="This is how many times as large the goal is. Now take the root, ** (1 / me.number), "
                                  "times 100, minus 100."),
                 Mistake(answer=lambda p: said(p, OWN),
                         feedback="This is the start, in million dollars. Now ask what growth leads from there to the "
                                  "goal."),
                 Mistake(answer=lambda p: 100 * (said(p, OWN) / goal(p)) ** (1 / p.number) - 100,
                         feedback="The fraction is upside down. Divide the goal by the start."),
                 *[Mistake(answer=lambda p, state=state, id=id: from_said(p, {state: id}),
                           feedback="You start from a number of another system. Keep the rows whose system is book.")
                   for state, ids in {"PAK": ("TS01", "TS10", "TS13", "TS21", "TS09"), "RUS": ("TS17", "TS13", "TS21", "TS09")}.items()
                   for id in ids],
                 *[Mistake(answer=lambda p, state=state, id=id: from_said(p, {state: id}),
                           feedback="You start from a part of a year. Keep the rows with twelve months.")
                   for state, id in {"PAK": "TS14", "RUS": "TS06"}.items()],
                 Mistake(answer=lambda p: from_said(p, {"PAK": "TS18"}),
                         feedback="You start from 1,000, a bound, and of another system. Keep system, months and value_type."),
                 Mistake(answer=lambda p: needed(p, own_rows(p)["turnover_musd"].sum()),
                         feedback="You added all such rows up. Start from the last one alone."),
                 *[Mistake(answer=lambda p, value=value: needed(p, value(p)),
                           feedback="You start from the sales of one state. Start from the turnover: turnover_musd.")
                   for value in (lambda p: {"PAK": 74, "RUS": 332}[p.country], lambda p: {"PAK": 846, "RUS": 210}[p.country])],
                 Mistake(answer=lambda p: from_said(p, years=p.number + 1),
                         feedback="You counted one year too many: from the start there are {number} steps."),
                 Mistake(answer=lambda p: from_said(p, years=7) if p.number == 5 else None,
                         feedback="This is for seven years. You have {number} years: me.number."),
                 Mistake(answer=lambda p: from_said(p) + 99,
                         feedback="You subtracted 1 from a percentage. Subtract 100."),
                 Mistake(answer=lambda p: 100 * goal(p) / said(p, OWN) / p.number - 100,
                         feedback="Python worked out ** 1 first, then the division. Put brackets around 1 / me.number."),
                 Mistake(answer=lambda p: 100 * (goal(p) / said(p, OWN)) ** p.number - 100,
                         feedback="You took the power, not the root: ** (1 / me.number)."),
                 Mistake(answer=lambda p: 100 * goal(p) / said(p, OWN) ** (1 / p.number) - 100,
                         feedback="The root was taken of the start alone. Put goal / start into round brackets."),
                 Mistake(answer=lambda p: 100 * np.log(goal(p) / said(p, OWN)) / p.number,
                         feedback="This is growth without a break, by the logarithm. The item asks for growth from year to year: take "
                                  "the root."),
                 *[Mistake(answer=lambda p, by=by: (goal(p) - said(p, OWN)) / by(p),
                           feedback="This is a difference in million dollars. The item asks for growth a year in percent: divide the goal "
                                    "by the start, and take the root.")
                   for by in (lambda p: 1, lambda p: p.number)],
                 Mistake(answer=lambda p: needed(p) - from_said(p),
                         feedback="This is how much less it needs than in trade-a5. The item asks for the growth itself."),
                 Mistake(answer=lambda p: from_said(p, end=TRADE["share_pct"][p.first] * said(p, OWN) / 100),
                         feedback="You made a new goal of the new start. The goal stays the one of trade-a5."),
                 Mistake(answer=lambda p: from_said(p, end=TRADE["turnover_musd"][p.first]),
                         feedback="Your goal is the turnover of {first}. Take the goal of trade-a5."),
                 Mistake(answer=lambda p: from_said(p, end=100 * goal(p)),
                         feedback="Your goal is a hundred times too large. The share is in percent, so divide by 100."),
             ],
             hints=["Three conditions keep the rows: system, months and value_type. Look at what is left, and take the "
                    "last row.",
                    'own = said[(said["system"] == book) & (said["months"] == 12) & (said["value_type"] == "value")]',
                    """Nearly all of it, with own, the rows of hint 2, and goal of trade-a5:
    start = ...  # type the turnover of the last row of own
    needed_said = 100 * (goal / start) ** (1 / me.number) - 100"""]),
        Item("trade-a8", objective="trade-model", points=8, kind="series", variable="ratios", uses=["country", "state"],
             relative=0.005,
             prompt="reported trade of {country} and {state} divided by expected trade, for each of the three fits",
             reference=ratios,
             mistakes=[
                 Mistake(answer=lambda p: ratios(p).set_axis(row_numbers(p)), worth=0.5,
                         feedback="The numbers are right, but the fits are not in the index. Put them there with "
                                  'set_index("fit").'),
                 Mistake(answer=lambda p: 1 / ratios(p),
                         feedback="The fraction is upside down. Divide reported by expected."),
                 Mistake(answer=lambda p: (1 / ratios(p)).set_axis(row_numbers(p)),
                         feedback="The fraction is upside down, and the fits are not in the index."),
                 Mistake(answer=lambda p: REPORTED[p.country, p.state] - ratios(p, EXPECTED),
                         feedback="These are differences in million dollars. Divide reported by expected."),
                 Mistake(answer=lambda p: ratios(p, EXPECTED) - REPORTED[p.country, p.state],
                         feedback="These are differences in million dollars. Divide reported by expected."),
                 Mistake(answer=lambda p: 100 * ratios(p) - 100,
                         feedback="These are percentages above or below what was expected. Just divide."),
                 Mistake(answer=lambda p: ratios(p) - 1,
                         feedback="You subtracted one. The item asks for reported divided by expected: just divide."),
                 Mistake(answer=lambda p: np.log(ratios(p)),
                         feedback="These are logarithms. The item asks for reported divided by expected."),
                 Mistake(answer=lambda p: RATIOS.loc[("PAK", "RUS")],
                         feedback="This is the pair of the notebook. Keep the rows of me.country and me.state."),
                 Mistake(answer=lambda p: RATIOS.loc[(OTHER[p.country], p.state)],
                         feedback="This is the other one of Pakistan and Russia. Keep the rows of me.country."),
                 Mistake(answer=lambda p: ratios(p, EXPECTED),
                         feedback="This is what the fits expect. Divide the reported trade by it."),
                 *[Mistake(answer=lambda p, fit=fit: ratios(p)[[fit]], worth=0.25,
                           feedback="This is one fit. Keep the rows of all three.")
                   for fit in (PLAIN, EACH, LARGE)],
                 Mistake(answer=lambda p: REPORTED[p.country, p.state] / ratios(p, EXPECTED).mean()
                         + 0 * ratios(p),
                         feedback="You divided by the mean of the fits. Divide by each of them."),
                 *[Mistake(answer=answer,
                           feedback="This is how far reported lies from expected, as a part of one of them. The item asks for reported "
                                    "divided by expected: just divide.")
                   for answer in (lambda p: 1 - ratios(p), lambda p: 100 - 100 * ratios(p), lambda p: 1 - 1 / ratios(p))],
                 Mistake(answer=lambda p: REPORTED[p.country, p.state] + 0 * ratios(p),
                         feedback="This is the reported trade. Divide it by the expected one."),
                 Mistake(answer=lambda p: REPORTED[of_first(p)].sum() / EXPECTED[of_first(p)].sum(),
                         feedback="These are all pairs of me.country together. Keep your pair: state_b, too."),
                 Mistake(answer=lambda p: REPORTED.sum() / EXPECTED.sum(),
                         feedback="These are all pairs together. Keep your pair: state_a and state_b."),
             ],
             hints=["Two conditions keep the three rows of your pair: state_a and state_b. Then put fit into the "
                    "index.",
                    'mine = fits[(fits["state_a"] == me.country) & (fits["state_b"] == me.state)].set_index("fit")',
                    """Nearly all of it, with mine, the rows of hint 2:
    ratios = mine["reported_musd"] / mine[...]"""]),
        Item("trade-a9", objective="trade-model", points=8, kind="number", variable="lower_pct",
             uses=["country", "state", "fit"], tolerance=0.1,
             prompt="percentage of all pairs that lie lower than {country} and {state} in the fit “{fit}”",
             follows=["trade-a8"],
             reference=lambda p, own=None: lower(p, than=own and own[p.fit]),
             mistakes=[
                 Mistake(answer=lambda p: 100 - lower(p) - 100 / len(RATIOS),
                         feedback="These are the pairs that lie higher. Compare with <."),
                 Mistake(answer=lambda p: 100 - lower(p),
                         feedback="These are the pairs that lie higher, with yours among them. Compare with <."),
                 Mistake(answer=lambda p: lower(p) + 100 / len(RATIOS), worth=0.5,
                         feedback="Your own pair is counted among the lower ones. Compare with <, and with your ratio "
                                  "as it is, not rounded."),
                 Mistake(answer=lambda p: lower(p) * len(RATIOS) / 100, worth=0.5,
                         feedback="This is the number of pairs. Their share is the mean, times 100."),
                 Mistake(answer=lambda p: lower(p, REPORTED),
                         feedback="You compared the dollars. Compare reported divided by expected."),
                 Mistake(answer=lambda p: lower(p, EXPECTED[p.fit]),
                         feedback="You compared the expected dollars. Compare reported divided by expected."),
                 Mistake(answer=lambda p: lower(p, (EXPECTED.sub(REPORTED, axis=0))[p.fit] * -1),
                         feedback="You compared differences in dollars. Compare reported divided by expected."),
                 Mistake(answer=lambda p: lower(p, of_country(p)),
                         feedback="These are the pairs of {country} alone. Compare with all pairs of the fit."),
                 *[Mistake(answer=lambda p, fit=fit: None if fit == p.fit else lower(p, RATIOS[fit]),
                           feedback=f"This is the fit “{fit}”. Take yours: me.fit.")
                   for fit in (PLAIN, EACH, LARGE)],
                 Mistake(answer=lambda p: 100 * (RATIOS[p.fit] < 1).mean(),
                         feedback="This is the share of pairs below 1. Compare with your own pair: ratios."),
                 Mistake(answer=lambda p: 100 * (ratios(p)[p.fit] > RATIOS).to_numpy().mean(),
                         feedback="The three fits are mixed. Keep the rows whose fit is “{fit}”: me.fit."),
                 Mistake(answer=lambda p: None if p.country == "PAK" and p.state == "RUS"
                         else lower(p, than=RATIOS[p.fit]["PAK", "RUS"]),
                         feedback="This is the pair of the notebook. Compare with your own pair: ratios."),
                 *[Mistake(answer=lambda p, count=count: count(p) * len(RATIOS) / 100,
                           feedback="This is a number of pairs, and not of those that lie lower. Compare with <, take the mean, times "
                                    "100.")
                   for count in (lambda p: lower(p) + 100 / len(RATIOS), lambda p: 100 - lower(p),
                                 lambda p: 100 - lower(p) - 100 / len(RATIOS))],
                 *[Mistake(answer=answer, feedback="The rows of all three fits are in. Keep those of “{fit}”, everywhere: me.fit.")
                   for answer in (lambda p: lower(p) / 3, lambda p: 300 * (ratios(p)[p.fit] > RATIOS).to_numpy().mean())],
                 *[Mistake(answer=lambda p, fit=fit: None if fit == p.fit else lower(p, than=ratios(p)[fit]),
                           feedback="You compared with another number of ratios. Take ratios[me.fit].")
                   for fit in (PLAIN, EACH, LARGE)],
                 Mistake(answer=lambda p: lower(p, than=ratios(p).mean()),
                         feedback="You compared with another number of ratios. Take ratios[me.fit]."),
                 *[Mistake(answer=lambda p, fit=fit: None if fit == p.fit else lower(p, RATIOS[fit], ratios(p)[p.fit]),
                           feedback="You compared with the pairs of another fit. Take “{fit}” for both: me.fit.")
                   for fit in (PLAIN, EACH, LARGE)],
                 Mistake(answer=lambda p: 100 * (RATIOS[p.fit] > 1).mean(),
                         feedback="This is the share of pairs above 1. Compare with your own pair: ratios."),
                 Mistake(answer=lambda p: lower(p, RATIOS[p.fit][of_first(p)]),
                         feedback="These are the pairs of {country} alone. Compare with all pairs of the fit."),
                 *[Mistake(answer=lambda p, second=second: lower(p, RATIOS[p.fit][[
                               p.state == pair[1] or not second and p.state in pair for pair in RATIOS.index]]),
                           feedback="These are the pairs of {state} alone. Compare with all pairs of the fit.")
                   for second in (True, False)],
                 Mistake(answer=lambda p: lower(p, 1 / RATIOS[p.fit], ratios(p)[p.fit]),
                         feedback="For the other pairs the fraction is upside down. Divide reported by expected."),
                 *[Mistake(answer=answer, feedback="This is the ratio of your pair. Compare the ratios of all pairs with it, and take "
                                                   "the mean, times 100.")
                   for answer in (lambda p: 100 * ratios(p)[p.fit], lambda p: ratios(p)[p.fit])],
                 Mistake(answer=lambda p: lower(p, than=RATIOS[p.fit].mean()),
                         feedback="You compared with the mean of all pairs. Compare with your own pair: ratios."),
             ],
             hints=["Keep the rows of one fit. Divide reported by expected for all of them. Compare with your pair.",
                    'every = one["reported_musd"] / one["expected_musd"], where one holds the rows of your '
                    'fit, me.fit.',
                    """Nearly all of it:
    one = fits[fits["fit"] == me.fit]
    every = one["reported_musd"] / one["expected_musd"]
    lower_pct = 100 * (every < ratios[...]).mean()"""]),
        two_part_claim("trade-a10", objective="trade-model", points=6, uses=["country", "state", "fit"], parts=parts,
                   follows=["trade-a8", "trade-a9"],
                   prompt="verdict on the claim about the trade of {country} and {state} in 2014",
                   look="First: are all three ratios below 1? Second: is lower_pct below 20?",
                   hint="First half: all three numbers of ratios must be below 1. Second half: compare lower_pct with "
                        "20, a fifth of a hundred.",
                   not_open="No evidence is missing: you have all fits and all pairs.",
                   not_outdated="The claim is about 2014, so nothing that came later can overtake it."),
        Written("trade-b1", objective="trade-growth", rubric=[
            (3, "What was counted. 3: turnover (both flows) of Pakistan and Moscow, with the unit of each number "
                "(dollars of the year, real dollars, or share of Pakistan’s trade) and the source or whose reports. "
                "2: unit or source is missing. 0: “trade” only."),
            (2, "Years. 2: every number has its first and last year. 1: one number lacks them. 0: more is missing, or "
                "there is no number."),
            (3, "Comparison. 3: two lines or two first years stand side by side, each with its own number, and the "
                "text says in what they differ. 2: a number or the difference is missing. 1: both are. 0: only one "
                "line and one first year."),
            (2, "Limits. 2: names one thing that the numbers can't show (prices of what was traded, Bangladesh to "
                "1971, the new reporter of 1991–95, goods), and claims no cause or motive. 1: only one of these two. "
                "0: neither."),
        ]),
        Written("trade-b2", objective="trade-system", rubric=[
            (2, "Verdict. 2: mixed. 1: another verdict to which the writer's own reason leads by the rules, such as "
                "contradicted, because machinery is not among the main goods. 0: a verdict without such a reason, or "
                "none. The lines below are marked alike for each verdict."),
            (2, "Rule. 2: says that the claim names several goods and that each is tested, and that one which fails or "
                "is not shown makes it mixed. 1: only one of these two. 0: neither."),
            (4, "Evidence. 4: two of the facts with date and publisher, what each of them shows, and that the lists "
                "are of different years and speakers, so they are not added or joined. 3: the last point is missing. "
                "2: two facts, but a date, a publisher or what one of them shows is missing. 1: one fact. 0: none."),
            (2, "Change of mind. 2: names evidence that could be found, and the verdict that would follow. 1: only one "
                "of these two, or only “more sources”. 0: nothing."),
        ]),
    ],
)
