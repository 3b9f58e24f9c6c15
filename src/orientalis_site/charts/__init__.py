"""Charts drawn once, on the server, as SVG; a small script reads them out in place. Pure functions of the evidence."""

from orientalis_site.charts.certainty import certainty
from orientalis_site.charts.chart import Cell, Chart, Table
from orientalis_site.charts.counted import counted
from orientalis_site.charts.deaths import deaths
from orientalis_site.charts.extinction import extinction
from orientalis_site.charts.fan import fan
from orientalis_site.charts.growth import growth
from orientalis_site.charts.moves import moves
from orientalis_site.charts.occupancy_map import occupancy_map
from orientalis_site.charts.supporters_map import supporters_map
from orientalis_site.charts.surroundings import surroundings

__all__ = [
    "Cell",
    "Chart",
    "Table",
    "certainty",
    "counted",
    "deaths",
    "extinction",
    "fan",
    "growth",
    "moves",
    "occupancy_map",
    "supporters_map",
    "surroundings",
]
