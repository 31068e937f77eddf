"""The key of the Security sheet: a buyer and a supplier of arms, two windows, and deaths by their definition."""
from ruspak.data import table
from ruspak.sheets.items import Item, Mistake, Sheet, Written
from ruspak.sheets.two_part import two_part_claim

IMPORTS, DELIVERIES, COUNTS = table("arms_imports"), table("arms_from_moscow"), table("death_counts")
REGULAR = IMPORTS[IMPORTS["window_kind"] == "regular"]
NEW = REGULAR[REGULAR["edition"] == "2026"]
RUSSIAN = DELIVERIES[DELIVERIES["seller"] == "Russia"]
SOLD = table("russian_arms_exports").pivot_table(index="window_start", columns="buyer", values="tiv_million")
TO_PAKISTAN = IMPORTS[IMPORTS["buyer"] == "PAK"].groupby("window_start")["tiv_million"].sum()
COUNTED = COUNTS.set_index(["source", "year"])
CLEAR = 2.0  # percent: a smaller difference is no ground for a verdict


def first_window(p, supplier=None, start=None, column="share_pct"):
    """A value of the table of imports; None where it has no such row."""
    rows = REGULAR[(REGULAR["buyer"] == p.buyer) & (REGULAR["supplier"] == (supplier or p.supplier))
                   & (REGULAR["window_start"] == (start or p.start))]
    return rows[column].item() if len(rows) else None


def ten_years(p, rows=REGULAR, years=10):
    """The rows of the buyer whose windows begin in the student's ten years."""
    return rows[(rows["buyer"] == p.buyer) & rows["window_start"].between(p.start, p.start + years - 1)]


def total(rows):
    return rows["tiv_million"].sum()


def of(supplier, rows):
    return rows[rows["supplier"] == supplier]


def ten_year_share(p, supplier=None):
    return 100 * total(of(supplier or p.supplier, ten_years(p))) / total(ten_years(p))


def mean_share(p):
    """None where the supplier delivered in one of the two windows only, so that there is nothing to average."""
    shares = of(p.supplier, ten_years(p))["share_pct"]
    return shares.mean() if len(shares) == 2 else None


def total_with_extra(p):
    """The imports of the ten years with the extra windows left in; None where there are none."""
    return total(ten_years(p, IMPORTS)) if len(ten_years(p, IMPORTS)) > len(ten_years(p)) else None


def by_supplier(p, years=10, label="supplier_name", named_only=False):
    rows = ten_years(p, years=years)
    shares = 100 * rows.groupby(label)["tiv_million"].sum() / total(rows)
    return shares.drop("all others") if named_only else shares


def by_window(p, rows=NEW, supplier=None, column="share_pct"):
    mine = of(supplier or p.supplier, rows[rows["buyer"] == p.buyer])
    return mine.set_index("window_start")[column]


def part(p, column, rows=RUSSIAN):
    """The part of the student's kind of arms, in percent, by volume (tiv_million) or by pieces (number)."""
    return 100 * rows.loc[rows["item"] == p.kind, column].sum() / rows[column].sum()


def unit_gap(p, rows=RUSSIAN):
    return part(p, "tiv_million", rows) - part(p, "number", rows)


def fall(p):
    return SOLD["IND"][p.first] - SOLD["IND"][p.last]


def more(p, buyer):
    """How much more the buyer took from Russia, in percent of what India took less."""
    return 100 * (SOLD[buyer][p.last] - SOLD[buyer][p.first]) / fall(p)


def at_most(p, imports_of=None, without=0):
    """All imports of Pakistan minus what it bought from Russia, in percent of what India took less."""
    return 100 * (TO_PAKISTAN[imports_of or p.last] - without) / fall(p)


def gtd(year, fighters=False):
    row = COUNTED.loc[("GTD", year)]
    return row["deaths"] if fighters else row["deaths"] - row["fighters"]


def change(new, old):
    return 100 * (new - old) / old


def parts(p):
    """By how much each half of the claim holds, in the part of India's fall that is clear."""
    return more(p, "CHN") / CLEAR, (at_most(p, without=SOLD["PAK"][p.first]) - 100) / CLEAR


def span(first, years):
    """The years in words, such as 1985–94."""
    return f"{first}–{(first + years - 1) % 100:02d}"


