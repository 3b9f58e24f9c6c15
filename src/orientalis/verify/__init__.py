"""Published cases and exact answers against what the program gives."""

from orientalis.verify.row import Row

__all__ = ["Row", "case_names", "run_cases"]


def case_names() -> tuple[str, ...]:
    """Names of all rows, in the order of the table."""
    from orientalis.verify.cases import CASES

    return tuple(name for case in CASES for name in case.rows)


def run_cases(only: str | None = None, quick: bool = False) -> list[Row]:
    """The rows of all cases, or of those that `only` selects: the case of that name and all below it ("V5", "V5.x").

    quick: small members, within two minutes in all. InputError for an unknown case, with the nearest name.
    """
    from orientalis.core.errors import InputError, nearest_name
    from orientalis.verify.cases import CASES

    names = case_names()
    wanted = {name for name in names if only is None or name == only or name.startswith(f"{only}.")}
    if not wanted:
        families = sorted({".".join(name.split(".")[:k]) for name in names for k in range(1, name.count(".") + 2)})
        raise InputError(
            "unknown case",
            key="--only",
            value=only,
            expected="one of " + ", ".join(families),
            nearest=nearest_name(str(only), families),
        )
    rows = [row for case in CASES if wanted.intersection(case.rows) for row in case.run(quick)]
    return [row for row in rows if row.case in wanted]
