"""The petition: its text and evidence, its signatures, their count."""
