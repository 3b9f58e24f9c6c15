"""How to cite a view of the site: as a line of text in the reader's language, as BibTeX, as CSL-JSON.

The view is fixed by its address and the hash of the bundle it shows; the runs behind its numbers are named by their
hashes.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from django.utils import translation
from django.utils.translation import pgettext

from orientalis_site.kit.numerals import day, year

AUTHORS = "The Orientalis authors"
SITE = "Orientalis"
SHORT = 12
"""Characters of a hash that a line of text shows; BibTeX and CSL-JSON give the whole."""
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "\u00a0": "~",
    "\u2009": r"\,",
    "\u202f": r"\,",
    "\u2012": "--",
    "\u2013": "--",
    "\u2014": "---",
    "\u2212": "$-$",
}
_SAFE_IN_ADDRESS = "/:?#[]@!$&'()*+,;=%-._~"


@dataclass(frozen=True)
class Citation:
    """A view to cite: its title and address, the date of its bundle, hashes, the version of the program.

    `accessed`: when the reader saw it; None leaves it out.
    """

    title: str
    url: str
    date: datetime.date
    bundle_hash: str
    version: str
    run_hashes: tuple[str, ...]
    accessed: datetime.date | None = None

    @property
    def key(self) -> str:
        """A key that stays the same for the same view of the same bundle, whenever it was seen."""
        digest = hashlib.sha256(f"{self.url}\n{self.bundle_hash}".encode()).hexdigest()
        return f"orientalis{self.date.year}-{digest[:8]}"

    def text(self, language: str) -> str:
        """One line of plain text, in the order and with the words of `language`."""
        with translation.override(language):
            parts = [
                # Translators: a citation, in the order of your language. Russian (GOST R 7.0.5):
                # "%(title)s // %(site)s : [сайт]. %(year)s." and the like; Chinese (GB/T 7714):
                # "%(authors)s. %(title)s[EB/OL]. %(site)s, %(year)s."
                pgettext("citation", "%(authors)s (%(year)s). %(title)s. %(site)s, version %(version)s.")
                % {
                    "authors": pgettext("citation", "The Orientalis authors"),
                    "year": year(self.date.year),
                    "title": _flat(self.title).rstrip(".。"),
                    "site": SITE,
                    "version": self.version,
                },
                pgettext("citation", "Evidence bundle %(hash)s of %(date)s.")
                % {"hash": self.bundle_hash[:SHORT], "date": day(self.date)},
            ]
            if self.run_hashes:
                runs = pgettext("citation", ", ").join(value[:SHORT] for value in self.run_hashes)
                parts.append(pgettext("citation", "Runs: %(hashes)s.") % {"hashes": runs})
            parts.append(_address(self.url))
            if self.accessed is not None:
                # Translators: the date on which a reader saw the page.
                parts.append(pgettext("citation", "(accessed %(date)s)") % {"date": day(self.accessed)})
            return " ".join(parts)

    def bibtex(self) -> str:
        """A @misc entry; the address stands as it is, all other text escaped."""
        fields = {
            "author": f"{{{_tex(AUTHORS)}}}",
            "title": f"{{{_tex(self.title)}}}",
            "year": str(self.date.year),
            "month": str(self.date.month),
            "howpublished": rf"\url{{{_address(self.url)}}}",
            "url": _address(self.url),
            "note": _tex(self._note()),
            "version": _tex(self.version),
        }
        if self.accessed is not None:
            fields["urldate"] = self.accessed.isoformat()
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        return "\n".join([f"@misc{{{self.key},", *lines, "}"]) + "\n"

    def csl(self) -> dict[str, object]:
        """The item as CSL-JSON, ready for json.dumps."""
        item: dict[str, object] = {
            "id": self.key,
            "type": "webpage",
            "title": _flat(self.title),
            "author": [{"literal": AUTHORS}],
            "container-title": SITE,
            "issued": _date_parts(self.date),
            "URL": _address(self.url),
            "version": self.version,
            "note": self._note(),
        }
        if self.accessed is not None:
            item["accessed"] = _date_parts(self.accessed)
        return item

    def _note(self) -> str:
        runs = f"; runs sha256:{', sha256:'.join(self.run_hashes)}" if self.run_hashes else ""
        return f"evidence bundle sha256:{self.bundle_hash}{runs}"


def _date_parts(value: datetime.date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[value.year, value.month, value.day]]}


def _flat(text: str) -> str:
    """One line: no control characters, no space twice; thin and fixed spaces stay."""
    plain = "".join(" " if unicodedata.category(mark) in ("Cc", "Zl", "Zp") else mark for mark in text)
    return re.sub(" {2,}", " ", plain).strip(" ")


def _tex(text: str) -> str:
    return "".join(_TEX.get(mark, mark) for mark in _flat(text))


def _address(url: str) -> str:
    """The address with all but its own marks in per cent code, so that no brace, space or backslash is left."""
    return quote(_flat(url), safe=_SAFE_IN_ADDRESS)
