"""The SEN2 return as plain Python: records, readers (XML, COLLECT blades, Excel template), writer.

Nothing in this package knows Django, except that `goldenthread.returns` loads what it yields.
"""
