"""`python -m orientalis`: the command line."""

from orientalis.cli import main

main()
