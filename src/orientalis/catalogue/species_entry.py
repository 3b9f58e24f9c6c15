"""A species of the catalogue, as the rest of the program sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from orientalis.core.errors import InputError, nearest_name
from orientalis.core.quantity import Quantity


class SurvivalClass(NamedTuple):
    """A class of ages with survival rates of its own: [from_months, to_months), 0 as the end: no end."""

    name: str
    from_months: int
    to_months: int
    variation: str

    @property
    def months(self) -> int:
        """Length of the class in months; 0: no end."""
        return self.to_months - self.from_months if self.to_months else 0


@dataclass(frozen=True)
class Species:
    """A species: its names, its classes of age and its quantities by dotted path.

    Every quantity is in the unit of `species_fields`, survivals in probability/year or probability/stage. `sha256`
    is that of the file's bytes. `variation_distribution` is "logit_normal" or "uniform".
    """

    name: str
    scientific_name: str
    common_names: Mapping[str, str]
    note: str
    classes: tuple[SurvivalClass, ...]
    variation_distribution: str
    file: Path
    sha256: str
    _quantities: Mapping[str, Quantity] = field(repr=False)

    def quantities(self) -> dict[str, Quantity]:
        """Return all quantities by dotted path, in the order of the table of fields."""
        return dict(self._quantities)

    def quantity(self, path: str) -> Quantity:
        """Return the quantity at a dotted path; InputError with the nearest path when there is none."""
        if path not in self._quantities:
            raise InputError(
                f"the species {self.name} has no parameter of this name",
                file=self.file,
                value=path,
                nearest=nearest_name(path, self._quantities),
            )
        return self._quantities[path]

    def value(self, path: str) -> float:
        """Return the value at a dotted path that holds a single number."""
        return self.quantity(path).number

    def values(self, path: str) -> tuple[float, ...]:
        """Return the numbers at a dotted path that holds a list (a single number: a list of one)."""
        value = self.quantity(path).value
        return value if isinstance(value, tuple) else (value,)

    def with_threats(self, quantities: Mapping[str, Quantity]) -> "Species":
        """Return the species with the quantities of threats, by dotted path, beside its own."""
        return replace(self, _quantities={**self._quantities, **quantities})

    def has(self, section: str) -> bool:
        """Return whether the species has a section such as "territory" (else that process is off)."""
        return any(path.startswith(section + ".") for path in self._quantities)
