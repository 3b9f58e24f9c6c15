"""A number, its range or one end of it, as a source gives it: what published figures and statements share."""

from typing import Annotated, Self

from pydantic import Field, StrictStr, model_validator

from orientalis.catalogue.table_model import Table

Number = Annotated[float, Field(allow_inf_nan=False)]


class NumberTable(Table):
    """`value`, `low`, `high`, each of which may lack, and their unit. low ≤ value ≤ high; shares of chance in [0, 1].

    `low` without `high` is a minimum, `high` without `low` a maximum.
    """

    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: StrictStr = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        numbers = [number for number in (self.low, self.value, self.high) if number is not None]
        if numbers != sorted(numbers):
            raise ValueError("low, value and high are not in order")
        if numbers and not self.unit:
            raise ValueError("a number without a unit")
        if self.unit.startswith("probability") and any(not 0.0 <= number <= 1.0 for number in numbers):
            raise ValueError("a probability outside [0, 1]")
        return self

    @property
    def has_number(self) -> bool:
        """Whether any of the three is given."""
        return not self.value is self.low is self.high is None
