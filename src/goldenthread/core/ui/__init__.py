"""The interface kit: typed things that views and presenters hand to the templates.

docs/interface.md shows each with an example. Nothing here knows a rule of casework.
"""
