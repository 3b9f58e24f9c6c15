"""Webhooks: other sites are told what happens to petitions, signed, and never anything of a person."""
