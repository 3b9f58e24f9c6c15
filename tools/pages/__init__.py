"""The generated pages and tables of the documentation, one kind a module."""
