"""Limits: token buckets in the database."""
