"""Findings on the record: channels, carriers, mediators, coalitions, tension.

Pure functions over events and claims; each figure comes with the records and the formula behind it.
"""
