"""Engines behind the core's ports: parsers, stores, fetchers. The only package that imports engines."""
