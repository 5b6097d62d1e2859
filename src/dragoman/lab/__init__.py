"""Scoring, benches and gates: how well coders do, and by whose measure."""
