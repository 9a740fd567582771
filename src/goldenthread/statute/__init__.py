"""The law as dated data with citations, and the code that counts it. Pure Python: no Django, no clock."""
