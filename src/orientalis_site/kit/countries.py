"""The countries and regions of ISO 3166-1, named in the languages of the site by CLDR.

Only the officially assigned codes: none for "unknown", for unions or for what a code is merely reserved for.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from babel import Locale
from django.utils.translation import get_language

from orientalis_site.kit import languages

CODES: tuple[str, ...] = tuple(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT
    MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
    UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()
)
"""The officially assigned codes, in their own order."""
_KNOWN = frozenset(CODES)
_READ_AS = str.maketrans("斐瑙梵汶秘", "匪恼范问必")
"""Characters outside the part of GB 2312 that is in the order of pinyin, or read otherwise in the name of a country
(Peru is bì), and others that are read the same."""


def is_code(text: str) -> bool:
    """Whether this is one of the codes, written as they are: two capital letters."""
    return text in _KNOWN


def name(code: str, language: str | None = None) -> str:
    """The name of a country, in the active language by default; what is no code stands for itself."""
    return _names(_language(language)).get(code, code)


def choices(language: str | None = None) -> tuple[tuple[str, str], ...]:
    """(code, name) of all, in the order in which readers of the language look for them."""
    return _choices(_language(language))


def _language(language: str | None) -> str:
    wanted = language or get_language() or languages.CODES[0]
    return wanted if wanted in languages.CODES else languages.CODES[0]


@cache
def _names(language: str) -> dict[str, str]:
    known = Locale.parse(languages.TAGS[language], sep="-").territories
    return {code: str(known[code]) for code in CODES}


@cache
def _choices(language: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(_names(language).items(), key=lambda item: _order(item[1], language)))


def _order(text: str, language: str) -> bytes:
    """Where a name stands among the others: pinyin in Chinese, where the first 3,755 characters of GB 2312 are in its
    order; elsewhere the letters without marks, ё as е, and й after и as in every Russian list."""
    if language == "zh-hans":
        return text.translate(_READ_AS).encode("gb18030")
    folded = text.casefold().replace("ё", "е")
    if language == "ru":
        return folded.encode()
    plain = unicodedata.normalize("NFD", folded)
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).encode()
