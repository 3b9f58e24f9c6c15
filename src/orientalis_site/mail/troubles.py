"""What an error of the mail server means for a letter. Its words are never kept: they may hold the address."""

from __future__ import annotations

import errno
import re
import smtplib
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Fate(Enum):
    """What becomes of the letter."""

    LATER = "later"  # try it again
    NO_MAILBOX = "no mailbox"  # refused for good, and so will be every other to this address
    REFUSED = "refused"  # this letter is refused for good
    DOWN = "down"  # the server takes nothing from us, whatever letter it is
    UNSURE = "unsure"  # it was handed over, and then the line broke


@dataclass(frozen=True)
class Verdict:
    """The fate, and the trouble in words that name nobody."""

    fate: Fate
    trouble: str


def judge(error: BaseException, *, is_handed_over: bool = False) -> Verdict:
    """What an error means. `is_handed_over`: the server may already hold the letter."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()), (0, b""))
        return _by_code(error, int(code), words, is_about_recipient=True)
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Verdict(Fate.DOWN, _named(error, error.smtp_code, _enhanced(error.smtp_error)))
    if isinstance(error, smtplib.SMTPDataError):
        return _by_code(error, error.smtp_code, error.smtp_error, is_about_recipient=False)
    if isinstance(error, smtplib.SMTPResponseException):
        return Verdict(Fate.DOWN, _named(error, error.smtp_code, ""))
    if isinstance(error, (smtplib.SMTPException, OSError)) and not _is_anymail(error):
        return Verdict(Fate.UNSURE if is_handed_over else Fate.DOWN, _named(error, 0, ""))
    return _by_provider(error) if _is_anymail(error) else Verdict(Fate.LATER, _named(error, 0, ""))


def _by_code(error: Exception, code: int, words: object, *, is_about_recipient: bool) -> Verdict:
    enhanced = _enhanced(words)
    trouble = _named(error, code, enhanced)
    if code == 421:
        return Verdict(Fate.DOWN, trouble)
    # What is about us and not about the mailbox (relaying, policy, sign-in) is ours to mend: nobody has bounced.
    if code < 500 or enhanced.startswith("5.7.") or code in (530, 535):
        return Verdict(Fate.LATER, trouble)
    is_mailbox = is_about_recipient or enhanced.startswith("5.1.") or enhanced == "5.2.1"
    return Verdict(Fate.NO_MAILBOX if is_mailbox else Fate.REFUSED, trouble)


def _enhanced(words: object) -> str:
    """The enhanced status (RFC 3463) at the beginning of an answer; empty where there is none."""
    text = words.decode("latin-1") if isinstance(words, bytes) else str(words)
    found = re.match(r"\s*([245]\.\d{1,3}\.\d{1,3})\b", text)
    return found[1] if found else ""


def _named(error: BaseException, code: int, enhanced: str) -> str:
    number = errno.errorcode.get(error.errno or 0, "") if isinstance(error, OSError) else ""
    return " ".join(filter(None, (type(error).__name__, str(code) if code else "", enhanced, number)))


def _is_anymail(error: BaseException) -> bool:
    return type(error).__module__.startswith("anymail.")


def _by_provider(error: Any) -> Verdict:
    """Errors of a provider's interface: what it has answered is sure, a line that broke while it answered is not."""
    status = int(getattr(error, "status_code", None) or 0)
    trouble = _named(error, status, "")
    if type(error).__name__ == "AnymailRecipientsRefused":
        return Verdict(Fate.NO_MAILBOX, trouble)
    if status:
        return Verdict(Fate.LATER if status in (400, 413, 422) else Fate.DOWN, trouble)
    cause = error.__cause__ or error.__context__
    if cause is None:
        return Verdict(Fate.LATER, trouble)
    is_never_there = "ConnectTimeout" in type(cause).__name__ or "NewConnectionError" in repr(cause)
    return Verdict(Fate.DOWN if is_never_there else Fate.UNSURE, trouble)
