"""What the catalogue says of a quantity: its unit, what its value may be, and what it means."""

from math import inf
from typing import NamedTuple


class Field(NamedTuple):
    """One quantity of the catalogue: its unit, what its value may be, and what it means."""

    unit: str
    meaning: str
    minimum: float = 0.0
    maximum: float = inf
    is_list: bool = False
    length: int = 0
    sums_to_one: bool = False

    @property
    def span(self) -> str:
        """Return the range in words: "0 to 1 probability/year", "0 km or more"."""
        unit = "" if self.unit == "1" else f" {self.unit}"
        if self.maximum == inf:
            return f"{self.minimum:g}{unit} or more"
        return f"{self.minimum:g} to {self.maximum:g}{unit}"
