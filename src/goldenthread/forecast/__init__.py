"""Forecast of EHC plans, places and money: pure Python and numpy, usable without the site.

Arrays name their axes by letter: S simulations, T past years, H future years, A single years of age,
N primary needs, P placements, L section 251 lines. Plans are heads at the January census of a calendar year;
money is in pounds by financial year (1 April to 31 March).
"""
