"""What the published figures do not say, and the demonstration county therefore assumes.

Counts are for a county of 6,054 plans in January 2024, the size of the published one, and are scaled.
Fitted so that what is published comes out (`tests/demo/test_county.py` holds it to that).
"""

from __future__ import annotations

# Third Thursdays of January: the SEN2 census days (2023 and 2024 confirmed; the earlier years by rule).
CENSUS_DAYS = {2019: (1, 17), 2020: (1, 16), 2021: (1, 21), 2022: (1, 20), 2023: (1, 19), 2024: (1, 18)}
YEARS = (2019, 2020, 2021, 2022, 2023)

# January 2019 stock by age on 31 August 2018, inside the published age groups.
STOCK_2019_BY_AGE = {
    2: 3, 3: 34, 4: 80, 5: 108, 6: 164, 7: 182, 8: 198, 9: 214, 10: 228, 11: 264, 12: 268, 13: 271,
    14: 274, 15: 276, 16: 276, 17: 272, 18: 263, 19: 268, 20: 90, 21: 55, 22: 35, 23: 18, 24: 7,
}  # fmt: skip

# Published flows do not close. January stocks are the truth; what is missing is plans that moved in from
# other councils, spread over these ages, or (2020, 2021) more plans that moved out than were reported.
MOVED_IN_BY_AGE = {
    3: 1.6, 4: 4.5, 10: 0.4, 11: 1.4, 12: 1.6, 13: 1.6, 14: 1.4, 15: 0.8, 16: 0.6, 17: 0.6, 18: 0.8,
    19: 1.6, 20: 1.8, 21: 1.8, 22: 1.2,
}  # fmt: skip

# How likely a plan is to cease by age on 31 August before, relative to each other from 16; the year's
# published total sets the level. Below 16, the same small chance at every age. After 24, certain: a plan
# ends with the academic year of the 25th birthday.
CEASE_BELOW_16 = 0.003
CEASE_FROM_16 = {16: 0.05, 17: 0.05, 18: 0.14, 19: 0.11, 20: 0.25, 21: 0.20, 22: 0.20, 23: 0.30}
LAST_AGE = 24

# Refused requests that mediation or the tribunal turned into an assessment. Without them the published
# refusals leave too few requests for the published plans. (plan year, request year): plans.
PLANS_AFTER_REFUSAL = {
    (2019, 2018): 10, (2019, 2019): 20, (2020, 2019): 35, (2020, 2020): 40, (2021, 2020): 50,
    (2021, 2021): 80, (2022, 2021): 40, (2022, 2022): 60, (2023, 2022): 75, (2023, 2023): 35,
}  # fmt: skip
ASSESSING_AFTER_REFUSAL = 60  # of 2023's refusals, still being assessed at the census
PLANS_2019_FROM_2018 = 190  # plans of 2019 whose request was agreed in 2018
LEFT_FROM_2022 = 16  # requests of 2022 still being assessed at the January 2024 census
PLANS_JANUARY_2024 = 32  # published: plans in place for less than a year at the January 2024 census
REQUESTS_JANUARY_2024 = 105  # 18 days at the pace of late 2023

# Not published before 2023 (requests) and 2022 (assessments): the later rate is taken for earlier years.
REQUESTS_WITHDRAWN = {2019: 3, 2020: 3, 2021: 3, 2022: 6}
ASSESSMENTS_WITHDRAWN = {2019: 3, 2020: 3, 2021: 3}
WITHIN_SIX_WEEKS = {2018: 0.90, 2019: 0.90, 2020: 0.90, 2021: 0.85, 2022: 0.62}
ASKED_BEFORE = 0.08  # share of refused requests whose family asked again and got a plan
DECIDED_TO_ISSUE = 0.25  # of open assessments over 14 weeks old: decided to issue, plan not yet sent

MALE = {"stock": 0.732, "refused": 0.640}  # new plans and open requests have published figures

# Share of plans in special schools relative to the published share of the age, by academic years since
# the plan was made: most new plans name a mainstream school, and some of those children move later.
SPECIAL_BY_YEARS = (0.50, 0.68, 0.88, 0.94, 1.00, 1.04)
SPECIAL_STOCK = 1.24  # plans made before 2019
# Young people in no setting or elsewhere, of 16 and over: share of the 2024 level by academic year start.
ELSEWHERE_LEVEL = {2018: 0.38, 2019: 0.60, 2020: 0.72, 2021: 0.85, 2022: 0.88, 2023: 1.0}

REQUEST_SOURCE = {"1": 52, "2": 41, "3": 4, "4": 2, "5": 1}
ETHNICITY = {
    "WBRI": 79.0, "WIRI": 0.3, "WOTH": 5.0, "MWBC": 1.6, "MWBA": 0.8, "MWAS": 1.4, "MOTH": 1.4, "AIND": 3.6,
    "APKN": 0.9, "ABAN": 0.3, "AOTH": 1.0, "BCRB": 0.4, "BAFR": 1.4, "BOTH": 0.4, "CHNE": 0.3, "OOTH": 0.9,
    "WIRT": 0.1, "WROM": 0.2, "REFU": 0.4, "NOBT": 0.6,
}  # fmt: skip
# Councils that plans move in from: the published one's statistical neighbours.
NEIGHBOURS = ("916", "895", "931", "802", "855", "938", "850", "877", "865", "881")
