"""Plain second forms of fast code: slow, readable, and equal to the last bit."""
