"""What is known and who said so: species, references, counts, published figures, petitions, landscapes."""

from orientalis.catalogue.count_series import Count, count_names, load_counts
from orientalis.catalogue.describe import (
    citations_of,
    describe_parameter,
    describe_quantity,
    describe_threat,
    fields_table,
    readable_note,
)
from orientalis.catalogue.field import Field
from orientalis.catalogue.petition_entry import Petition, Statement, Written
from orientalis.catalogue.petition_loader import load_petition, petition_names
from orientalis.catalogue.published_figures import PublishedFigure, load_published, published_names
from orientalis.catalogue.references import Reference, load_references, reference
from orientalis.catalogue.species_entry import Species, SurvivalClass
from orientalis.catalogue.species_fields import check_value, field_of
from orientalis.catalogue.species_loader import load_species, species_names
from orientalis.catalogue.species_schema import species_schema
from orientalis.catalogue.threat_fields import NEEDS, ON_A_MAP, THREATS
from orientalis.catalogue.threat_loader import Threat, load_threat, threat_names
from orientalis.catalogue.toml_file import read_text, read_toml

__all__ = [
    "NEEDS",
    "ON_A_MAP",
    "THREATS",
    "Count",
    "Field",
    "Petition",
    "PublishedFigure",
    "Reference",
    "Species",
    "Statement",
    "SurvivalClass",
    "Threat",
    "Written",
    "check_value",
    "citations_of",
    "count_names",
    "describe_parameter",
    "describe_quantity",
    "describe_threat",
    "field_of",
    "fields_table",
    "load_counts",
    "load_petition",
    "load_published",
    "load_references",
    "load_species",
    "load_threat",
    "petition_names",
    "published_names",
    "read_text",
    "read_toml",
    "readable_note",
    "reference",
    "species_names",
    "species_schema",
    "threat_names",
]
