"""The people who run the site: their accounts, roles and tools."""
