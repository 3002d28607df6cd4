"""`checker serve`: requests as lines of JSON, answered in their order, for programs that are not written in Python.

`protocol` reads a line into a request, `answering` answers it, `loop` moves the lines; `schema.json` describes them.
"""
