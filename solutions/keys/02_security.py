"""The key of the Security sheet: a buyer and a supplier of arms, two kinds of arms, two windows, and who is counted."""
from statistics import median
from types import SimpleNamespace

from ruspak.data import table
from ruspak.sheets.items import Item, Mistake, Sheet, Written
from ruspak.sheets.two_part import two_part_claim

IMPORTS, DELIVERIES = table("arms_imports"), table("arms_from_moscow")
REGULAR = IMPORTS[IMPORTS["window_kind"] == "regular"]
ROW = REGULAR.set_index(["buyer", "supplier", "window_start"])
TIV, SHARE = ROW["tiv_million"].to_dict(), ROW["share_pct"].to_dict()
NAME = REGULAR.set_index("supplier")["supplier_name"].to_dict()
EDITION = REGULAR.set_index("window_start")["edition"].to_dict()
SOLD = table("russian_arms_exports").pivot_table(index="window_start", columns="buyer", values="tiv_million")
TO_PAKISTAN = IMPORTS[IMPORTS["buyer"] == "PAK"].groupby("window_start")["tiv_million"].sum()
TO_INDIA = IMPORTS[IMPORTS["buyer"] == "IND"].groupby("window_start")["tiv_million"].sum()
TO_BOTH = IMPORTS.groupby("window_start")["tiv_million"].sum()
AFGHANS = table("afghan_refugees").set_index(["country", "year"]).fillna(0).astype(int)
GROUPS = ["refugees", "asylum_seekers", "others_of_concern", "others_in_need"]
LATEST = 2025  # the last year of the table of Afghans
ASIDE = {"PAK": "IND", "IND": "PAK"}
BESIDE = {"IND": "CHN", "CHN": "IND", "OTH": "IND"}  # the large buyer with whom the sheet compares
PRINTED = {(2010, 2015), (2010, 2020), (2011, 2016), (2013, 2018)}  # of India: the notebook has the answers
FALL = 250  # million TIV: less is no fall to ask about
FEW = 0.01  # part of all Afghans: with fewer of the other groups, it hardly matters by what one divides
CLEAR = 2.0  # percent: a smaller difference is no ground for a verdict


def first_share(p, of=SHARE, buyer=None, supplier=None, start=None):
    """A value of the window; None where the table has no such row, or rounds the share to nothing."""
    return of.get((buyer or p.buyer, supplier or p.supplier, start or p.start)) or None


def of_all_windows(p, how):
    """The first, last, mean or sum of the pair's shares; None where it is the one of the student's window."""
    rows = REGULAR[(REGULAR["buyer"] == p.buyer) & (REGULAR["supplier"] == p.supplier)]
    edge = {"first": 0, "last": -1}.get(how)
    if edge is None:
        return rows["share_pct"].agg(how) if len(rows) > 1 else None
    return None if rows["window_start"].iloc[edge] == p.start else float(rows["share_pct"].iloc[edge])


def windows(p, years=None):
    """The windows that begin in the student's years."""
    return [start for start in EDITION if p.start <= start < p.start + (years or p.years)]


def all_of(buyer, starts, suppliers=NAME):
    return sum(TIV.get((buyer, supplier, start), 0) for supplier in suppliers for start in starts)


def total(p, years=None):
    """All imports of the student's years; None where they are of two editions, or too few are known."""
    starts = windows(p)
    if len(starts) < p.years / 5 or len({EDITION[start] for start in starts}) > 1:
        return None
    return all_of(p.buyer, windows(p, years))


def of_windows(p, keep):
    """All imports of the windows that are kept; None where these are the student's own, or none."""
    starts = [start for start in EDITION if keep(p, start)]
    return None if starts == windows(p) else all_of(p.buyer, starts) or None


def largest_row(p):
    return max(TIV.get((p.buyer, supplier, start), 0) for supplier in NAME for start in windows(p))


def total_with_extra(p):
    """With the extra windows left in; None where there are none."""
    rows = IMPORTS[(IMPORTS["buyer"] == p.buyer) & IMPORTS["window_start"].between(p.start, p.start + p.years - 1)]
    return None if (rows["window_kind"] == "regular").all() else rows["tiv_million"].sum()


def only(p, years):
    """A number of years that is not the student's, or None."""
    return None if years == p.years else years


def too_many(p):
    """The student's years and five more; None where no window follows."""
    return p.years + 5 if p.start + p.years in EDITION else None


def share(p, whole=None, supplier=None, years=None, buyer=None):
    """None where the supplier delivered nothing in the student's years."""
    if not (whole or total(p)) or not all_of(p.buyer, windows(p), [p.supplier]):
        return None
    starts, buyer = windows(p, years), buyer or p.buyer
    return 100 * all_of(buyer, starts, [supplier or p.supplier]) / (whole or all_of(buyer, starts))


def shares(p):
    """The shares of the single windows in which the supplier delivered; None where it is only one."""
    found = [SHARE[p.buyer, p.supplier, start] for start in windows(p) if (p.buyer, p.supplier, start) in SHARE]
    return found if len(found) > 1 else None


def all_time(p, whole):
    return 100 * all_of(p.buyer, EDITION, [p.supplier]) / whole


def row_share(p, how):
    """Mean or count of the supplier's rows in percent of that of all rows."""
    rows = wrong_rows(p, "")["supplier"].eq(p.supplier), wrong_rows(p, "")["tiv_million"]
    return 100 * rows[1][rows[0]].agg(how) / rows[1].agg(how)


def mean_share(p):
    return shares(p) and sum(shares(p)) / len(shares(p))


def sum_of_shares(p):
    return shares(p) and sum(shares(p))


def by_supplier(p, whole=None, years=None, names=NAME, value=None):
    """A value for each supplier of the student's years, by default its share."""
    if not total(p):
        return None
    starts = windows(p, years)
    whole = whole or all_of(p.buyer, starts)
    value = value or (lambda supplier: 100 * all_of(p.buyer, starts, [supplier]) / whole)
    return {names[supplier]: value(supplier) for supplier in names
            if any((p.buyer, supplier, start) in TIV for start in starts)}


def wrong_rows(p, mistake):
    """The rows that a known mistake of security-a2 leaves, by its name."""
    known = IMPORTS if mistake == "extra" else REGULAR
    buyers = {"both buyers": ["PAK", "IND"], "other buyer": [ASIDE[p.buyer]]}.get(mistake, [p.buyer])
    years = {"five": 5, "ten": 10, "too many": p.years + 5}.get(mistake, p.years)
    own = known["window_start"].between(p.start, p.start + years - 1) | (mistake == "all windows")
    return known[known["buyer"].isin(buyers) & own]


def in_mine(p):
    """The right rows, by supplier."""
    return wrong_rows(p, "").groupby("supplier_name")


