"""From claims to a record: which reports tell of one event, what they say together, what analysts decided about them."""
