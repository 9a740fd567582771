"""The law as dated data, and the small code that counts it. Pure Python: knows neither Django nor the site.

`rules` reads the time limits, `deadlines` counts them, `exceptions` says when a late step is excused,
`codes` holds the SEN2 code sets, `identifiers` checks UPN, ULN, NHS number and the like.
"""
