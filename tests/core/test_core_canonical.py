"""One content, one text, one checksum; and what produced a result."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orientalis
from orientalis.core.canonical import canonical_json, sha256_hex
from orientalis.core.provenance import versions

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(PLAIN)
def test_reading_back_gives_the_same(value: object) -> None:
    text = canonical_json(value)
    assert json.loads(text) == value
    assert canonical_json(json.loads(text)) == text


def test_the_exact_text() -> None:
    content = {"b": (1, 2.0, 0.1), "a": {"é": None, "c": True}, "z": -0.0}
    assert canonical_json(content) == '{"a":{"c":true,"é":null},"b":[1,2.0,0.1],"z":0.0}'
    assert canonical_json(dict(reversed(content.items()))) == canonical_json(content)


@pytest.mark.parametrize("wrong", [math.nan, math.inf, [-math.inf]])
def test_no_number_that_json_lacks(wrong: object) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(wrong)


@pytest.mark.parametrize("wrong", [{1: 2}, {1, 2}, b"x", object()])
def test_no_other_type(wrong: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(wrong)


def test_checksums() -> None:
    assert sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256_hex("é") == sha256_hex("é".encode())


def test_versions_name_what_ran() -> None:
    found = versions()
    assert found["orientalis"] == orientalis.__version__
    assert set(found) == {"orientalis", "python", "platform", "numpy", "numba", "llvmlite"}
    assert all(found.values())
