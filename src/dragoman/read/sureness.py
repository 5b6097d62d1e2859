"""How sure a mention's actor is, by what decided: steps that order decisions, set by hand; no estimates of probability."""

NAMED = 0.95
"""The words are the actor's own name, and nobody else of the gazetteer bears it."""
SHARED = 0.6
"""The words are the name of several actors of the gazetteer; the likeliest was taken, the reason names the others."""
TOLD = 0.95
"""The text says whom the person or post belongs to."""
HELD = 0.85
"""The person held a post of the tables on the document's day."""
BY_POST = 0.8
"""A pronoun, a bare post or a counterpart, linked to somebody named beside it."""
OWN_SIDE = 0.7
"""The text names no side, and the post or "we" is taken for that of whom the document speaks for."""
LINKED_GROUP = 0.6
"""A plural such as "both sides", linked to those named last."""
OPEN = 0.0
"""No actor was found."""
