"""Words for counts: where, how, whom, and how well the number is known to be what was said."""

from __future__ import annotations

import re

from django.utils.translation import pgettext

from orientalis_site.kit.numerals import number

_SIZED = re.compile(r"(.+) \((\d+) km2\)")


def area_words(area: str) -> str:
    """The area of a count; unknown ones keep their own words. A size in its name is written as the language does."""
    found = _SIZED.fullmatch(area)
    name, size = (found[1], number(int(found[2]))) if found else (area, "")
    words = {
        "Russia": pgettext("count area", "Russia"),
        "China": pgettext("count area", "China"),
        "Russia and China": pgettext("count area", "Russia and China"),
        "Jilin (China)": pgettext("count area", "Jilin (China)"),
        "Heilongjiang (China)": pgettext("count area", "Heilongjiang (China)"),
        "study area in Jilin (China)": pgettext("count area", "study area in Jilin (China)"),
        "Land of the Leopard with buffer": pgettext("count area", "Land of the Leopard with its rim"),
        "Northeast China Tiger and Leopard National Park": pgettext(
            "place", "Northeast China Tiger and Leopard National Park"
        ),
    }.get(name, name)
    sized = pgettext("count area", "%(area)s, %(size)s km²")
    return sized % {"area": words, "size": size} if size else words


def method_words(method: str) -> str:
    """The method in two words; details stand at the source."""
    kinds = (
        ("camera", pgettext("count method", "camera traps")),
        ("genetic", pgettext("count method", "genetics")),
        ("track", pgettext("count method", "snow tracks")),
        ("survey", pgettext("count method", "survey")),
        ("expert", pgettext("count method", "judgement")),
        ("monitoring", pgettext("count method", "monitoring")),
        ("press", pgettext("count method", "press")),
    )
    return next((words for mark, words in kinds if mark in method), pgettext("count method", "method not stated"))


def group_words(group: str) -> str:
    """Which animals were counted."""
    return pgettext("count group", "adults") if group == "adults" else pgettext("count group", "all ages")


def standing_words(standing: str) -> str:
    """Who said it, and how."""
    return {
        "published": pgettext("count standing", "published"),
        "announced": pgettext("count standing", "announced"),
        "secondary": pgettext("count standing", "second-hand"),
        "recalled": pgettext("count standing", "from memory"),
    }.get(standing, standing)
