"""What is known and who said so: species, references, counts, landscapes."""

from orientalis.catalogue.species_entry import Species, SurvivalClass
from orientalis.catalogue.species_loader import load_species, species_names

__all__ = ["Species", "SurvivalClass", "load_species", "species_names"]
