"""Every built table has an error planted in a copy of a raw file, and its script rejects it by file, place and error."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from test_data_build import DATA, RUNNER, SCRIPTS, TABLES, common, needs_raw

RAW_NAME = r"\"((?:\w+)/[\w.-]+\.(?:csv|geojson|CSV))\""

# table, file, which rows (a query over its cells, all text), what is planted there (column: cell; LOST: no row any
# more), words of the message. A file without a folder is a table of data/ that the script reads. In a file that is no
# table of cells, the rows are a text of the file and what is planted stands in its place.
LOST: dict = {}
# fmt: off
PLANTED = [
    ("alliances", "history/atop_alliance_obligations.csv", "a == 'AFG' and b == 'PAK' and year == '1988'", {"year": "2088"}, "year outside 1945 to 2018"),
    ("contacts", "history/high_level_contacts.csv", "fact_id == 'H1956b'", {"fact_id": "H1956zz"}, "a fact_id that the facts do not have"),
    ("disputes", "history/gml_mid_pairs_1947_2010.csv", "dispnum == '1307'", {"hostlev": "9"}, "hostility outside 1 to 5"),
    ("gas_balance", "energy/ei2026_timeseries.csv", "series == 'gas_production_bcm' and entity == 'Pakistan' and year == '2015'", {"value": "349"}, "output outside 20 to 40 bcm"),
    ("lng_suppliers", "energy/bp_ei_trade_matrices_2020_2025.csv", "flow == 'LNG' and to == 'Pakistan' and `from` == 'Qatar' and year == '2022'", {"value": "80"}, "sellers do not add up to the LNG of gas_balance"),
    ("russian_exports", "energy/bp_ei_trade_matrices_2020_2025.csv", "flow == 'pipeline gas' and to == 'Europe' and `from` == 'Russian Federation' and year == '2022'", {"value": "850"}, "shares do not add up to 100"),
    ("pipelines", "energy/pipelines.csv", "estimate_date == '2015-10'", {"length_km": "11000"}, "length outside 50 to 5,000 km"),
    ("electricity_mix", "energy/owid2022_electricity_mix.csv", "Country == 'Pakistan' and Year == '2015'", {"Electricity from hydro (TWh)": "3"}, "shares do not add up to about 100"),
    ("solar_output", "energy/owid2025_electricity_carbon_extract.csv", "country == 'Pakistan' and year == '2022'", {"solar_electricity": "35"}, "the two estimators differ"),
    ("solar_capacity", "energy/ei2026_timeseries.csv", "series == 'solar_capacity_mw' and entity == 'India' and year == '2025'", {"value": "135.5"}, "TWh a gigawatt outside"),
    ("energy_prices", "energy/eia_brent_monthly.csv", "Date == '2022-06-15'", {"Price": "1226"}, "brent_usd_barrel out of range"),
    ("ideal_points", "history/ideal_points_15_countries_1946_2024.csv", "iso3c == 'PAK' and year == '2000'", {"idealpointfp": "0.9"}, "the point lies outside its own band"),
    ("imf_arrangements", "limits/imf_arrangements_pakistan.csv", "no == '20'", {"amount_drawn_thousand_sdr": "99999999"}, "drew more than was agreed"),
    ("debt_burden", "limits/wdi_selected_long.csv", "iso3 == 'PAK' and year == '2023' and indicator_code == 'DT.DOD.DECT.CD'", {"value": "131000000"}, "the World Bank’s report prints"),
    ("china_commitments", "limits/aidata_gcdf3_china_commitments.csv", "iso3 == 'PAK' and year == '2010'", {"oda_adj": "1"}, "the kinds do not add up"),
    ("routes_to_russia", "limits/routes_pakistan_russia.csv", "status == 'operated 2023'", {"status": "sailed"}, "unknown status"),
    ("governance", "limits/wgi_1996_2023.csv", "iso3 == 'RUS' and year == '2010' and indicator == 'cc'", {"pctrank": "99"}, "rank outside its own band"),
    ("prime_ministers", "limits/pakistan_prime_ministers.csv", "spell == '1'", {"days_in_office": "1254"}, "days are not end minus start"),
    ("leader_spells", "limits/leaders_reign_2021_3.csv", "stateabb == 'PAK' and leader == 'Zia'", {"start_month": "5"}, "no leader of Archigos starts within four days"),
    ("russian_trade_compared", "limits/russia_trade_india_vs_pakistan.csv", "partner_of_russia == 'India' and year_or_fiscal_year == '2020-21'", {"goods_trade_usd_million": "8.14"}, "ratio outside 4 to 80"),
    ("pakistan_ties", "limits/pakistan_exports_by_destination.csv", "destination == 'United States' and fiscal_year_july_june == '2023-24' and note.str.startswith('revised')", {"usd_million": "5444197"}, "amount outside 0.1 to 150,000 million"),
    ("us_aid", "limits/us_foreign_aid.csv", "iso3 == 'PAK' and fiscal_year == '2010' and transaction_type == 'Obligations'", {"constant_2024_usd": "1"}, "less in constant dollars"),
    ("map_outlines", "maps/ne_10m_disputed_areas_extract.geojson", "Aksai Chin", "Aksai", "a layer or a disputed area is missing"),
    ("places", "maps/places.csv", "name == 'Karachi'", {"lat": "66.99", "lon": "24.87"}, "a place outside the region"),
    ("opium", "security/opium_afghanistan.csv", "estimate_by == 'UNODC' and year == '2022'", {"cultivation_ha": "2330000"}, "area outside 5,000 to 400,000 hectares"),
    ("afghan_refugees", "security/unhcr_population_afg_pak.csv", "coo == 'AFG' and coa == 'PAK' and year == '2020.0'", {"refugees": "143.0"}, "refugees outside 50,000 to 5 million"),
    ("arms_imports", "security/sipri_tiv_dyads_1995_2024.csv", "supplier == 'China' and recipient == 'Pakistan' and year == '2015'", {"tiv_million": "5650"}, "the total of a window is not that of the World Bank"),
    ("russian_arms_exports", "security/sipri_tiv_dyads_1995_2024.csv", "supplier == 'Russia' and recipient == 'China' and year == '2005'", {"tiv_million": "31320"}, "the total of a window is not that of the World Bank"),
    ("arms_from_moscow", "security/sipri_register_deliveries_1995_2024.csv", "Supplier == 'Russia' and Recipient == 'Pakistan' and `Delivery year` == '2002'", {"Description": "airliner"}, "items do not add up to the imports"),
    ("arms_prices", "security/sipri_register_russia_ussr_to_pakistan.csv", "designation == 'Kornet'", {"comments": "$6200 m deal"}, "price outside 1 to 1,000 million dollars"),
    ("arms_orders_india", "security/sipri_register_deliveries_1995_2024.csv", "Supplier == 'Russia' and Recipient == 'India' and `Order date` == '2006'", {"TIV delivery values": "36250"}, "more than Russia delivered to India"),
    ("battle_deaths", "security/ucdp_prio_battle_deaths_1946_2022.csv", "gwcode == '770' and year == '2010'", {"low": "99999"}, "low estimate above the best"),
    ("death_counts", "security/gti_2012_2022.csv", "iso3c == 'PAK' and year == '2022'", {"fatalities": "634"}, "not the number that the press printed"),
    ("joint_exercises", "security/joint_exercises.csv", "edition == 'I / 2016'", {"type": "bilateral mountain"}, "kind is none of land, naval"),
    ("joint_exercises", "security/joint_exercises.csv", "edition == 'I / 2016'", {"total_troops": "2000"}, "Druzhba with more than 500 soldiers"),
    ("military_spending", "limits/wdi_selected_long.csv", "iso3 == 'PAK' and year == '2015' and indicator_code == 'MS.MIL.XPND.GD.ZS'", {"value": "35.5"}, "share outside 1 to 15 percent"),
    ("gravity_pairs", "trade/cow_dyadic_trade_all_dyads_2014.csv", "ccode1 == '365' and ccode2 == '770'", {"flow1": "4460"}, "not the turnover of the second file"),
    ("gravity_pairs", "trade/worldbank_gdp_current_usd.csv", "`Country Code` == 'PAK' and Year == '2014'", {"Value": "24436000000"}, "is not that of the second copy"),
    ("gravity_fits", "trade/gravity_head_mayer_ries_2006.csv", "iso_o == 'PAK' and iso_d == 'RUS'", {"flow": "1"}, "the flow of 2006 is not that of Correlates of War"),
    ("bilateral_trade", "trade/cow_dyadic_trade_pak_rus_all_partners_1947_2014.csv", "ccode1 == '365' and ccode2 == '770' and year == '1998'", {"flow1": "1000"}, "share outside 0 to 5 percent"),
    ("mirror_trade", "trade/penppml_exports_pak_rus_partners_1964_2016.csv", "exp == 'RUS' and imp == 'PAK' and time == '2012'", {"export": "2070000000"}, "not near what the official said"),
    ("trade_partners", "trade/cow_dyadic_trade_pak_rus_all_partners_1947_2014.csv", "state1 == 'China' and state2 == 'Pakistan' and year == '2014'", {"state1": "PR China"}, "a partner without a code"),
    ("trade_partners", "trade/cow_dyadic_trade_pak_rus_all_partners_1947_2014.csv", "state1 == 'China' and state2 == 'Pakistan' and year == '2014'", {"flow1": "132000"}, "the pairs do not add up to the national total"),
    ("trade_falls", "trade/cow_dyadic_trade_pak_rus_all_partners_1947_2014.csv", "ccode1 == '365' and ccode2 == '770' and year == '2009'", LOST, "not every year of 2004 to 2014"),
    ("growth_base_rates", "trade/cow_dyadic_trade_comparison_set_1947_2014.csv", "ccode1 == '2' and ccode2 == '200' and year == '1948'", {"year": "1949"}, "the key year, pair is not unique"),
    ("dollar_prices", "trade/worldbank_cpi_inflation.csv", "`Country Code` == 'USA' and Year == '1990'", {"CPI": "4.4"}, "the change of prices is not that of the second copy"),
    ("macro_series", "trade/worldbank_population.csv", "`Country Code` == 'PAK' and Year == '2010'", {"Value": "194454"}, "5 percent from that of the year before"),
    ("trade_statements", "trade/turnover_statements.csv", "id == 'TS07'", {"turnover_musd": "7900"}, "the flows do not add up to the turnover"),
    ("trade_changes", "facts", "id == 'TR003'", {"statement": "Trade fell", "note": ""}, "change_pct is not in the fact"),
    ("trade_goods", "trade/composition_statements.csv", "period == '2012' and product == 'fertilisers'", {"value_musd": "35.5"}, "value_musd is not in the fact"),
    ("un_votes", "history/unga_roll_calls_10_countries_2020_2021.csv", "resolution == 'A/RES/74/300'", {"PAK": "yes"}, "a vote other than Y, A, N"),
    ("un_agreement", "un_votes", "year == '1971' and PAK == 'Y'", {"PAK": "N"}, "share_alike_pct differs from share_same"),
    ("un_agreement_by_issue", "history/unga_agreement_pairs_by_issue_decade.csv", "decade == '1980' and issue == 'nu' and a == 'PAK' and b == 'RUS'", {"n_both": "1"}, "calls differs from n_both"),
    ("assembly_agreement", "additions/unga_adopted_roll_calls_1946_2025.csv", "resolution == 'A/RES/38/85'", {"RUS": "", "PAK": ""}, "calls differs from n_both"),
    ("assembly_votes", "additions/unga_adopted_roll_calls_1946_2025.csv", "resolution == 'A/RES/ES-11/1'", {"yes": "14"}, "totals outside 100 to 193"),
    ("council_votes", "additions/unsc_adopted_votes_1946_2025.csv", "res_no == '1559'", {"yes": "6", "abstain": "9"}, "adopted with too few votes"),
    ("council_vetoes", "additions/unsc_vetoes_1946_2022.csv", "draft == 'S/2022/538'", {"vetoed_by": "RUS+IND"}, "vetoed by a state that has no veto"),
    ("council_vetoes", "additions/unsc_vetoes_1946_2022.csv", "draft == 'S/10416'", {"tally_yes_no_abstain": "11-2-22"}, "a tally of more than the 11 members"),
    ("south_asia_votes", "additions/unsc_india_pakistan_votes.csv", "symbol == 'S/RES/303'", {"RUS": "N", "no": "1", "abstain": "3"}, "not as in the record of all texts"),
    ("bank_trade", "additions/sbp_pakistan_trade_by_country_fy24_fy26.csv", "flow == 'imports' and partner == 'Russian Federation'", {"fy2024_kusd": "1020.2"}, "the countries do not add up to the total"),
    ("bank_investment", "additions/sbp_foreign_investment_by_country_fy25_fy26.csv", "country == 'China'", {"fy26_9m_fdi_net": "1168.5"}, "net is not inflow minus outflow"),
    ("imf_editions", "additions/imf_weo_vintages_2020_2025.csv", "edition == '2025-10' and iso3c == 'RUS' and series == 'NGDP_RPCH' and year == '2022'", {"value": "1.4"}, "growth_pct differs from the second copy"),
    ("electricity_ember", "additions/pakistan_electricity_ember_2000_2024.csv", "publisher == 'Ember' and year == '2023' and item == 'hydro' and unit == 'twh'", {"value": "3.9"}, "the sources do not add up to demand"),
    ("ukraine_votes", "history/ukraine_votes_unga_2014_2025.csv", "resolution == '68/262'", {"yes": "1000"}, "above the 193 members"),
]
# fmt: on


def test_every_built_table_has_a_planted_error():
    assert sorted(set(TABLES) - {table for table, *_ in PLANTED}) == [], "add a line to PLANTED"


@needs_raw
@pytest.mark.parametrize(
    ("table", "file", "rows", "planted", "words"), PLANTED, ids=[case[0] for case in PLANTED]
)
def test_a_planted_error_is_rejected(table, file, rows, planted, words, tmp_path, monkeypatch):
    message = rejected(SCRIPTS[TABLES[table]], file, rows, planted, tmp_path, monkeypatch)
    assert message.startswith((f"{table}, ", f"{file}, ")) and words in message, message


@needs_raw
def test_a_cell_that_cannot_be_read_is_rejected_with_the_line_that_reads_it(tmp_path, monkeypatch):
    script = SCRIPTS["security_afghanistan"]
    file, rows, planted = "security/opium_afghanistan.csv", "year == '2003'", {"cultivation_ha": "80 000"}
    message = rejected(script, file, rows, planted, tmp_path, monkeypatch)
    assert re.match(r"opium, afghan_refugees, security_afghanistan.py line \d+: .*80 000", message), message


def rejected(script, file: str, rows: str, planted: dict | str, folder: Path, monkeypatch) -> str:
    """The message with which a script rejects its inputs after something was planted in a copy of one of them."""
    _copy_of_inputs(script, folder)
    monkeypatch.setenv("RUSPAK_RAW", str(folder / "raw"))
    monkeypatch.setattr(common, "DATA", folder / "data")
    _plant(folder / "raw" / file if "/" in file else common.stored(file), rows, planted)
    with pytest.raises(common.Rejected) as error:
        script.validate(RUNNER["make"](script))
    return str(error.value)


def _copy_of_inputs(script, folder: Path) -> None:
    """The raw files that a script names, and the tables of data/ that scripts read."""
    for name in re.findall(RAW_NAME, Path(script.__file__).read_text(encoding="utf-8")):
        (folder / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(common.raw(name), folder / "raw" / name)
    for table in ("facts", "un_votes", "ukraine_votes"):
        for path in (common.stored(table), common.stored(table).with_suffix(".yaml")):
            (folder / path.relative_to(DATA.parent)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / path.relative_to(DATA.parent))


def _plant(path: Path, rows: str, planted: dict | str) -> None:
    if isinstance(planted, str):
        text = path.read_text(encoding="utf-8")
        assert rows in text, f"nothing to plant in: {path.name} has no {rows}"
        path.write_text(text.replace(rows, planted), encoding="utf-8")
        return
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    found = table.query(rows).index
    assert len(found), f"nothing to plant in: {path.name} has no {rows}"
    assert set(planted) <= set(table), f"{path.name} has no column {set(planted) - set(table)}"
    for column, cell in planted.items():
        table.loc[found, column] = cell
    table = table.drop(found) if planted is LOST else table
    table.to_csv(path, index=False, lineterminator="\n")
