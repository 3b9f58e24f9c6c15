"""A petition as it was handed over: reading it, and proving that it is whole and unchanged."""

from orientalis.delivery.check import Report, verify
from orientalis.delivery.opening import DeliveryError

__all__ = ["DeliveryError", "Report", "verify"]
