"""Cited briefs, rows and charts made from claims and records."""
