# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes become the text that was written, in every encoding that sidecars have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.importing.sidecars.decoding import decode, looks_binary

TEXT = "Füße und Hüften – l’été\nzweite Zeile"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""), ("utf-16-be", b""), ("utf-32-le", b"\xff\xfe\x00\x00"), ("cp1252", b""),
    ],
)  # fmt: skip
def test_encodings(encoding: str, mark: bytes) -> None:
    assert decode(mark + TEXT.encode(encoding)) == TEXT


def test_latin_1_where_windows_has_no_such_byte() -> None:
    assert decode("für\x81".encode("iso-8859-1")) == "für\x81"


@pytest.mark.parametrize(
    ("encoding", "text"), [("windows-1251", "Мягкая спина"), ("Shift_JIS", "肩と首"), ("koi8-r", "Дыхание")]
)
def test_a_declared_code_page(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), encoding) == text


@pytest.mark.parametrize("declared", ["utf-7", "zip", "unicode_escape", "idna", "cp99999", "../x", "UTF-8"])
def test_declarations_that_are_not_trusted(declared: str) -> None:
    assert decode("Rücken".encode("cp1252"), declared) == "Rücken"


def test_line_ends_and_zeros() -> None:
    assert decode(b"a\r\nb\rc\0d") == "a\nb\ncd"


def test_a_head_may_end_within_a_letter() -> None:
    assert decode("Füße".encode()[:2], whole=False) == "F"


@given(st.binary(max_size=400), st.text(max_size=12), st.booleans())
def test_any_bytes(data: bytes, declared: str, whole: bool) -> None:
    text = decode(data, declared, whole=whole)
    assert "\0" not in text
    assert "\r" not in text
    looks_binary(text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"), max_size=200))
def test_utf_8_comes_back(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


def test_binary() -> None:
    assert looks_binary(decode(bytes(range(1, 256)) * 8))
    assert not looks_binary(TEXT)
    assert not looks_binary("")
