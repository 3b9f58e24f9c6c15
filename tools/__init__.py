"""Programs that build what the project ships; not part of the installed package."""