sheet = Sheet(
    id="security", notebook="02_security",
    space={
        "buyer": {"PAK": "Pakistan", "IND": "India"},
        "supplier": {"RUS": "Moscow", "USA": "the United States", "FRA": "France"},
        "start": {year: span(year, 10) for year in (1965, 1980, 1985, 2000, 2005, 2010, 2015)},
        "kind": {"RD-93 fighter engines": "RD-93 engines", "transport helicopters": "transport helicopters",
                 "Kornet anti-tank missiles": "Kornet missiles"},
        "first": {year: span(year, 5) for year in (2010, 2011, 2013)},
        "last": {year: span(year, 5) for year in (2018, 2020)},
        "year": [2013, 2015],
    },
    default={"buyer": "IND", "supplier": "FRA", "start": 2010, "kind": "RD-93 fighter engines",
             "first": 2011, "last": 2018, "year": 2015},
    prompt="imports of {buyer} from {supplier}, ten years {start}; kind of arms: {kind}; Russian deliveries in {first} "
         "and {last}; deaths of 2012 and {year}.",
    items=[
        Item("security-a1", objective="security-window", points=4, kind="number", variable="first_share",
             uses=["buyer", "supplier", "start"], tolerance=0.06,
             prompt="share of {supplier} in the arms imports of {buyer}, first five of the years {start}, in percent",
             reference=first_window,
             mistakes=[
                 Mistake(answer=lambda p: first_window(p, "RUS") if p.supplier != "RUS" else None,
                         feedback="This is the share of Moscow. Keep the rows whose supplier is me.supplier."),
                 Mistake(answer=lambda p: first_window(p, column="tiv_million"),
                         feedback="This is the volume in million TIV. Take the column share_pct."),
                 Mistake(answer=lambda p: first_window(p, start=p.start + 5),
                         feedback="This is the second window of your ten years. The first one begins in me.start."),
             ],
             hints=["Two conditions choose the rows: buyer and supplier. Each stands in round brackets, with & between "
                    "them.",
                    'Then .set_index("window_start")["share_pct"] gives one value a window. Take yours with '
                    "[me.start].",
                    """Nearly all of it:
    pair = regular[(regular["buyer"] == me.buyer) & (...)]
    first_share = pair.set_index("window_start")["share_pct"][me.start]"""]),
        Item("security-a2", objective="security-window", points=6, kind="integer", variable="all_tiv",
             uses=["buyer", "start"],
             prompt="arms imports of {buyer} in the ten years {start}, from all suppliers together, in million TIV",
             reference=lambda p: total(ten_years(p)),
             mistakes=[
                 Mistake(answer=total_with_extra,
                         feedback="Some years are counted twice: the extra windows are still in. Begin with regular."),
                 Mistake(answer=lambda p: total(ten_years(p, years=5)),
                         feedback="These are the first five years. Keep two windows: me.start and me.start + 5."),
                 Mistake(answer=lambda p: total((mine := ten_years(p))[mine["supplier"] != "OTH"]),
                         feedback="The row of all others is left out. The question asks for all suppliers together."),
                 Mistake(answer=lambda p: len(ten_years(p)),
                         feedback="This is the number of rows. Add up their volume: .sum(), not len(...)."),
                 *[Mistake(answer=lambda p, one=one: total(of(one, ten_years(p))) or None,
                           feedback="This is the volume of one supplier only. The question asks for all suppliers "
                                    "together.") for one in ("RUS", "USA", "FRA")],
             ],
             hints=["Keep your buyer and two windows. Then add up the column tiv_million.",
                    'Two windows: regular["window_start"].isin([me.start, me.start + 5]). Put each condition into '
                    "round brackets.",
                    """Nearly all of it:
    mine = regular[(regular["buyer"] == me.buyer) & (regular["window_start"].isin([...]))]
    all_tiv = mine["tiv_million"].sum()"""]),
        Item("security-a3", objective="security-window", points=8, kind="number", variable="ten_year_share",
             uses=["buyer", "supplier", "start"], tolerance=0.06,
             prompt="share of {supplier} in all arms imports of {buyer} in the ten years {start}, in percent",
             reference=ten_year_share,
             mistakes=[
                 Mistake(answer=mean_share,
                         feedback="This is the mean of two shares. But the two windows are not equally large. Add up "
                                  "the volumes first, then divide."),
                 Mistake(answer=first_window,
                         feedback="This is the share of the first five years. Add up the volumes of both windows."),
                 Mistake(answer=lambda p: total(of(p.supplier, ten_years(p))),
                         feedback="This is the volume of {supplier}. Divide it by all_tiv, times 100."),
                 Mistake(answer=lambda p: ten_year_share(p, supplier="RUS") if p.supplier != "RUS" else None,
                         feedback="This is the share of Moscow. Keep the rows whose supplier is me.supplier."),
             ],
             hints=["You need the volume of {supplier} in the ten years, and all_tiv.",
                    "Do not average the two shares. Divide the sum of the volumes by the sum of all volumes.",
                    """Nearly all of it, with mine, the rows of security-a2:
    from_supplier = mine[mine["supplier"] == ...]
    ten_year_share = 100 * from_supplier["tiv_million"].sum() / all_tiv"""]),
        Item("security-a4", objective="security-window", points=10, kind="series", variable="by_supplier",
             uses=["buyer", "start"], tolerance=0.06,
             prompt="share of each supplier in all arms imports of {buyer} in the ten years {start}, in percent",
             reference=by_supplier,
             mistakes=[
                 Mistake(answer=lambda p: by_supplier(p, named_only=True), worth=0.5,
                         feedback="The row of all others is missing. Without it the shares do not add up to 100."),
                 Mistake(answer=lambda p: by_supplier(p, label="supplier"), worth=0.5,
                         feedback="The shares are right, but the index has codes. Group by supplier_name."),
                 Mistake(answer=lambda p: by_supplier(p, years=5),
                         feedback="These are the first five years. Use the rows of security-a2."),
                 Mistake(answer=lambda p: ten_years(p).groupby("supplier_name")["tiv_million"].sum().astype(float),
                         feedback="These are volumes in million TIV. Divide by all_tiv, times 100."),
                 Mistake(answer=lambda p: ten_years(p).groupby("supplier_name")["share_pct"].mean(),
                         feedback="These are means of shares. Add up tiv_million for each supplier, then divide by "
                                  "all_tiv."),
             ],
             hints=["Use the rows of security-a2. groupby and sum give one sum for each supplier.",
                    'The sums are mine.groupby("supplier_name")["tiv_million"].sum(). You may divide all of them at '
                    "once.",
                    'Nearly all of it: by_supplier = 100 * mine.groupby(...)["tiv_million"].sum() / all_tiv']),
        Item("security-a5", objective="security-window", points=8, kind="series", variable="by_window",
             uses=["buyer", "supplier"], tolerance=0.06,
             prompt="share of {supplier} in the arms imports of {buyer}, in percent, by regular window, edition of 2026",
             reference=by_window,
             mistakes=[
                 Mistake(answer=lambda p: by_window(p, REGULAR),
                         feedback="Two editions are joined here. Keep the edition of 2026 only."),
                 Mistake(answer=lambda p: by_window(p, IMPORTS[IMPORTS["edition"] == "2026"]),
                         feedback="The extra windows are still in, so some years are there twice. Begin with regular."),
                 Mistake(answer=lambda p: by_window(p, IMPORTS),
                         feedback="Two editions are joined here, and the extra windows are in, too. Begin with "
                                  "regular, and keep the edition of 2026."),
                 Mistake(answer=lambda p: by_window(p, column="tiv_million").astype(float),
                         feedback="These are volumes in million TIV. Take the column share_pct."),
                 Mistake(answer=lambda p: of(p.supplier, NEW[NEW["buyer"] == p.buyer])["share_pct"],
                         feedback="The shares are right, but the windows are not in the index. Put them there with "
                                  'set_index("window_start").'),
                 Mistake(answer=lambda p: by_window(p, supplier="RUS") if p.supplier != "RUS" else None,
                         feedback="These are the shares of Moscow. Keep the rows whose supplier is me.supplier."),
             ],
             hints=["Begin with regular. Three conditions choose the rows: buyer, supplier and edition.",
                    'The edition is a text, so it needs quotes: regular["edition"] == "2026".',
                    """Nearly all of it:
    new = regular[(regular["buyer"] == me.buyer) & (regular["supplier"] == me.supplier) & (...)]
    by_window = new.set_index("window_start")["share_pct"]"""]),
        Item("security-a6", objective="security-unit", points=8, kind="number", variable="unit_gap", uses=["kind"],
             tolerance=0.06,
             prompt="share of {kind} by TIV minus their share by pieces, deliveries of Russia to Pakistan since 1995, "
                  "in percentage points",
             reference=unit_gap,
             mistakes=[
                 Mistake(answer=lambda p: -unit_gap(p), worth=0.5,
                         feedback="The size is right, the sign is not: take the share by TIV first."),
                 Mistake(answer=lambda p: unit_gap(p, DELIVERIES),
                         feedback="The Soviet rows are still in. Keep the rows whose seller is Russia."),
                 Mistake(answer=lambda p: part(p, "tiv_million"),
                         feedback="This is the share by TIV. Now subtract the share by pieces."),
                 Mistake(answer=lambda p: part(p, "number"),
                         feedback="This is the share by pieces. Subtract it from the share by TIV."),
             ],
             hints=["Begin with the rows whose seller is Russia. You need two shares of {kind}: of all TIV, and of "
                    "all pieces.",
                    'A share is the sum over the rows of your kind, divided by the sum over all rows, times 100. The '
                    'pieces are in the column number.',
                    """Nearly all of it:
    russian = deliveries[deliveries["seller"] == "Russia"]
    of_kind = russian[russian["item"] == me.kind]
    by_tiv = 100 * of_kind["tiv_million"].sum() / russian["tiv_million"].sum()
    by_pieces = ..."""]),
        Item("security-a7", objective="security-test", points=8, kind="number", variable="china_pct",
             uses=["first", "last"], tolerance=0.06,
             prompt="how much more China took from Russia, {first} to {last}, in percent of what India took less",
             reference=lambda p: more(p, "CHN"),
             mistakes=[
                 Mistake(answer=lambda p: -more(p, "CHN"), worth=0.5,
                         feedback="The size is right, the sign is not. What India took less is first minus last; what "
                                  "China took more is last minus first. Look at both."),
                 Mistake(answer=lambda p: more(p, "PAK"),
                         feedback="This is what Pakistan added. Take China: CHN."),
                 Mistake(answer=lambda p: change(SOLD["CHN"][p.last], SOLD["CHN"][p.first]),
                         feedback="You divided by what China had bought before. Divide by what India took less."),
                 Mistake(answer=lambda p: SOLD["CHN"][p.last] - SOLD["CHN"][p.first],
                         feedback="This is the change in million TIV. Divide it by what India took less, times 100."),
             ],
             hints=["You need two changes: how much less India took, and how much more China took.",
                    'India took less: sold["IND"][me.first] - sold["IND"][me.last]. China took more: the other way '
                    "round, last minus first.",
                    """Nearly all of it:
    fall = sold["IND"][me.first] - sold["IND"][me.last]
    china_pct = 100 * (sold["CHN"][me.last] - ...) / fall"""]),
        Item("security-a8", objective="security-test", points=12, kind="number", variable="at_most_pct",
             uses=["first", "last"], tolerance=0.06,
             prompt="the most that Pakistan could have added, {first} to {last}, in percent of what India took less",
             reference=lambda p: at_most(p, without=SOLD["PAK"][p.first]),
             mistakes=[
                 Mistake(answer=lambda p: at_most(p), worth=0.5,
                         feedback="These are all imports. But a part was bought from Russia before: subtract what "
                                  "Pakistan took in {first}."),
                 Mistake(answer=lambda p: at_most(p, without=SOLD["PAK"][p.last]),
                         feedback="You subtracted what Pakistan took from Russia in {last}. Subtract what it took in "
                                  "{first}: we ask what could come on top of that."),
                 Mistake(answer=lambda p: more(p, "PAK"),
                         feedback="This is what Pakistan really added. The question asks for the most that was "
                                  "possible."),
                 Mistake(answer=lambda p: at_most(p, p.first, SOLD["PAK"][p.first]) if p.first in TO_PAKISTAN else None,
                         feedback="You took the imports of {first}. What was possible in the last window are the "
                                  "imports of {last}."),
                 Mistake(answer=lambda p: 100 / at_most(p, without=SOLD["PAK"][p.first]) * 100,
                         feedback="The fraction is upside down. Divide by what India took less."),
                 Mistake(answer=lambda p: -at_most(p, without=SOLD["PAK"][p.first]), worth=0.5,
                         feedback="The size is right, the sign is not. What India took less is first minus last; what "
                                  "Pakistan could add is all its imports minus what it took before. Look at both."),
                 Mistake(answer=lambda p: TO_PAKISTAN[p.last] - SOLD["PAK"][p.first],
                         feedback="This is the most that Pakistan could have added, in million TIV. Divide it by what "
                                  "India took less, times 100."),
             ],
             hints=["Suppose that all imports of Pakistan in {last} had come from Russia. How much more is that than "
                    "what it took from Russia in {first}?",
                    'all_imports = imports[imports["buyer"] == "PAK"].groupby("window_start")["tiv_million"].sum() '
                    "gives all imports, by window. The extra windows are needed here.",
                    """Nearly all of it, with fall, what India took less:
    at_most = all_imports[me.last] - sold["PAK"][...]
    at_most_pct = 100 * at_most / fall"""]),
        Item("security-a9", objective="security-definition", points=10, kind="number", variable="change_pct",
             uses=["year"], tolerance=0.06,
             prompt="change of the deaths that GTD counts in Pakistan, fighters left out, 2012 to {year}, in percent",
             reference=lambda p: change(gtd(p.year), gtd(2012)),
             mistakes=[
                 Mistake(answer=lambda p: change(gtd(p.year, True), gtd(2012, True)),
                         feedback="Here the fighters are counted, too. Subtract them in both years."),
                 Mistake(answer=lambda p: change(gtd(p.year), gtd(2012, True)),
                         feedback="The fighters are left out in {year} only. That compares two definitions: leave them "
                                  "out in both years."),
                 Mistake(answer=lambda p: change(gtd(2012), gtd(p.year)),
                         feedback="You measured backwards. Start from 2012, and divide by 2012."),
                 Mistake(answer=lambda p: 100 * (gtd(p.year) - gtd(2012)) / gtd(p.year),
                         feedback="You divided by the later year. A change is measured from the earlier one."),
                 Mistake(answer=lambda p: change(COUNTED["deaths"]["UCDP", p.year], COUNTED["deaths"]["UCDP", 2012]),
                         feedback="This is UCDP, which counts battle deaths. Keep the rows whose source is GTD."),
                 Mistake(answer=lambda p: -change(gtd(p.year), gtd(2012)), worth=0.5,
                         feedback="The size is right, the sign is not: it is negative where the deaths fell. Take "
                                  "{year} minus 2012."),
                 Mistake(answer=lambda p: 100 * gtd(p.year) / gtd(2012),
                         feedback="This is {year} in percent of 2012. For a change, subtract 2012 first, then divide "
                                  "by it."),
             ],
             hints=["Keep the rows of GTD. For each year, subtract the column fighters from the column deaths.",
                    'With gtd = counts[counts["source"] == "GTD"].set_index("year"), the deaths without fighters are '
                    'gtd["deaths"] - gtd["fighters"].',
                    """Nearly all of it:
    gtd = counts[counts["source"] == "GTD"].set_index("year")
    others = gtd["deaths"] - gtd["fighters"]
    change_pct = 100 * (others[me.year] - ...) / others[2012]"""]),
        two_part_claim("security-a10", objective="security-claim", points=6, uses=["first", "last"], parts=parts,
                   prompt="verdict on the claim about Russian deliveries from {first} to {last}",
                   look="First: is china_pct larger than zero? Second: does at_most_pct reach 100?",
                   hint="First half: look at the sign of china_pct. Second half: compare at_most_pct with 100.",
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
                "missing. 0: no comparison."),
            (2, "Limits. 2: names one thing that the numbers can't show, and claims no cause, trust or motive. "
                "1: only one of these two. 0: neither."),
        ]),
        Written("security-b2", objective="security-claim", rubric=[
            (2, "Verdict. 2: mixed; or contradicted, with the reason that arms came before the deal. 1: contradicted "
                "without this reason. 0: another verdict, or none."),
            (2, "Rule. 2: says which part can be checked (did further arms come after the deal?) and that the link "
                "is a cause which needs a source of that time. 1: only one of these two. 0: neither."),
            (3, "Evidence. 3: two of the facts with date and publisher, and what each of them shows. 2: two facts, but "
                "a date, a publisher or what one of them shows is missing. 1: one fact. 0: none of the facts."),
            (3, "Change of mind. 3: names evidence that could be found, and the verdict that would follow. 1: only one "
                "of these two, or only “more sources”. 0: nothing."),
        ]),
    ],
)
