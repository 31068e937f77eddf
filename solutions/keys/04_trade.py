"""The key of the Trade sheet: one state's books, a first year, a goal in its own share, and a pair of states."""
import numpy as np
import pandas as pd

from ruspak.data import table
from ruspak.sheets.halves import two_halves
from ruspak.sheets.items import Item, Mistake, Sheet, Written

FLOWS = table("mirror_trade").set_index(["seller", "year"])
TRADE = table("bilateral_trade").set_index("year")
PRICES = table("dollar_prices").set_index("year")
RATES = table("growth_base_rates")
SAID = table("trade_statements").set_index("id")
OTHER = {"PAK": "RUS", "RUS": "PAK"}
OWN = {"PAK": "TS16", "RUS": "TS10"}  # the last value for twelve months in the state's own system
BOUND = {"RUS": "TS18"}
PART = {"PAK": "TS15", "RUS": "TS20"}
FIRST_OWN = {"PAK": "TS02", "RUS": "TS01"}
STRANGE = {"PAK": "TS17", "RUS": "TS16"}
CONSUMER = "consumer_2014_100"
PLAIN = "output and distance"
EDGE = 0.5  # pairs of a hundred: closer to a quarter than this is no ground for a verdict


def ratio(p, seller=None):
    """The buyer's report divided by the seller's."""
    flow = FLOWS.loc[(seller or p.country, p.year)]
    return float(flow["buyer_says_musd"] / flow["seller_says_musd"])


def gap(p):
    """The buyer's report minus the seller's."""
    flow = FLOWS.loc[(p.country, p.year)]
    return float(flow["buyer_says_musd"] - flow["seller_says_musd"])


def balance(p, sold="seller_says_musd", bought="buyer_says_musd"):
    """What the student's state sold minus what it bought, each from the column named."""
    return float(FLOWS.loc[(p.country, p.year), sold] - FLOWS.loc[(OTHER[p.country], p.year), bought])


def real(prices=CONSUMER):
    """Turnover in dollars of 2014, by year."""
    return (100 * TRADE["turnover_musd"] / PRICES[prices]).dropna()


def lines(prices=CONSUMER, **changed):
    return TRADE[["turnover_musd", "share_pct"]].assign(real_musd=real(prices)).assign(**changed).dropna()


def times(p, of=None):
    """The three lines of the student's year divided by those of the first year."""
    of = lines() if of is None else of
    return of.loc[p.year] / of.loc[p.first]


def five_changes(p, line=None, years=5):
    """Change to the student's year, in percent, from the first year and the years after it."""
    line = real() if line is None else line
    return 100 * line[p.year] / line.loc[p.first:p.first + years - 1] - 100


def goal(p):
    return TRADE["share_pct"][p.first] * TRADE["pakistan_all_trade_musd"][2014] / 100


def needed(p, start=None, end=None):
    """Growth a year in percent, from the turnover of 2014 to the goal."""
    return 100 * ((end or goal(p)) / (start or TRADE["turnover_musd"][2014])) ** (1 / p.span) - 100


def in_all(p, start):
    """The whole growth in percent, not a year."""
    return 100 * goal(p) / start - 100


def compared(p, dollars="current", all_spans=False):
    rows = RATES[(RATES["first_year"] == 1992) & (RATES["dollars"] == dollars)]
    return rows if all_spans else rows[rows["span_years"] == p.span]


def reached(p, rows=None):
    rows = compared(p) if rows is None else rows
    return int((rows["growth_pct_a_year"] >= needed(p)).sum())


def said(p, of):
    """A stated turnover, from one of the lists by state above; None where the state has none of that kind."""
    return SAID["turnover_musd"][of[p.country]] if p.country in of else None


def from_said(p, of):
    start = said(p, of)
    return None if start is None else needed(p, start)


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
                "a number for each state": np.exp(own @ np.linalg.lstsq(own, np.log(money))[0]),
                "large trade weighs more": mean}
    index = pd.MultiIndex.from_frame(pairs[["state_a", "state_b"]])
    return pd.Series(money, index), pd.DataFrame(expected, index=index)


REPORTED, EXPECTED = fitted()
RATIOS = EXPECTED.rdiv(REPORTED, axis=0)


def ratios(p, of=RATIOS):
    return of.loc[(p.country, p.state)]


