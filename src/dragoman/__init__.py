"""Dragoman reads documents and keeps the mediator's record."""

__version__ = "0.1.0"
