"""Exports: tables and the shapes of other tools."""