def shares_in(rows):
    sums = rows.groupby("supplier_name")["tiv_million"].sum()
    return 100 * sums / sums.sum()


WRONG_ROWS = ("extra", "five", "ten", "too many", "all windows", "both buyers", "other buyer")


def mean_of(p, supplier):
    found = [SHARE[p.buyer, supplier, start] for start in windows(p) if (p.buyer, supplier, start) in SHARE]
    return sum(found) / len(found)


def first_part(p, years):
    """The first windows of the right answer; None where these are all."""
    found = {start: share for start, share in by_window(p).items() if start < p.since + years}
    return found if len(found) < len(by_window(p)) else None


def by_window(p, of=SHARE, supplier=None, own=True, keep=lambda p, start: start >= p.since and EDITION[start] == EDITION[p.since]):
    """A value of each window, from the student's first on and in its edition; None where it is not in two windows."""
    found = {start: of[p.buyer, supplier or p.supplier, start] for start in EDITION
             if keep(p, start) and (p.buyer, supplier or p.supplier, start) in of}
    asked = (p.buyer, p.supplier, p.since) in SHARE and len([start for start in found if start >= p.since]) > 1
    return found if found and (asked or supplier or not own) else None


def with_extra(p, both=False):
    rows = IMPORTS[(IMPORTS["buyer"] == p.buyer) & (IMPORTS["supplier"] == p.supplier)
                   & (IMPORTS["window_start"] >= p.since) & (both | (IMPORTS["edition"] == EDITION[p.since]))]
    extra = (rows["window_kind"] != "regular").any()
    return rows.set_index("window_start")["share_pct"] if extra else None


def row_numbers(p):
    """The shares by the numbers of their rows, as they are without set_index."""
    rows = REGULAR[(REGULAR["buyer"] == p.buyer) & (REGULAR["supplier"] == p.supplier)]
    return rows[rows["window_start"].isin(by_window(p))]["share_pct"]


def pieces(rows=DELIVERIES):
    return rows.groupby("item")[["tiv_million", "number"]].sum()


def each(kind, rows=DELIVERIES):
    """Million TIV for one piece of a kind."""
    of_kind = pieces(rows).loc[kind]
    return of_kind["tiv_million"] / of_kind["number"]


def times(p, rows=DELIVERIES):
    return None if p.kind == p.beside else each(p.kind, rows) / each(p.beside, rows)


def in_column(p, column):
    return pieces().loc[p.kind, column] / pieces().loc[p.beside, column]


def mean_of_rows(p):
    """With the mean of what single rows give for one piece; None where all rows of a kind give the same."""
    rows = DELIVERIES.assign(each=DELIVERIES["tiv_million"] / DELIVERIES["number"]).groupby("item")["each"].mean()
    return rows[p.kind] / rows[p.beside] if "transport helicopters" in (p.kind, p.beside) else None


def row_by_row(p, how):
    """TIV by TIV of rows; None where each kind has one row."""
    rows = DELIVERIES.groupby("item")["tiv_million"]
    alone = rows.count()
    return None if alone[p.kind] == alone[p.beside] == 1 else rows.agg(how)[p.kind] / rows.agg(how)[p.beside]


def russian_only(p):
    """Without the Soviet rows; None where that changes nothing or leaves none."""
    rows = DELIVERIES[DELIVERIES["seller"] == "Russia"]
    known = {p.kind, p.beside} <= set(rows["item"]) and "transport helicopters" in (p.kind, p.beside)
    return times(p, rows) if known else None


def fall(p, less=None):
    return SOLD[less or p.less][p.first] - SOLD[less or p.less][p.last]


def more(p, buyer=None, by=None):
    """How much more the buyer took from Russia, in percent of what the other one took less; None where it took no
    less, where the windows overlap, and where the notebook has the answer."""
    if p.last < p.first + 5 or fall(p) < FALL or p.less == "IND" and (p.first, p.last) in PRINTED:
        return None
    buyer = buyer or BESIDE[p.less]
    return 100 * (SOLD[buyer][p.last] - SOLD[buyer][p.first]) / (by or fall(p))


def at_most(p, filled=None, without=None, imports_of=None):
    """All imports of Pakistan minus what it bought from Russia before, in percent of what the other one took less."""
    if more(p) is None or (imports_of or p.last) not in TO_PAKISTAN:
        return None
    by = fall(p) if filled is None else fall(p) * more(p) / filled
    without = SOLD["PAK"][p.first] if without is None else without
    return 100 * (TO_PAKISTAN[imports_of or p.last] - without) / by


def of_india(p):
    """In percent of India's change; None for India, and where that is next to nothing."""
    return None if p.less == "IND" or abs(fall(p, "IND")) < FALL else at_most(p) * fall(p) / fall(p, "IND")


def afghans(p, groups=GROUPS, year=None, host=None):
    return AFGHANS.loc[(host or p.host, year or p.year), groups].sum()


def change(p, groups=GROUPS, year=None, last=LATEST, host=None):
    """Change of these groups from the student's year to the last one, in percent."""
    return 100 * afghans(p, groups, last, host) / afghans(p, groups, year, host) - 100


def wider(p, groups=GROUPS, last=LATEST, host=None):
    """How many points more all groups changed than the refugees alone."""
    return change(p, groups, last=last, host=host) - change(p, ["refugees"], last=last, host=host)


def backwards(p):
    """Both changes divided by the last year."""
    first, last = ({name: afghans(p, groups, year) for name, groups in (("all", GROUPS), ("own", ["refugees"]))}
                   for year in (p.year, LATEST))
    return 100 * (last["all"] - first["all"]) / last["all"] - 100 * (last["own"] - first["own"]) / last["own"]


def parts(p, filled=None, most=None):
    """By how much each half of the claim holds, in the part of the fall that is clear."""
    if at_most(p) is None:
        return 0, 0
    filled, most = more(p) if filled is None else filled, at_most(p) if most is None else most
    return filled / CLEAR, (most - 100) / CLEAR or 1e-9  # what is just 100 reaches it


def span(first, years):
    """The years in words, such as 1985–89."""
    return f"{first}–{(first + years - 1) % 100:02d}"


KINDS = {"RD-93 fighter engines": "RD-93 engines", "transport helicopters": "transport helicopters",
         "Kornet anti-tank missiles": "Kornet missiles", "Mi-35M combat helicopters": "Mi-35M helicopters",
         "tanks": "tanks", "towed guns": "towed guns", "radars": "radars"}
OTHER_BUYER = "This is the other buyer. Keep the rows whose buyer is me.buyer."
BOTH_BUYERS = "These are both buyers. Keep the rows whose buyer is me.buyer."
ALL_IMPORTS = ("This is in million TIV. From all imports of {last}, subtract what Pakistan took from Russia in {first}, then "
               "divide by fall, times 100.")
