"""Build the landscape `southwest_primorye` from published packages: `python -m tools.landscape.build --cache FOLDER`.

One module per family of layers. Every number that rests on judgement stands in `assumptions.py`.
"""
