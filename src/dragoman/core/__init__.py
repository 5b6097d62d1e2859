"""Types, ids, time, ports, errors and codec: the standard library and msgspec only.

What there are many of (spans, participants, claims, events) is declared with `gc=False`: such a value is a tree of others that
were made before it, never part of a cycle, so the collector of cycles need not walk through a hundred thousand of them.
"""
