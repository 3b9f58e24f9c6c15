"""Keeping what the site knows: back-ups of database and bundles, and the way back."""
