"""Places for names on a map so that none covers another: first come, first served."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """A name to place: its anchor in pixels, its font size, whether it belongs to a dot."""

    text: str
    x: float
    y: float
    size: float
    kind: str


@dataclass(frozen=True)
class Placed:
    """A name with the left end of its baseline's middle, in pixels."""

    text: str
    x: float
    y: float
    size: float
    kind: str
    anchor_x: float
    anchor_y: float


def place(
    labels: list[Label], width: float, height: float, keep_clear: list[tuple[float, float, float, float]]
) -> list[Placed]:
    """Place labels in order, each at the first free spot around its anchor; those without one are left out."""
    taken = list(keep_clear)
    found: list[Placed] = []
    for label in labels:
        long = len(label.text) * label.size * (0.72 if label.kind == "country" else 0.56)
        tall = label.size * 1.15
        gap = 6.0 if label.kind == "place" else 0.0
        if label.kind == "place":
            spots = [(gap, 0.0), (-gap - long, 0.0), (-long / 2, -tall), (-long / 2, tall)]
        else:
            spots = [(-long / 2, shift) for shift in (0.0, -tall, tall, -2 * tall, 2 * tall, -3 * tall, 3 * tall)]
        for dx, dy in spots:
            left, middle = label.x + dx, label.y + dy
            box = (left - 2, middle - tall / 2, left + long + 2, middle + tall / 2)
            is_inside = box[0] >= 2 and box[1] >= 2 and box[2] <= width - 2 and box[3] <= height - 2
            if is_inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found.append(Placed(label.text, left, middle, label.size, label.kind, label.x, label.y))
                break
    return found


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
