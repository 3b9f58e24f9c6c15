"""The records that programs read. No record holds anything of a person but what that person lets be shown."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

from orientalis_site.kit import languages

SHA256 = r"^[0-9a-f]{64}$"
SLUG = r"^[a-zA-Z0-9_-]{1,80}$"
STATES = ("open", "closed", "delivered", "answered")
STANCES = ("accepts", "partly", "rejects", "none")


class Refused(Schema):
    """What is wrong with a request."""

    status: int = Field(description="the HTTP status")
    code: str = Field(description="a word for programs")
    message: str = Field(description="a sentence for people, in the language of the address")
    expected: list[str] = Field(description="what would have been right")


class Failure(Schema):
    """The one shape of every error of this site."""

    error: Refused


class Elsewhere(Schema):
    """Supporters that were counted before, and not by this site."""

    count: int = Field(ge=0)
    source: str = Field(description="who counted them; empty where there are none")


class Addresses(Schema):
    """Where to read on."""

    page: str
    json_: str = Field(alias="json")
    csv: str
    supporters: str
    feed: str
    embed: str
    sign: str | None = Field(description="the form, while the petition is open")


class Summary(Schema):
    """A petition in short."""

    slug: str = Field(pattern=SLUG)
    language: str = Field(json_schema_extra={"enum": list(languages.CODES)})
    title: str
    summary: str
    state: str = Field(json_schema_extra={"enum": list(STATES)})
    supporters: int = Field(ge=0, description="counted_elsewhere.count + confirmed")
    counted_elsewhere: Elsewhere
    confirmed: int = Field(ge=0, description="signatures that their mailboxes confirmed here")
    goal: int | None = Field(description="supporters to reach next; none where it is closed or all are reached")
    text_hash: str = Field(pattern=SHA256, description="SHA-256 of the text that is signed now")
    evidence_hash: str = Field(pattern=SHA256, description="SHA-256 of the figures that are signed now")
    opened_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    delivered_at: datetime | None
    answered_at: datetime | None
    urls: Addresses


class Petitions(Schema):
    """All petitions that may be read, the open ones first."""

    language: str
    petitions: list[Summary]


class VersionOut(Schema):
    """A published text with its figures; each signature belongs to one."""

    number: int = Field(ge=1)
    text_hash: str = Field(pattern=SHA256)
    evidence_hash: str = Field(pattern=SHA256)
    bundle_hash: str = Field(pattern=SHA256)
    published_at: datetime
    confirmed: int = Field(ge=0, description="signatures under this version")


class DemandOut(Schema):
    """One thing that is asked."""

    id: str
    title: str
    text: str
    targets: list[str] = Field(description="ids of the offices that are asked")
    findings: list[str] = Field(description="ids of the findings that say what it would change")
    has_figure: bool = Field(description="false: no figure yet")


class AnswerOut(Schema):
    """What an office says to one demand."""

    demand: str
    stance: str = Field(json_schema_extra={"enum": list(STANCES)})
    text: str


class ResponseOut(Schema):
    """An office's answer, in the words and the language in which it was given."""

    target: str
    language: str
    received_at: datetime
    signed_by: str
    text: str
    answers: list[AnswerOut]


class TargetOut(Schema):
    """An office that is asked, and its clock."""

    id: str
    name: str
    country: str = Field(pattern=r"^[A-Z]{2}$")
    delivered_at: datetime | None = Field(description="when the petition was handed over; the clock runs from here")
    answered_at: datetime | None = Field(description="when the first answer that is shown came")
    days_without_answer: int | None = Field(description="none before it was handed over and once it has answered")


class CountryOut(Schema):
    """Confirmed signatures of a country; countries with fewer than five stand together as `other`."""

    code: str = Field(pattern=r"^([A-Z]{2}|other)$")
    name: str
    confirmed: int = Field(ge=0)


class DayOut(Schema):
    """What a day (UTC) changed."""

    day: date
    change: int
    confirmed: int = Field(description="at the end of the day")


class MilestoneOut(Schema):
    """A goal that was reached."""

    goal: int
    reached_at: datetime


class PetitionOut(Summary):
    """A petition whole."""

    body: list[str]
    version: int = Field(ge=1, description="the number of the version that is signed now")
    versions: list[VersionOut]
    demands: list[DemandOut]
    targets: list[TargetOut]
    responses: list[ResponseOut]
    goals: list[int]
    milestones: list[MilestoneOut]
    countries: list[CountryOut]
    growth: list[DayOut]
    counted_at: datetime | None = Field(description="when signatures were last counted")
    alternates: dict[str, str] = Field(description="the page in each language")


class SupporterOut(Schema):
    """A confirmed signature that its owner lets be shown: the name, a reason that a moderator has read, or both."""

    name: str | None = Field(description="none where only the reason may be shown")
    country: str | None = Field(description="ISO 3166; none where only the reason may be shown")
    reason: str | None
    day: date


class Supporters(Schema):
    """Some of the names and reasons, the latest first."""

    slug: str
    language: str
    supporters: list[SupporterOut]
    next: str | None = Field(description="the address of the following ones; none at the end")
