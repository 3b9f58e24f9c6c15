"""The public site: it shows what a bundle holds, and never simulates. Of the library it imports `evidence` alone."""
