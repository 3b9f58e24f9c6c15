"""How many signed: by country, day and version. Of the rows themselves for a delivery, of the tick's count before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from orientalis_site.petition.models import Petition

FEW = 5
"""Countries with fewer signatures than this are shown as one, so that nobody is found by a country (assumed)."""


@dataclass
class Tally:
    """Confirmed signatures of a petition. `last` is the id of the newest; `named` counts those shown with a name."""

    confirmed: int = 0
    named: int = 0
    last: int = 0
    countries: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    versions: Counter[int] = field(default_factory=Counter)

    def grouped(self) -> tuple[list[tuple[str, int]], int, int]:
        """Countries with many signatures, the most first; how many countries are grouped, and their signatures."""
        large = [(code, count) for code, count in self.countries.items() if count >= FEW and code]
        small = [count for code, count in self.countries.items() if count < FEW or not code]
        return sorted(large, key=lambda one: (-one[1], one[0])), len(small), sum(small)


def counted(petition: Petition) -> Tally:
    """What the tick has counted."""
    held = petition.count
    return Tally(
        confirmed=held.confirmed,
        countries=Counter(held.countries),
        days=Counter(held.days),
        versions=Counter({int(number): count for number, count in held.versions.items()}),
    )
