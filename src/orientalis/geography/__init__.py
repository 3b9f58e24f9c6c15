"""Landscapes: load those of the catalogue or one's own, check them, or make one up."""

from orientalis.geography.habitat import patch_areas, potential_habitat
from orientalis.geography.landscape import CLASSES, REQUIRED_LAYERS, Landscape
from orientalis.geography.load import landscape_folder, landscape_names, load_landscape
from orientalis.geography.save import write_landscape
from orientalis.geography.synthetic import synthetic
from orientalis.geography.vectors import load_vectors
from orientalis.geography.window import crop_landscape

__all__ = [
    "CLASSES",
    "REQUIRED_LAYERS",
    "Landscape",
    "crop_landscape",
    "landscape_folder",
    "landscape_names",
    "load_landscape",
    "load_vectors",
    "patch_areas",
    "potential_habitat",
    "synthetic",
    "write_landscape",
]