def row_numbers(p):
    """The rows of the pair in the sheet's table of fits, where all pairs of one fit stand before those of the next."""
    return list(range(REPORTED.index.get_loc((p.country, p.state)), RATIOS.size, len(RATIOS)))


def lower(p, values=RATIOS[PLAIN]):
    """Of a hundred pairs, how many have a lower value than the student's."""
    return 100 * (values < values[p.country, p.state]).mean()


def halves(p):
    """By how much each half of the claim holds, in clear steps: all ratios below 1, less than a quarter lower."""
    return 100 * (1 - ratios(p).max()) / EDGE, (25 - lower(p)) / EDGE


sheet = Sheet(
    id="trade", notebook="04_trade",
    space={
        "country": {"PAK": "Pakistan", "RUS": "Russia"},
        "year": [1996, 2000, 2004, 2008, 2012],
        "first": [1965, 1968, 1970, 1971, 1973, 1974, 1976, 1977, 1979, 1983],
        "span": {5: "five years", 10: "ten years"},
        "state": {"AFG": "Afghanistan", "ARE": "the United Arab Emirates", "BGD": "Bangladesh",
                  "GBR": "the United Kingdom", "IND": "India", "IRN": "Iran", "KAZ": "Kazakhstan",
                  "SAU": "Saudi Arabia", "TUR": "Türkiye", "USA": "the United States"},
    },
    default={"country": "RUS", "year": 2008, "first": 1974, "span": 10, "state": "IND"},
    says="the books of {country}, year {year}; first year {first}; a goal in {span}; the pair {country} and {state}.",
    items=[
        Item("trade-a1", objective="trade-mirror", points=4, kind="number", variable="ratio", uses=["country", "year"],
             tolerance=0.006,
             says="report of the buyer divided by the report of the seller, what {country} sold to the other in {year}",
             reference=ratio,
             mistakes=[
                 Mistake(answer=lambda p: ratio(p, seller=OTHER[p.country]),
                         feedback="This is the other flow. Take the row whose seller is me.country."),
                 Mistake(answer=lambda p: 1 / ratio(p),
                         feedback="The fraction is upside down. Divide the buyer’s report by the seller’s."),
                 Mistake(answer=gap,
                         feedback="This is the difference in million dollars. Divide the two reports."),
                 Mistake(answer=lambda p: 100 * ratio(p) - 100,
                         feedback="This is by how many percent the buyer’s report is larger. The item asks for the "
                                  "ratio: just divide."),
             ],
             hints=["Two conditions choose one row: year and seller. Each stands in round brackets, with & between "
                    "them.",
                    "Show the row first. Then divide its buyer_says_musd by its seller_says_musd; you may type the two "
                    "numbers.",
                    """Nearly all of it:
    flow = mirror[(mirror["year"] == me.year) & (mirror["seller"] == ...)]
    ratio = flow["buyer_says_musd"].item() / flow["seller_says_musd"].item()"""]),
        Item("trade-a2", objective="trade-mirror", points=8, kind="number", variable="balance",
             uses=["country", "year"], tolerance=0.04,
             says="what {country} sold to the other in {year} minus what it bought, both in its own books, in million "
                  "dollars",
             reference=balance,
             mistakes=[
                 Mistake(answer=lambda p: -balance(p), worth=0.5,
                         feedback="The size is right, the sign is not: what {country} sold comes first, then subtract "
                                  "what it bought."),
                 Mistake(answer=lambda p: balance(p, sold="buyer_says_musd"),
                         feedback="Both numbers are reports of buyers. But what {country} sold stands in its own books "
                                  "as the report of a seller."),
                 Mistake(answer=lambda p: balance(p, bought="seller_says_musd"),
                         feedback="Both numbers are reports of sellers. But what {country} bought stands in its own "
                                  "books as the report of a buyer."),
                 Mistake(answer=lambda p: balance(p, "buyer_says_musd", "seller_says_musd"),
                         feedback="These are the books of the other state. In its own books {country} is the one that "
                                  "reports."),
                 Mistake(answer=lambda p: -gap(p),
                         feedback="These are two reports of one flow. You need both flows: what {country} sold, and "
                                  "what it bought."),
                 Mistake(answer=lambda p: balance(p) + 2 * FLOWS.loc[(OTHER[p.country], p.year), "buyer_says_musd"],
                         feedback="You added the two flows: that is the turnover. A balance subtracts."),
             ],
             hints=["You need two rows of {year}. In one {country} is the seller, in the other it is the buyer.",
                    "What {country} sold, in its own books, is seller_says_musd of the first row. What it bought is "
                    "buyer_says_musd of the second row.",
                    """Nearly all of it:
    year = mirror[mirror["year"] == me.year]
    sold = year[year["seller"] == me.country]["seller_says_musd"].item()
    bought = year[year["buyer"] == me.country][...].item()
    balance = sold - bought"""]),
        Item("trade-a3", objective="trade-growth", points=8, kind="series", variable="times", uses=["first", "year"],
             relative=0.01,
             says="three lines (turnover_musd, real_musd, share_pct): value of {year} divided by value of {first}",
             reference=times,
             mistakes=[
                 Mistake(answer=lambda p: times(p, lines("output_2014_100")),
                         feedback="You used the prices of all output. Divide by consumer_2014_100."),
                 Mistake(answer=lambda p: times(p, lines(real_musd=TRADE["turnover_musd"] * PRICES[CONSUMER])),
                         feedback="You multiplied with the price level. To take prices out, divide by it."),
                 Mistake(answer=lambda p: 1 / times(p),
                         feedback="The fraction is upside down. Divide the later year by the first."),
                 Mistake(answer=lambda p: 100 * times(p) - 100,
                         feedback="These are changes in percent. The item asks how many times as much: just divide."),
                 Mistake(answer=lambda p: times(p)[["turnover_musd", "share_pct"]], worth=0.25,
                         feedback="The real line is missing. Add the column real_musd to lines first."),
             ],
             hints=["First add the real line: a hundred times the turnover, divided by the price level of its year.",
                    'lines["real_musd"] = 100 * lines["turnover_musd"] / prices["consumer_2014_100"]',
                    """Nearly all of it:
    lines["real_musd"] = 100 * lines["turnover_musd"] / prices["consumer_2014_100"]
    times = lines.loc[me.year] / lines.loc[...]"""]),
        Item("trade-a4", objective="trade-growth", points=10, kind="series", variable="changes",
             uses=["first", "year"], tolerance=0.6,
             says="change of real turnover to {year}, in percent, from {first} and from each of the next four years",
             reference=five_changes,
             alternatives=[lambda p: five_changes(p, real().round(0))],
             mistakes=[
                 Mistake(answer=lambda p: five_changes(p, TRADE["turnover_musd"]),
                         feedback="These are dollars of the year. Take the column real_musd."),
                 Mistake(answer=lambda p: five_changes(p, TRADE["share_pct"]),
                         feedback="This is the share. Take the column real_musd."),
                 Mistake(answer=lambda p: five_changes(p, real("output_2014_100")),
                         feedback="You used the prices of all output. Divide by consumer_2014_100."),
                 Mistake(answer=lambda p: five_changes(p, years=6),
                         feedback="These are six first years. loc keeps both ends: stop at me.first + 4."),
                 Mistake(answer=lambda p: five_changes(p) + 100,
                         feedback="This is {year} in percent of each first year. The change is that minus 100."),
                 Mistake(answer=lambda p: 100 / (five_changes(p) + 100) * 100 - 100,
                         feedback="You measured backwards. Divide {year} by each first year."),
             ],
             hints=["Keep the real turnover of five years. Then one number, that of {year}, may be divided by all five "
                    "at once.",
                    'The five years are lines["real_musd"].loc[me.first:me.first + 4]; both ends are kept.',
                    """Nearly all of it:
    five = lines["real_musd"].loc[me.first:me.first + 4]
    changes = 100 * lines["real_musd"][...] / five - 100"""]),
        Item("trade-a5", objective="trade-target", points=10, kind="number", variable="needed", uses=["first", "span"],
             tolerance=0.06,
             says="growth a year from the turnover of 2014 to the goal (the share of {first}) in {span}, in percent",
             reference=needed,
             mistakes=[
                 Mistake(answer=lambda p: in_all(p, TRADE["turnover_musd"][2014]),
                         feedback="This is the whole growth in {span}. Take the root: ** (1 / me.span)."),
                 Mistake(answer=lambda p: in_all(p, TRADE["turnover_musd"][2014]) / p.span,
                         feedback="You divided the whole growth by the years. But growth grows on growth: take the "
                                  "root, ** (1 / me.span)."),
                 Mistake(answer=goal, worth=0.25,
                         feedback="This is the goal, in million dollars. Now ask what growth a year leads there from "
                                  "the turnover of 2014."),
                 Mistake(answer=lambda p: needed(p, end=100 * goal(p)),
                         feedback="Your goal is a hundred times too large. The share is in percent, so divide by 100."),
                 Mistake(answer=lambda p: (in_all(p, TRADE["turnover_musd"][2014]) + 100) / p.span - 100,
                         feedback="Python worked out ** 1 first, then the division. Put brackets around 1 / me.span."),
                 Mistake(answer=lambda p: needed(p, end=TRADE["turnover_musd"][p.first]),
                         feedback="Your goal is the turnover of {first}. Take the share of {first}, and all trade of "
                                  "2014."),
                 Mistake(answer=lambda p: needed(p, start=TRADE["turnover_musd"][p.first]),
                         feedback="You start from the turnover of {first}. Start from the turnover of 2014."),
                 Mistake(answer=lambda p: needed(p) + 100,
                         feedback="Each year is that much in percent of the year before. The growth is that minus "
                                  "100."),
             ],
             hints=["First the goal: the share of {first}, times all trade of Pakistan in 2014, divided by 100.",
                    'goal = trade["share_pct"][me.first] * trade["pakistan_all_trade_musd"][2014] / 100. '
                    "The rule for the growth a year stands in the list of moves.",
                    """Nearly all of it:
    goal = trade["share_pct"][me.first] * trade["pakistan_all_trade_musd"][2014] / 100
    needed = 100 * (goal / trade["turnover_musd"][2014]) ** (...) - 100"""]),
        Item("trade-a6", objective="trade-target", points=8, kind="integer", variable="reached", uses=["first", "span"],
             says="rows of the comparison 1992–2014 (dollars of the year, {span}) that grew at least as fast as needed",
             reference=reached,
             mistakes=[
                 Mistake(answer=lambda p: len(compared(p)) - reached(p),
                         feedback="These are the rows that grew more slowly. Compare with >=."),
                 Mistake(answer=lambda p: reached(p, compared(p, "2014")),
                         feedback='Here prices are taken out. Keep the rows whose dollars are "current".'),
                 Mistake(answer=lambda p: reached(p, compared(p, all_spans=True)),
                         feedback="Several lengths of time are mixed. Keep the rows whose span_years is me.span."),
                 Mistake(answer=lambda p: len(compared(p)),
                         feedback="These are all rows of the comparison. Count only those that grew fast enough."),
             ],
             hints=["Three conditions keep the rows: first_year, dollars and span_years. Then compare a column with "
                    "needed.",
                    'The comparison past["growth_pct_a_year"] >= needed gives True or False for each row. '
                    ".sum() counts the True.",
                    """Nearly all of it:
    past = rates[(rates["first_year"] == 1992) & (rates["dollars"] == "current") & (...)]
    reached = (past["growth_pct_a_year"] >= needed).sum()"""]),
        Item("trade-a7", objective="trade-system", points=10, kind="number", variable="needed_said",
             uses=["country", "first", "span"], tolerance=0.06,
             says="growth a year to the same goal in {span}, from the last value for twelve months in the statistics "
                  "of {country}, in percent",
             reference=lambda p: from_said(p, OWN),
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
                 Mistake(answer=needed,
                         feedback="You start from the turnover of 2014 again. Start from the statement that you found "
                                  "in said."),
                 Mistake(answer=lambda p: in_all(p, said(p, OWN)),
                         feedback="This is the whole growth in {span}. Take the root: ** (1 / me.span)."),
             ],
             hints=["Three conditions keep the rows: system, months and value_type. Look at what is left, and take the "
                    "last row.",
                    'own = said[(said["system"] == book) & (said["months"] == 12) & (said["value_type"] == "value")]',
                    """Nearly all of it, with own, the rows of hint 2, and goal of trade-a5:
    start = ...  # type the turnover of the last row of own
    needed_said = 100 * (goal / start) ** (1 / me.span) - 100"""]),
        Item("trade-a8", objective="trade-model", points=8, kind="series", variable="ratios", uses=["country", "state"],
             relative=0.01,
             says="reported trade of {country} and {state} divided by expected trade, for each of the three fits",
             reference=ratios,
             mistakes=[
                 Mistake(answer=lambda p: ratios(p).set_axis(row_numbers(p)), worth=0.5,
                         feedback="The numbers are right, but the fits are not in the index. Put them there with "
                                  'set_index("fit").'),
                 Mistake(answer=lambda p: 1 / ratios(p),
                         feedback="The fraction is upside down. Divide reported by expected."),
                 Mistake(answer=lambda p: REPORTED[p.country, p.state] - ratios(p, EXPECTED),
                         feedback="These are differences in million dollars. Divide reported by expected."),
                 Mistake(answer=lambda p: RATIOS.loc[("PAK", "RUS")],
                         feedback="This is the pair of the notebook. Keep the rows of me.country and me.state."),
                 Mistake(answer=lambda p: ratios(p, EXPECTED),
                         feedback="This is what the fits expect. Divide the reported trade by it."),
             ],
             hints=["Two conditions keep the three rows of your pair: state_a and state_b. Then put fit into the "
                    "index.",
                    'mine = fits[(fits["state_a"] == me.country) & (fits["state_b"] == me.state)].set_index("fit")',
                    """Nearly all of it, with mine, the rows of hint 2:
    ratios = mine["reported_musd"] / mine[...]"""]),
        Item("trade-a9", objective="trade-model", points=8, kind="number", variable="lower_pct",
             uses=["country", "state"], tolerance=0.1,
             says="percentage of all pairs that lie lower than {country} and {state} in the fit of output and distance",
             reference=lower,
             mistakes=[
                 Mistake(answer=lambda p: 100 - lower(p) - 100 / len(RATIOS),
                         feedback="These are the pairs that lie higher. Compare with <."),
                 Mistake(answer=lambda p: lower(p) + 100 / len(RATIOS), worth=0.5,
                         feedback="Your own pair is counted among the lower ones. Compare with <, and with your ratio "
                                  "as it is, not rounded."),
                 Mistake(answer=lambda p: lower(p) * len(RATIOS) / 100,
                         feedback="This is the number of pairs. Their share is the mean, times 100."),
                 Mistake(answer=lambda p: lower(p, REPORTED),
                         feedback="You compared the dollars. Compare reported divided by expected."),
                 Mistake(answer=lambda p: 100 * (RATIOS[PLAIN] < 1).mean(),
                         feedback="This is the share of pairs below 1. Compare with your own pair: ratios."),
                 Mistake(answer=lambda p: 100 * (ratios(p)[PLAIN] > RATIOS).to_numpy().mean(),
                         feedback='The three fits are mixed. Keep the rows whose fit is "output and distance".'),
             ],
             hints=["Keep the rows of one fit. Divide reported by expected for all of them. Compare with your pair.",
                    'every = one["reported_musd"] / one["expected_musd"], where one holds the rows of the fit '
                    '"output and distance".',
                    """Nearly all of it:
    one = fits[fits["fit"] == "output and distance"]
    every = one["reported_musd"] / one["expected_musd"]
    lower_pct = 100 * (every < ratios[...]).mean()"""]),
        two_halves("trade-a10", objective="trade-model", points=6, uses=["country", "state"], halves=halves,
                   says="verdict on the claim about the trade of {country} and {state} in 2014",
                   look="First: are all three ratios below 1? Second: is lower_pct below 25?",
                   hint="First half: all three numbers of ratios must be below 1. Second half: compare lower_pct with "
                        "25.",
                   not_open="No evidence is missing: you have all fits and all pairs.",
                   not_outdated="The claim is about 2014, so nothing that came later can overtake it."),
        Written("trade-b1", objective="trade-growth", rubric=[
            (3, "What was counted. 3: turnover (both flows) of Pakistan and Moscow, with the unit of each number "
                "(dollars of the year, real dollars, or share of Pakistan’s trade) and the source or whose reports. "
                "2: unit or source is missing. 0: “trade” only."),
            (2, "Years. 2: every number has its first and last year. 1: one number lacks them. 0: more is missing, or "
                "there is no number."),
            (3, "Comparison. 3: two lines or two first years stand side by side, each with its own number, and the "
                "text says in what they differ. 2: a number or the difference is missing. 0: only one line and one "
                "first year."),
            (2, "Limits. 2: names one thing that the numbers can't show (goods, prices of what was traded, Bangladesh "
                "to 1971, the new reporter of 1991–95), and claims no cause or motive. 1: only one of these two. "
                "0: neither."),
        ]),
        Written("trade-b2", objective="trade-system", rubric=[
            (2, "Verdict. 2: mixed. 1: contradicted, with the reason that machinery is not among the main goods. "
                "0: another verdict, or none."),
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
