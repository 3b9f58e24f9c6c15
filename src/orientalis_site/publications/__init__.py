"""Bundles on the site's shelf: loading, the pointer to the one that is shown, and the record of what was published."""
