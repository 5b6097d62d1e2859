"""Types, ids, time, ports, errors and codec: the standard library and msgspec only."""