OF_WINDOWS = ("This is a share of the table, or a mean of such shares. But the windows are not equally large. Add up the "
              "volumes of all your windows, then divide.")
FOUR_GROUPS = "Not all groups are added up. There are four: others_in_need is one of them, and in 2025 it is not empty."
COMPARED = ("You compared the groups with each other, in one year or two. Work out how much each changed from {year} to 2025, "
            "then subtract.")
ONE_SUPPLIER = "This is the volume of one supplier only. The question asks for all suppliers together."
NOT_THOSE_YEARS = ("These are not your {years} years. Keep the windows that begin from me.start to me.start + me.years - 1, "
                   "both ends included.")
NOT_MY_SUPPLIER = "Keep the rows whose supplier is me.supplier."

sheet = Sheet(
    id="security", notebook="02_security",
    space={
        "buyer": {"PAK": "Pakistan", "IND": "India"},
        "supplier": {"RUS": "Moscow", "USA": "the United States", "FRA": "France", "CHN": "China"},
        "start": [start for start in EDITION if start not in (1990, 2020)],
        "years": {10: "ten", 15: "fifteen", 20: "twenty"},
        "since": [start for start in EDITION if EDITION[start] == "2022" and start != 1990],
        "kind": KINDS, "beside": KINDS,
        "less": {"IND": "India", "CHN": "China", "OTH": "all other buyers together"},
        "first": {year: span(year, 5) for year in (1995, 2000, 2005, 2010, 2011, 2013, 2015)},
        "last": {year: span(year, 5) for year in (2005, 2010, 2011, 2015, 2016, 2018, 2020)},
        "host": {"PAK": "Pakistan", "IRN": "Iran"},
        "year": [year for year in range(2003, LATEST) if year != 2016],
    },
    default={"buyer": "IND", "supplier": "FRA", "start": 2010, "years": 10, "since": 1970, "kind": "Mi-35M combat helicopters",
             "beside": "RD-93 fighter engines", "less": "IND", "first": 2011, "last": 2018, "host": "IRN", "year": 2020},
    prompt="imports of {buyer} from {supplier}, {years} years from {start} on, and the path from {since} on; {kind} beside {beside}; Russian deliveries "
         "in {first} and {last}, of which {less} took less; Afghans in {host} since {year}.",
    items=[
        Item("security-a1", objective="security-window", points=4, kind="number", variable="first_share",
             uses=["buyer", "supplier", "start"], tolerance=0.06,
             prompt="share of {supplier} in the arms imports of {buyer}, window that begins in {start}, in percent",
             reference=first_share,
             mistakes=[
                 Mistake(answer=lambda p: first_share(p, supplier="RUS") if p.supplier != "RUS" else None,
                         feedback="This is the share of Moscow. " + NOT_MY_SUPPLIER),
                 Mistake(answer=lambda p: first_share(p, supplier="OTH"),
                         feedback="This is the share of all others. " + NOT_MY_SUPPLIER),
                 Mistake(answer=lambda p: first_share(p, TIV),
                         feedback="This is the volume in million TIV. Take the column share_pct."),
                 Mistake(answer=lambda p: first_share(p, start=p.start + 5),
                         feedback="This is the next window. Yours begins in {start}: me.start."),
                 Mistake(answer=lambda p: first_share(p, start=p.start - 5),
                         feedback="This is the window before. Yours begins in {start}: me.start."),
                 Mistake(answer=lambda p: first_share(p, buyer=ASIDE[p.buyer]), feedback=OTHER_BUYER),
                 *[Mistake(answer=lambda p, how=how: of_all_windows(p, how),
                           feedback="This is the first, the last, the mean or the sum of all windows. Take the one that begins "
                                    "in {start}.") for how in ("first", "last", "mean", "sum")],
             ],
             hints=["Two conditions choose the rows: buyer and supplier. Each stands in round brackets, with & between "
                    "them.",
                    'Then .set_index("window_start")["share_pct"] gives one value a window. Take yours with '
                    "[me.start].",
                    """Nearly all of it:
    pair = regular[(regular["buyer"] == me.buyer) & (...)]
    first_share = pair.set_index("window_start")["share_pct"][me.start]"""]),
        Item("security-a2", objective="security-window", points=6, kind="integer", variable="all_tiv",
             uses=["buyer", "start", "years"],
             prompt="arms imports of {buyer} in {years} years from {start} on, from all suppliers together, in million TIV",
             reference=total,
             mistakes=[
                 Mistake(name="extra", answer=total_with_extra,
                         feedback="Some years are counted twice: the extra windows are still in. Begin with regular."),
                 Mistake(name="five", answer=lambda p: total(p, 5),
                         feedback="These are the first five years. Keep all windows that begin in your {years} years."),
                 Mistake(name="ten", answer=lambda p: only(p, 10) and total(p, 10),
                         feedback="These are ten years. You have {years}: me.years."),
                 Mistake(name="too many", answer=lambda p: too_many(p) and total(p, too_many(p)),
                         feedback="This is a window too many: between keeps both ends. The last one begins before "
                                  "me.start + me.years."),
                 Mistake(name="all windows", answer=lambda p: all_of(p.buyer, EDITION),
                         feedback="These are all windows of {buyer}. Keep those that begin in your {years} years."),
                 Mistake(answer=lambda p: all_of(p.buyer, windows(p), set(NAME) - {"OTH"}),
                         feedback="The row of all others is left out. The question asks for all suppliers together."),
                 Mistake(name="both buyers", answer=lambda p: all_of("PAK", windows(p)) + all_of("IND", windows(p)),
                         feedback=BOTH_BUYERS),
                 Mistake(name="other buyer", answer=lambda p: all_of(ASIDE[p.buyer], windows(p)),
                         feedback=OTHER_BUYER),
                 Mistake(answer=lambda p: sum((p.buyer, supplier, start) in TIV for supplier in NAME
                                              for start in windows(p)),
                         feedback="This is the number of rows. Add up their volume: .sum(), not len(...)."),
                 *[Mistake(answer=lambda p, one=one: all_of(p.buyer, windows(p), [one]) or None, feedback=ONE_SUPPLIER)
                   for one in ("RUS", "USA", "FRA", "CHN", "ISR", "OTH")],
                 Mistake(answer=lambda p: largest_row(p) if total(p) else None, feedback=ONE_SUPPLIER),
                 *[Mistake(answer=lambda p, keep=keep: of_windows(p, keep), feedback=NOT_THOSE_YEARS) for keep in (
                     lambda p, start: start >= p.start,
                     lambda p, start: start in (p.start, p.start + p.years),
                     lambda p, start: p.start < start <= p.start + p.years,
                     lambda p, start: p.start < start < p.start + p.years,
                     lambda p, start: p.start + 5 <= start < p.start + p.years + 5)],
                 Mistake(answer=lambda p: int(IMPORTS[IMPORTS["buyer"] == p.buyer]["tiv_million"].sum()),
                         feedback="These are all rows of {buyer}. Keep the regular windows that begin in your {years} years."),
             ],
             hints=["Keep your buyer, and the windows that begin in your {years} years. Then add up the column "
                    "tiv_million.",
                    'The windows: regular["window_start"].between(me.start, me.start + me.years - 1). Put each '
                    "condition into round brackets.",
                    """Nearly all of it:
    mine = regular[(regular["buyer"] == me.buyer) & regular["window_start"].between(me.start, ...)]
    all_tiv = mine["tiv_million"].sum()"""]),
        Item("security-a3", objective="security-window", points=8, kind="number", variable="long_share",
             uses=["buyer", "supplier", "start", "years"], tolerance=0.06, follows=["security-a2"],
             prompt="share of {supplier} in all arms imports of {buyer} in {years} years from {start} on, in percent",
             reference=share,
             carried={name: lambda p, name=name: shares_in(wrong_rows(p, name)).get(NAME[p.supplier])
                      for name in WRONG_ROWS},
             mistakes=[
                 Mistake(answer=mean_share, feedback=OF_WINDOWS),
                 Mistake(answer=sum_of_shares,
                         feedback="This is the sum of the shares, each a part of another whole. Add up the volumes, then "
                                  "divide by all_tiv."),
                 Mistake(answer=first_share, feedback=OF_WINDOWS),
                 Mistake(answer=lambda p: only(p, 10) and share(p, years=10),
                         feedback="These are ten years. You have {years}: me.years."),
                 Mistake(answer=lambda p: too_many(p) and share(p, years=too_many(p)),
                         feedback="This is a window too many: between keeps both ends. The last one begins before "
                                  "me.start + me.years."),
                 Mistake(answer=lambda p: all_of(p.buyer, windows(p), [p.supplier]),
                         feedback="This is the volume of {supplier}. Divide it by all_tiv, times 100."),
                 Mistake(answer=lambda p: share(p, supplier="RUS") if p.supplier != "RUS" else None,
                         feedback="This is the share of Moscow. " + NOT_MY_SUPPLIER),
                 Mistake(answer=lambda p: share(p, buyer=ASIDE[p.buyer]),
                         feedback=OTHER_BUYER),
                 Mistake(answer=lambda p: share(p, all_of(p.buyer, windows(p), set(NAME) - {"OTH"})),
                         feedback="You divided without the row of all others. Divide by all suppliers together."),
                 Mistake(answer=lambda p: share(p) and 1e4 / share(p),
                         feedback="The fraction is upside down. Divide the volume of {supplier} by all_tiv."),
                 Mistake(answer=lambda p: share(p) and 100 - share(p),
                         feedback="This is the share of all other suppliers. Take the rows of {supplier}."),
                 Mistake(answer=lambda p: share(p) and 100 * share(p) / (100 - share(p)),
                         feedback="You divided by the other suppliers alone. Divide by all of them, yours included."),
                 Mistake(answer=lambda p: share(p) and share(p, all_of("PAK", windows(p)) + all_of("IND", windows(p))),
                         feedback="You divided by the imports of both buyers. Divide by those of {buyer}: all_tiv."),
                 Mistake(answer=lambda p: share(p) and all_time(p, total(p)),
                         feedback="You took the volume of {supplier} in all windows. Take your {years} years only."),
                 Mistake(answer=lambda p: share(p) and all_time(p, all_of(p.buyer, EDITION)),
                         feedback="These are all windows. Take the rows of security-a2."),
                 Mistake(answer=lambda p: share(p) and 100 * TIV.get((p.buyer, p.supplier, p.start), 0) / total(p) or None,
                         feedback="You took the volume of the first five years only. Take all your {years} years."),
                 Mistake(answer=lambda p: share(p) and row_share(p, "mean"),
                         feedback="You divided a mean by a mean. The rows are not equally many: divide sum by sum."),
                 Mistake(answer=lambda p: share(p) and row_share(p, "count"),
                         feedback="You counted rows. Add up their volume: .sum()."),
                 Mistake(answer=lambda p: share(p) and total_with_extra(p) and shares_in(wrong_rows(p, "extra"))[NAME[p.supplier]],
                         feedback="Some years are counted twice: the extra windows are still in. Begin with regular."),
                 *[Mistake(answer=lambda p, how=how: shares(p) and {"max": max, "median": median}[how](shares(p)),
                           feedback=OF_WINDOWS)
                   for how in ("max", "median")],
             ],
             methods=[lambda p: share(p, all_of(p.buyer, EDITION))],
             hints=["You need the volume of {supplier} in the {years} years, and all_tiv.",
                    "Do not average the shares. Divide the sum of the volumes by the sum of all volumes.",
                    """Nearly all of it, with mine, the rows of security-a2:
    from_supplier = mine[mine["supplier"] == ...]
    long_share = 100 * from_supplier["tiv_million"].sum() / all_tiv"""]),
        Item("security-a4", objective="security-window", points=10, kind="series", variable="by_supplier",
             uses=["buyer", "start", "years"], tolerance=0.06, follows=["security-a2"],
             prompt="share of each supplier in all arms imports of {buyer} in {years} years from {start} on, in percent",
             reference=by_supplier,
             carried={name: lambda p, name=name: shares_in(wrong_rows(p, name)) for name in WRONG_ROWS},
             mistakes=[
                 Mistake(answer=lambda p: {name: share for name, share in by_supplier(p).items()
                                           if name != "all others"}, worth=0.5,
                         feedback="The row of all others is missing. Without it the shares do not add up to 100."),
                 Mistake(answer=lambda p: by_supplier(p, names={supplier: supplier for supplier in NAME}), worth=0.5,
                         feedback="The shares are right, but the index has codes. Group by supplier_name."),
                 Mistake(answer=lambda p: by_supplier(p, years=5),
                         feedback="These are the first five years. Use the rows of security-a2."),
                 Mistake(answer=lambda p: only(p, 10) and by_supplier(p, years=10),
                         feedback="These are ten years. You have {years}: me.years."),
                 Mistake(answer=lambda p: too_many(p) and by_supplier(p, years=too_many(p)),
                         feedback="This is a window too many. Use the rows of security-a2."),
                 Mistake(answer=lambda p: by_supplier(p, value=lambda one: float(all_of(p.buyer, windows(p), [one]))),
                         feedback="These are volumes in million TIV. Divide by all_tiv, times 100."),
                 Mistake(answer=lambda p: by_supplier(p, value=lambda one: mean_of(p, one)),
                         feedback="These are means of shares. Add up tiv_million for each supplier, then divide by "
                                  "all_tiv."),
                 Mistake(answer=lambda p: by_supplier(p, all_of(p.buyer, windows(p)) * 100),
                         feedback="These are parts of one. Multiply by 100."),
                 *[Mistake(answer=lambda p, how=how: total(p) and in_mine(p)["share_pct"].agg(how),
                           feedback="You worked with the shares of the table. Add up tiv_million for each supplier, then "
                                    "divide by all_tiv.") for how in ("sum", "max")],
                 Mistake(answer=lambda p: total(p) and shares_in(wrong_rows(p, "").query("supplier != 'OTH'")),
                         feedback="The row of all others is missing, in the whole, too. Keep it: use the rows of "
                                  "security-a2."),
                 *[Mistake(answer=lambda p, name=name: total(p) and shares_in(wrong_rows(p, name)), feedback=told)
                   for name, told in (("other buyer", OTHER_BUYER), ("both buyers", BOTH_BUYERS),
                                      ("all windows", "These are all windows. Use the rows of security-a2."))],
                 Mistake(answer=lambda p: total_with_extra(p) and total(p) and shares_in(wrong_rows(p, "extra")),
                         feedback="Some years are counted twice: the extra windows are still in. Begin with regular."),
                 *[Mistake(answer=lambda p, by=by: total(p) and 100 * in_mine(p)["tiv_million"].mean() / by(p),
                           feedback="You took means of rows. Take sums: .sum().")
                   for by in (total, lambda p: wrong_rows(p, "")["tiv_million"].mean())],
                 Mistake(answer=lambda p: total(p) and 1.0 * in_mine(p)["tiv_million"].count(),
                         feedback="These are numbers of rows. Add up tiv_million: .sum()."),
                 Mistake(answer=lambda p: total(p) and 100 * in_mine(p)["tiv_million"].sum() / largest_row(p),
                         feedback="You divided by the largest row. Divide by all_tiv."),
             ],
             methods=[lambda p: by_supplier(p, value=lambda one: mean_of(p, one) * p.years / 5)],
             hints=["Use the rows of security-a2. groupby and sum give one sum for each supplier.",
                    'The sums are mine.groupby("supplier_name")["tiv_million"].sum(). You may divide all of them at '
                    "once.",
                    'Nearly all of it: by_supplier = 100 * mine.groupby(...)["tiv_million"].sum() / all_tiv']),
        Item("security-a5", objective="security-window", points=8, kind="series", variable="by_window",
             uses=["buyer", "supplier", "since"], tolerance=0.06,
             prompt="share of {supplier} in the arms imports of {buyer}, in percent, by regular window, from {since} on and "
                  "in the edition of that window",
             reference=by_window,
             mistakes=[
                 Mistake(answer=lambda p: by_window(p, keep=lambda p, start: start >= p.since),
                         feedback="Two editions are joined here. Keep the edition of your first window only."),
                 Mistake(answer=lambda p: None if p.since == 1950
                         else by_window(p, keep=lambda p, start: EDITION[start] == EDITION[p.since]),
                         feedback="Earlier windows are still in. Begin with me.since."),
                 Mistake(answer=lambda p: by_window(p, keep=lambda p, start: start > p.since
                                                    and EDITION[start] == EDITION[p.since]), worth=0.5,
                         feedback="Your first window is missing. Begin with me.since itself: >=."),
                 Mistake(answer=lambda p: by_window(p, keep=lambda p, start: True),
                         feedback="All windows of both editions are in. Keep those from me.since on, and the edition of "
                                  "your first window."),
                 Mistake(answer=lambda p: by_window(p) and by_window(p, keep=lambda p, start: EDITION[start] != EDITION[p.since],
                                                                    own=False),
                         feedback="These are windows of the other edition. Look up the edition of your first window."),
                 Mistake(answer=lambda p: by_window(p) and with_extra(p, both=True),
                         feedback="Two editions are joined here, and the extra windows are in. Begin with regular, and keep the "
                                  "edition of your first window."),
                 Mistake(answer=with_extra,
                         feedback="The extra windows are still in, so some years are there twice. Begin with regular."),
                 Mistake(answer=lambda p: {start: float(tiv) for start, tiv in by_window(p, TIV).items()},
                         feedback="These are volumes in million TIV. Take the column share_pct."),
                 Mistake(answer=row_numbers, worth=0.5,
                         feedback="The shares are right, but the windows are not in the index. Put them there with "
                                  'set_index("window_start").'),
                 Mistake(answer=lambda p: by_window(p, supplier="RUS") if p.supplier != "RUS" else None,
                         feedback="These are the shares of Moscow. " + NOT_MY_SUPPLIER),
                 Mistake(answer=lambda p: by_window(p) and by_window(SimpleNamespace(**{**vars(p), "buyer": ASIDE[p.buyer]})),
                         feedback=OTHER_BUYER),
                 Mistake(answer=lambda p: {start + 4: share for start, share in by_window(p).items()}, worth=0.5,
                         feedback="The shares are right, but the last years of the windows stand in front. Put window_start "
                                  "into the index."),
                 *[Mistake(answer=lambda p, years=years: first_part(p, years),
                           feedback="Later windows of the same edition are missing. Stop only where the edition ends.")
                   for years in (10, 15, 20)],
                 Mistake(answer=lambda p: by_window(p, keep=lambda p, start: start <= p.since
                                                    and EDITION[start] == EDITION[p.since], own=False)
                         if p.since != 1950 else None,
                         feedback="These are the windows up to yours. Keep those from me.since on: >=."),
             ],
             hints=["Begin with regular. Four conditions choose the rows: buyer, supplier, edition, and the windows from "
                    "me.since on.",
                    'Look up the edition of your first window. It is a text, so it needs quotes, as in '
                    'regular["edition"] == "2022".',
                    """Nearly all of it, with edition, the one of your first window:
    later = regular[(regular["edition"] == edition) & (regular["window_start"] >= me.since) & (...) & (...)]
    by_window = later.set_index("window_start")["share_pct"]"""]),
        Item("security-a6", objective="security-unit", points=8, kind="number", variable="times_as_much",
             uses=["kind", "beside"], relative=0.005,
             prompt="million TIV for one piece of {kind}, divided by million TIV for one piece of {beside}, deliveries from "
                  "Moscow to Pakistan",
             reference=times,
             mistakes=[
                 Mistake(answer=lambda p: 1 / times(p),
                         feedback="The fraction is upside down. For one piece, divide TIV by pieces; then {kind} by {beside}."),
                 Mistake(answer=lambda p: in_column(p, "tiv_million"),
                         feedback="You divided all TIV by all TIV. First divide the TIV of each kind by its pieces."),
                 Mistake(answer=lambda p: in_column(p, "number"),
                         feedback="You divided pieces by pieces. First divide the TIV of each kind by its pieces."),
                 Mistake(answer=lambda p: each(p.kind),
                         feedback="This is what one piece of {kind} counts. Divide it by one piece of {beside}."),
                 Mistake(answer=lambda p: each(p.beside),
                         feedback="This is what one piece of {beside} counts. Divide one piece of {kind} by it."),
                 Mistake(answer=lambda p: each(p.kind) - each(p.beside),
                         feedback="This is a difference in million TIV. The item asks how many times as much: divide."),
                 Mistake(answer=lambda p: pieces().loc[p.kind, "tiv_million"] - pieces().loc[p.beside, "tiv_million"],
                         feedback="This is a difference in million TIV. The item asks how many times as much: divide."),
                 Mistake(answer=lambda p: times(p) - 1,
                         feedback="You subtracted one. How many times as much is a fraction: just divide."),
                 Mistake(answer=lambda p: 100 * times(p) - 100,
                         feedback="This is how much more, in percent. How many times as much is a fraction: just divide."),
                 Mistake(answer=lambda p: each(p.kind) * each(p.beside),
                         feedback="You multiplied the two. Divide one piece of {kind} by one piece of {beside}."),
                 Mistake(answer=lambda p: pieces().loc[p.kind, "tiv_million"] / pieces().loc[p.beside, "number"],
                         feedback="You divided the TIV of one kind by the pieces of the other. Divide each by its own pieces "
                                  "first."),
                 Mistake(answer=lambda p: in_column(p, "tiv_million") * in_column(p, "number"),
                         feedback="Round brackets are missing. Divide each TIV by its pieces in brackets, then one by the "
                                  "other."),
                 *[Mistake(answer=lambda p, how=how: row_by_row(p, how),
                           feedback="You compared single rows, or their means. First add up all TIV and all pieces of each "
                                    "kind.") for how in ("mean", "max", "first")],
                 Mistake(answer=lambda p: 1 / each(p.kind),
                         feedback="These are pieces for one million TIV. Divide TIV by pieces, for each kind, and then one by "
                                  "the other."),
                 Mistake(answer=mean_of_rows,
                         feedback="You took the mean of the rows. But they have different numbers of pieces: add up TIV and "
                                  "pieces of each kind first, then divide."),
                 Mistake(answer=russian_only,
                         feedback="The Soviet rows are left out. Here both sellers count."),
             ],
             methods=[lambda p: in_column(p, "tiv_million") - in_column(p, "number")],
             hints=["You need what one piece counts, for each of the two kinds: all TIV of the kind, divided by all its "
                    "pieces.",
                    'Sums by kind: deliveries.groupby("item")[["tiv_million", "number"]].sum(). Divide one column by the '
                    "other.",
                    """Nearly all of it:
    sums = deliveries.groupby("item")[["tiv_million", "number"]].sum()
    each = sums["tiv_million"] / sums[...]
    times_as_much = each[me.kind] / ..."""]),
        Item("security-a7", objective="security-test", points=8, kind="number", variable="filled_pct",
             uses=["less", "first", "last"], tolerance=0.06,
             prompt="how much more the large buyer beside it took from Russia, {first} to {last}, in percent of what {less} "
                  "took less",
             reference=more,
             mistakes=[
                 Mistake(answer=lambda p: -more(p), worth=0.5,
                         feedback="The size is right, the sign is not. What became less is first minus last, what became "
                                  "more is last minus first. Look at both."),
                 Mistake(answer=lambda p: more(p, "PAK"),
                         feedback="This is what Pakistan added. Take the state that is called other."),
                 Mistake(answer=lambda p: more(p, {"IND": "OTH", "CHN": "OTH", "OTH": "CHN"}[p.less]),
                         feedback="This is another buyer. Take the state that is called other."),
                 Mistake(answer=lambda p: more(p, by=SOLD[BESIDE[p.less]][p.first]),
                         feedback="You divided by what this buyer had taken before. Divide by fall."),
                 Mistake(answer=lambda p: more(p, by=SOLD[p.less][p.first]),
                         feedback="You divided by all that was taken in {first}. Divide by fall, what became less."),
                 Mistake(answer=lambda p: more(p, by=100),
                         feedback="This is the change in million TIV. Divide it by fall, times 100."),
                 Mistake(answer=fall,
                         feedback="This is fall, in million TIV. What part of it did the other buyer fill?"),
                 Mistake(answer=lambda p: 1e4 / more(p),
                         feedback="The fraction is upside down. Divide by fall."),
                 Mistake(answer=lambda p: 100 * SOLD[BESIDE[p.less]][p.last] / fall(p),
                         feedback="This is all that the other buyer took in {last}. How much more is it than in {first}?"),
                 Mistake(answer=lambda p: 100 * SOLD[BESIDE[p.less]][p.first] / fall(p),
                         feedback="This is what the other buyer took in {first}. How much more did it take in {last}?"),
                 Mistake(answer=lambda p: more(p, p.less),
                         feedback="This is the buyer that took less. Take the state that is called other."),
                 Mistake(answer=lambda p: SOLD[BESIDE[p.less]][p.last],
                         feedback="This is all that the other buyer took in {last}, in million TIV. Subtract what it took in "
                                  "{first}, then divide by fall, times 100."),
                 *[Mistake(answer=lambda p, less=less, at=at: more(p, by=SOLD[p.less if less else BESIDE[p.less]][at(p)]),
                           feedback="You divided by all that one buyer took in {last}. Divide by fall, what became less.")
                   for less in (True, False) for at in (lambda p: p.last,)],
                 Mistake(answer=lambda p: more(p) and more(p, by=100) - fall(p),
                         feedback="This is a difference in million TIV. How much more the other buyer took, in percent of "
                                  "fall: divide by fall, times 100."),
                 Mistake(answer=lambda p: more(p) and more(p) - 100,
                         feedback="You subtracted fall, too. Divide what the other buyer took more by fall, and stop there."),
                 Mistake(answer=lambda p: more(p) and 100 * fall(p) / SOLD[p.less][p.first],
                         feedback="This is how much less {less} took, in percent. What part of it did the other buyer fill?"),
                 Mistake(answer=lambda p: more(p) and 100 * SOLD[BESIDE[p.less]][p.last] / SOLD[p.less][p.last],
                         feedback="You compared the two buyers in {last}. Compare two changes: what one took more, what the "
                                  "other took less."),
                 Mistake(answer=lambda p: more(p) and sum(more(p, buyer) for buyer in ("IND", "CHN", "OTH") if buyer != p.less),
                         feedback="These are two buyers together. Take the one that is called other."),
                 Mistake(answer=lambda p: more(p) and more(p) / 1e4,
                         feedback="You divided by 100. A part of one times 100 is percent."),
             ],
             methods=[lambda p: more(p, by=fall(p, "IND")) if p.less != "IND" and fall(p, "IND") else None],
             hints=["You need two changes: how much less was taken, and how much more the other buyer took.",
                    "Less: sold[me.less][me.first] - sold[me.less][me.last]. More: the other way round, last minus first, "
                    "of sold[other].",
                    """Nearly all of it:
    fall = sold[me.less][me.first] - sold[me.less][me.last]
    filled_pct = 100 * (sold[other][me.last] - ...) / fall"""]),
        Item("security-a8", objective="security-test", points=12, kind="number", variable="at_most_pct",
             uses=["less", "first", "last"], tolerance=0.06, follows=["security-a7"],
             prompt="the most that Pakistan could have added, {first} to {last}, in percent of what {less} took less",
             reference=at_most,
             mistakes=[
                 Mistake(answer=lambda p: at_most(p, without=0), worth=0.5,
                         feedback="These are all imports. But a part was bought from Russia before: subtract what "
                                  "Pakistan took in {first}."),
                 Mistake(answer=lambda p: at_most(p, without=SOLD["PAK"][p.last]),
                         feedback="You subtracted what Pakistan took from Russia in {last}. Subtract what it took in "
                                  "{first}: we ask what could come on top of that."),
                 Mistake(answer=lambda p: more(p, "PAK"),
                         feedback="This is what Pakistan really added. The question asks for the most that was "
                                  "possible."),
                 Mistake(answer=lambda p: at_most(p, imports_of=p.first),
                         feedback="You took the imports of {first}. What was possible in the last window are the "
                                  "imports of {last}."),
                 Mistake(answer=lambda p: at_most(p, without=TO_PAKISTAN[p.first]) if p.first in TO_PAKISTAN else None,
                         feedback="You subtracted all imports of {first}. Only what came from Russia is no addition: "
                                  'subtract sold["PAK"] of {first}.'),
                 Mistake(answer=lambda p: 1e4 / at_most(p),
                         feedback="The fraction is upside down. Divide by fall."),
                 Mistake(answer=lambda p: -at_most(p), worth=0.5,
                         feedback="The size is right, the sign is not. What became less is first minus last; what "
                                  "Pakistan could add is all its imports minus what it took before. Look at both."),
                 Mistake(answer=lambda p: TO_PAKISTAN[p.last] - SOLD["PAK"][p.first],
                         feedback="This is the most that Pakistan could have added, in million TIV. Divide it by fall, "
                                  "times 100."),
                 Mistake(answer=of_india,
                         feedback="You divided by what India took less, as in the notebook. Here {less} took less: "
                                  "me.less."),
                 Mistake(answer=lambda p: TO_PAKISTAN.get(p.last), feedback=ALL_IMPORTS),
                 Mistake(answer=lambda p: at_most(p) and TO_PAKISTAN[p.last] - fall(p), feedback=ALL_IMPORTS),
                 *[Mistake(answer=lambda p, by=by: at_most(p) and 100 * (TO_PAKISTAN[p.last] - SOLD["PAK"][p.first]) / by(p),
                           feedback="You divided by another number. Divide by fall, what {less} took less.") for by in (
                     lambda p: SOLD[p.less][p.first], lambda p: SOLD[p.less][p.last], lambda p: TO_PAKISTAN[p.last],
                     lambda p: SOLD["PAK"][p.first],
                     lambda p: SOLD[BESIDE[p.less]][p.last] - SOLD[BESIDE[p.less]][p.first])],
                 *[Mistake(answer=lambda p, state=state: at_most(p, without=SOLD[state][p.first]),
                           feedback="You subtracted what another buyer took. Subtract what Pakistan took from Russia in "
                                    "{first}.") for state in ("IND", "CHN", "OTH")],
                 Mistake(answer=lambda p: at_most(p) and at_most(p, without=0) - 100,
                         feedback="You subtracted fall, or 100. Subtract what Pakistan took from Russia in {first}, then "
                                  "divide by fall."),
                 Mistake(answer=lambda p: at_most(p) and at_most(p) - 100,
                         feedback="This is how far it lies above fall. Stop before you subtract 100."),
                 Mistake(answer=lambda p: at_most(p, without=-SOLD["PAK"][p.first]),
                         feedback="You added what Pakistan took in {first}. Subtract it: only what comes on top counts."),
                 Mistake(answer=lambda p: at_most(p) and 100 * SOLD["PAK"][p.last] / fall(p),
                         feedback="This is what Pakistan took from Russia in {last}. Suppose that all its imports had come "
                                  "from Russia."),
                 *[Mistake(answer=lambda p, of=of: at_most(p) and of.get(p.last, TO_PAKISTAN[p.last]) != TO_PAKISTAN[p.last]
                           and 100 * (of[p.last] - SOLD["PAK"][p.first]) / fall(p) or None,
                           feedback="These imports are not all of Pakistan, or not of Pakistan alone. Keep the rows whose "
                                    "buyer is PAK, and all their suppliers.") for of in (TO_INDIA, TO_BOTH)],
                 Mistake(answer=lambda p: at_most(p) and 100 * TO_PAKISTAN[p.last] - SOLD["PAK"][p.first] / fall(p),
                         feedback="Round brackets are missing. Subtract first, in brackets, then divide."),
                 Mistake(answer=lambda p: at_most(p) and at_most(p) / 1e4,
                         feedback="You divided by 100. A part of one times 100 is percent."),
             ],
             hints=["Suppose that all imports of Pakistan in {last} had come from Russia. How much more is that than "
                    "what it took from Russia in {first}?",
                    'all_imports = imports[imports["buyer"] == "PAK"].groupby("window_start")["tiv_million"].sum() '
                    "gives all imports, by window. The extra windows are needed here.",
                    """Nearly all of it, with fall of security-a7:
    at_most = all_imports[me.last] - sold["PAK"][...]
    at_most_pct = 100 * at_most / fall"""]),
        Item("security-a9", objective="security-definition", points=10, kind="number", variable="wider_by",
             uses=["host", "year"], tolerance=0.06,
             prompt="change of all groups of Afghans in {host} from {year} to 2025, in percent, minus that of the refugees "
                  "alone, in percentage points",
             reference=wider,
             mistakes=[
                 Mistake(answer=lambda p: -wider(p), worth=0.5,
                         feedback="The size is right, the sign is not: take all groups first, then subtract the refugees."),
                 Mistake(answer=change,
                         feedback="This is the change of all groups. Subtract that of the refugees alone."),
                 Mistake(answer=lambda p: change(p, ["refugees"]),
                         feedback="This is the change of the refugees alone. Subtract it from that of all groups."),
                 Mistake(answer=lambda p: wider(p, [*GROUPS, "returned"]),
                         feedback="Those who returned are counted, too. They are no group in the country: leave the column "
                                  "returned out."),
                 Mistake(answer=lambda p: wider(p, GROUPS[:3]),
                         feedback=FOUR_GROUPS),
                 Mistake(answer=lambda p: wider(p, GROUPS[:2]),
                         feedback=FOUR_GROUPS),
                 Mistake(answer=lambda p: wider(p, last=2024) if p.year < 2024 else None,
                         feedback="These are changes to 2024, as in the notebook. Here the last year is 2025."),
                 Mistake(answer=backwards,
                         feedback="You divided by the later year. A change is measured from the earlier one."),
                 Mistake(answer=lambda p: afghans(p, year=LATEST) - afghans(p) - afghans(p, ["refugees"], LATEST)
                         + afghans(p, ["refugees"]),
                         feedback="These are persons. Work out two changes in percent, then subtract."),
                 Mistake(answer=lambda p: (100 + change(p)) / (100 + change(p, ["refugees"])),
                         feedback="You divided one by the other. Percentage points are a difference: subtract."),
                 Mistake(answer=lambda p: 100 * afghans(p, GROUPS[1:], LATEST) / afghans(p, year=LATEST),
                         feedback=COMPARED),
                 Mistake(answer=lambda p: wider(p, host={"PAK": "IRN", "IRN": "PAK"}[p.host]),
                         feedback="This is the other country. Keep the rows whose country is me.host."),
                 *[Mistake(answer=lambda p, year=year: None if year == p.year or not 2003 <= year < LATEST
                           else wider(SimpleNamespace(host=p.host, year=year)),
                           feedback="These changes begin in another year. Yours is {year}: me.year.")
                   for year in range(2003, LATEST)],
                 Mistake(answer=lambda p: afghans(p, GROUPS[1:], LATEST),
                         feedback="These are persons. Work out two changes in percent, then subtract."),
                 Mistake(answer=lambda p: change(p) / change(p, ["refugees"]) if change(p, ["refugees"]) else None,
                         feedback="You divided one by the other. Percentage points are a difference: subtract."),
                 Mistake(answer=lambda p: change(p) + change(p, ["refugees"]),
                         feedback="You added the two changes. How much larger one is, is a difference: subtract."),
                 Mistake(answer=lambda p: 100 + wider(p),
                         feedback="One number is what is left in percent, the other is a change. Subtract 100 from both."),
                 *[Mistake(answer=answer,
                           feedback=COMPARED) for answer in (
                     lambda p: 100 * afghans(p, ["refugees"], LATEST) / afghans(p, year=LATEST)
                     - 100 * afghans(p, ["refugees"]) / afghans(p),
                     lambda p: 100 * afghans(p, GROUPS[1:], LATEST) / afghans(p, year=LATEST)
                     - 100 * afghans(p, GROUPS[1:]) / afghans(p),
                     lambda p: 100 * afghans(p, GROUPS[1:], LATEST) / afghans(p, ["refugees"], LATEST))],
                 Mistake(answer=lambda p: 100 * (afghans(p, year=LATEST) - afghans(p)) / afghans(p, ["refugees"])
                         - change(p, ["refugees"]) if afghans(p, GROUPS[1:]) > FEW * afghans(p) else None,
                         feedback="Both changes were divided by the refugees. Divide each by its own number of {year}."),
                 Mistake(answer=lambda p: change(p, GROUPS[1:]) - change(p, ["refugees"]) if afghans(p, GROUPS[1:]) else None,
                         feedback="The refugees are missing in the first change. All groups together are four."),
             ],
             methods=[lambda p: change(p, GROUPS[1:]) if afghans(p, GROUPS[1:]) else None],
             hints=["You need two changes in percent, from {year} to 2025: of all groups together, and of the refugees "
                    "alone.",
                    "Keep the rows of {host}, put year into the index, take the two columns country and returned away, and "
                    "add up the rest of each row: sum(axis=1).",
                    """Nearly all of it:
    host = afghans[afghans["country"] == me.host].set_index("year")
    groups = host.drop(columns=["country", "returned"]).sum(axis=1)
    all_pct = 100 * groups[2025] / groups[me.year] - 100
    wider_by = all_pct - (100 * host["refugees"][2025] / ... - 100)"""]),
        two_part_claim("security-a10", objective="security-claim", points=6, uses=["less", "first", "last"], parts=parts,
                   follows=["security-a7", "security-a8"],
                   prompt="verdict on the claim about Russian deliveries from {first} to {last}, when {less} took less",
                   look="First: is filled_pct larger than zero? Second: does at_most_pct reach 100?",
                   hint="First half: look at the sign of filled_pct. Second half: compare at_most_pct with 100.",
                   not_open="No evidence is missing: you have both windows.",
                   not_outdated="The claim names its windows, so nothing that came later can overtake it."),
        Written("security-b1", objective="security-unit", rubric=[
            (3, "What was counted. 3: major arms delivered to the buyer, as a share of all its arms imports, by volume "
                "(TIV) or in words that exclude money. 2: share of arms imports, without the unit. 0: “arms”, “trade” "
                "or “spent” only, or dollars."),
            (2, "Windows. 2: every number has its years, and numbers of two editions are not compared without saying "
                "so. 1: one number lacks its years, or the editions are mixed in silence. 0: more is missing, or there "
                "is no number."),
            (3, "Comparison. 3: a share of the supplier stands beside another share with its own number (another "
                "supplier, or another window), and the text says which is larger. 2: the other number or the order is "
                "missing. 1: both are. 0: no comparison."),
            (2, "Limits. 2: names one thing that the numbers can't show, and claims no cause, trust or motive. "
                "1: only one of these two. 0: neither."),
        ]),
        Written("security-b2", objective="security-claim", rubric=[
            (2, "Verdict. 2: mixed. 1: another verdict to which the writer's own reason leads by the rules, such as "
                "contradicted, because arms came before the deal. 0: a verdict without such a reason, or none. The "
                "lines below are marked alike for each verdict."),
            (2, "Rule. 2: says which part can be checked (did further arms come after the deal?) and that the link "
                "is a cause which needs a source of that time. 1: only one of these two. 0: neither."),
            (3, "Evidence. 3: two of the facts with date and publisher, and what each of them shows. 2: two facts, but "
                "a date, a publisher or what one of them shows is missing. 1: one fact. 0: none of the facts."),
            (3, "Change of mind. 3: names evidence that could be found, and the verdict that would follow. 1: only one "
                "of these two, or only “more sources”. 0: nothing."),
        ]),
    ],
)
