"""Names of places in the reader's language. A place that is not here keeps the name that the map has."""

from __future__ import annotations

from django.utils.translation import pgettext


def place_name(name: str) -> str:
    """The name of a place; names are looked up without regard to capitals and underscores."""
    known = _names()
    return known.get(_key(name), name)


def _key(name: str) -> str:
    return name.replace("_", " ").replace("'", "’").casefold()


def _names() -> dict[str, str]:
    names = {
        "russia": pgettext("place", "Russia"),
        "china": pgettext("place", "China"),
        "north korea": pgettext("place", "North Korea"),
        "Land of the Leopard National Park": pgettext("place", "Land of the Leopard National Park"),
        "Kedrovaya Pad Nature Reserve": pgettext("place", "Kedrovaya Pad Nature Reserve"),
        "Hunchun National Nature Reserve": pgettext("place", "Hunchun National Nature Reserve"),
        "Northeast China Tiger and Leopard National Park": pgettext(
            "place", "Northeast China Tiger and Leopard National Park"
        ),
        "Antu": pgettext("place", "Antu"),
        "Arsen’yev": pgettext("place", "Arsenyev"),
        "Artëm": pgettext("place", "Artyom"),
        "Chaihe": pgettext("place", "Chaihe"),
        "Chengzihe": pgettext("place", "Chengzihe"),
        "Didao": pgettext("place", "Didao"),
        "Dongning": pgettext("place", "Dongning"),
        "Hailin": pgettext("place", "Hailin"),
        "Helong": pgettext("place", "Helong"),
        "Hengshan": pgettext("place", "Hengshan"),
        "Hoeryŏng": pgettext("place", "Hoeryong"),
        "Hunchun": pgettext("place", "Hunchun"),
        "Jidong": pgettext("place", "Jidong"),
        "Jixi": pgettext("place", "Jixi"),
        "Linkou": pgettext("place", "Linkou"),
        "Longjing": pgettext("place", "Longjing"),
        "Mudanjiang": pgettext("place", "Mudanjiang"),
        "Muling": pgettext("place", "Muling"),
        "Nakhodka": pgettext("place", "Nakhodka"),
        "Namyang-nodongjagu": pgettext("place", "Namyang"),
        "Partizansk": pgettext("place", "Partizansk"),
        "Rajin": pgettext("place", "Rajin"),
        "Spassk-Dal’niy": pgettext("place", "Spassk-Dalny"),
        "Suifenhe": pgettext("place", "Suifenhe"),
        "Tumen": pgettext("place", "Tumen"),
        "Ŭndŏk": pgettext("place", "Undok"),
        "Ussuriysk": pgettext("place", "Ussuriysk"),
        "Vladivostok": pgettext("place", "Vladivostok"),
        "Wangqing": pgettext("place", "Wangqing"),
        "Yanji": pgettext("place", "Yanji"),
    }
    return {_key(name): words for name, words in names.items()}
