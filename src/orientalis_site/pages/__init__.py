"""The pages: what each takes from the bundle, and the words for it."""
