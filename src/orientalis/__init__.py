"""Orientalis: an individual-based viability engine for threatened populations."""

__version__ = "0.1.0"
