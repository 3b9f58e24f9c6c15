"""The audit: who did what, in a chain that shows when a link was changed."""
