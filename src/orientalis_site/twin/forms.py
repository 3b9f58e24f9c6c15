"""The twins of a page: the same records as JSON, and as one long table in CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from pydantic import BaseModel

from orientalis.evidence import Bundle, Series
from orientalis.evidence.cells import safe_cell
from orientalis_site.pages import links
from orientalis_site.pages.page import Content

SCHEMA_VERSION = 1
KINDS = ("findings", "series", "figures", "counts", "claims", "sources", "files")
COLUMNS = (
    "record",
    "id",
    "key",
    "parameters",
    "column",
    "at",
    "value",
    "low",
    "high",
    "level",
    "covers",
    "unit",
    "n",
    "method",
    "run_hash",
    "source",
    "assumed",
    "date",
    "text",
)


def as_json(view: Mapping[str, Any]) -> HttpResponse:
    """The page's records, its runs, how to cite it, and where it stands in other languages."""
    bundle, content = view["bundle"], view["content"]
    held = {
        "schema_version": SCHEMA_VERSION,
        "page": view["name"],
        "language": view["language"],
        "title": view["title"],
        "url": view["address"],
        "alternates": dict(view["alternates"]),
        "options": view["options"],
        "bundle": about(bundle),
        **{kind: [record.model_dump(mode="json") for record in getattr(content, kind)] for kind in KINDS},
        "runs": [run.model_dump(mode="json") for run in content.runs(bundle)],
        "citation": view["citation"].csl(),
    }
    text = json.dumps(held, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return opened(HttpResponse(text, content_type="application/json; charset=utf-8"))


def about(bundle: Bundle) -> dict[str, Any]:
    """Which bundle it is."""
    manifest = bundle.manifest
    return {
        "hash": bundle.hash,
        "date": manifest.date.isoformat(),
        "format": list(manifest.format),
        "orientalis": manifest.orientalis,
        "manifest": links.whole(links.file(bundle, "manifest.json")),
    }


def as_csv(view: Mapping[str, Any]) -> HttpResponse:
    """One row a number, with what makes it one: unit, interval, replicates, method, run, sources."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in rows(view["content"]):
        writer.writerow({key: safe_cell(value) for key, value in row.items() if value is not None})
    name = view["name"].replace("/", "-") or "home"
    response = opened(HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8"))
    response.headers["Content-Disposition"] = f'inline; filename="orientalis-{name}-{view["language"]}.csv"'
    return response


def opened(response: HttpResponse) -> HttpResponse:
    """Any page of the web may read it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def rows(content: Content) -> Iterable[dict[str, Any]]:
    """All records of a page as rows of the one table."""
    for finding in content.findings:
        held = finding.model_dump(mode="json", exclude={"interval", "sources", "parameters"})
        yield {
            "record": "finding",
            **held,
            **finding.interval.model_dump(),
            "parameters": packed(finding.parameters),
            "source": " ".join(finding.sources),
        }
    for series in content.series:
        yield from series_rows(series)
    for kind, records in (("figure", content.figures), ("count", content.counts), ("claim", content.claims)):
        for record in records:
            yield flat(kind, record)
    for source in content.sources:
        yield {"record": "source", "id": source.id, "text": source.text, "source": source.address}
    for file in content.files:
        yield {"record": "file", "id": file.path, "value": file.size, "unit": "bytes", "text": file.sha256}


def series_rows(series: Series) -> Iterable[dict[str, Any]]:
    """A row a column and place of a series; the first column says where. Single futures are left to the downloads."""
    index, *names = (name for name in series.columns if not name.startswith("future_"))
    common = {
        "record": "series",
        "id": series.id,
        "key": series.key,
        "parameters": packed(series.parameters),
        "n": series.n,
        "method": series.method,
        "run_hash": series.run_hash,
        "assumed": series.assumed,
        "date": series.date.isoformat(),
    }
    for name in names:
        for at, value in zip(series.columns[index], series.columns[name], strict=True):
            yield {**common, "column": name, "at": at, "value": value, "unit": series.units[name]}


def flat(kind: str, record: BaseModel) -> dict[str, Any]:
    """A figure, count or claim; lists of numbers are joined by spaces."""
    held = record.model_dump(mode="json")
    row: dict[str, Any] = {
        key: joined(held[key]) for key in ("id", "value", "low", "high", "unit", "method", "source") if key in held
    }
    row["text"] = held.get("note") or held.get("area") or ""
    if kind == "count":
        row |= {"at": held["year"], "value": held["estimate"], "unit": "animals", "key": held["group"]}
    if kind == "figure":
        row["assumed"] = getattr(record, "is_assumed", None)
    return {"record": kind, **row}


def joined(value: Any) -> Any:
    """A list of numbers as one cell."""
    return " ".join(str(part) for part in value) if isinstance(value, list) else value


def packed(parameters: Mapping[str, Any]) -> str:
    """Parameters as `name=value` pairs."""
    return " ".join(f"{key}={value}" for key, value in parameters.items())


WRITERS: dict[str, Callable[[Mapping[str, Any]], HttpResponse]] = {"json": as_json, "csv": as_csv}
