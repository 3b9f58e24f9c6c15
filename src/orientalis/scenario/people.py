"""What poaching and rangers ask of a study before anything runs."""

from orientalis.core.errors import InputError
from orientalis.scenario.spec import RunSpec

SHARES = tuple(f"poaching.{channel}_share" for channel in ("trade", "snare", "retaliation", "accident"))
"""The shares of the hazard of killing that are given; the rest belongs to chance."""


def check_people(spec: RunSpec) -> None:
    """Refuse poaching without a map or without killing hazards, shares above 1, and shares that change over years."""
    if not spec.species.has("poaching"):
        return
    if spec.landscape is None:
        raise InputError(
            "poaching needs a map: hunters set out from villages",
            key="threats.poaching",
            expected="a landscape with a layer `people`, or poaching = false",
        )
    if not spec.species.has("killing"):
        raise InputError(
            "poaching splits the species' hazard of being killed, and it has none",
            file=spec.species.file,
            key="[killing]",
            expected="the section, or poaching = false",
        )
    held = [spec.content["parameters"][path] for path in SHARES]
    total = sum(entry.get("high", entry["value"]) for entry in held)
    if total > 1.0 + 1e-9:
        raise InputError(
            "the shares of the channels of killing exceed 1" + (" in some draws" if spec.draws else ""),
            key=", ".join(SHARES),
            value=round(total, 6),
            expected="a sum of 1 or less; the rest is killing by chance",
        )
    for index, change in enumerate(spec.changes):
        if change.parameter in SHARES:
            raise InputError(
                "the shares of the channels describe today: they cannot change over the years",
                key=f"scenario {spec.scenario}, change[{index + 1}].parameter",
                value=change.parameter,
                expected="the same path under [parameters], or a change of what drives the channel, such as "
                "poaching.skin_price",
            )
