# SPDX-License-Identifier: GPL-3.0-or-later
"""How values of the domain lie in columns: paths, free text, moments, enums, and small values as JSON.

Knows nothing of tables. Decoding is cached, because most classes of a series share facts and sources.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from sqlalchemy import BigInteger, Dialect, Enum, String, Text
from sqlalchemy.types import TypeDecorator

from player.domain.media import ColourMatrix, MediaFacts
from player.domain.models import Source

E = TypeVar("E", bound=StrEnum)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def one_of(enum: type[E]) -> Enum:
    """A column that holds an enum's value (not its Python name) as text."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


class FilePath(TypeDecorator[Path]):
    """A path. A name that is not valid text on this system is kept byte for byte as a blob."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Path | None, dialect: Dialect) -> str | bytes | None:
        if value is None:
            return None
        text = os.fspath(value)
        return text if _is_text(text) else os.fsencode(text)

    def process_result_value(self, value: str | bytes | None, dialect: Dialect) -> Path | None:
        return None if value is None else Path(os.fsdecode(value))


class Words(TypeDecorator[str]):
    """Free text. Text made from a file name may hold lone surrogates, which SQLite refuses as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | bytes | None:
        if value is None or _is_text(value):
            return value
        return value.encode("utf-8", "surrogatepass")

    def process_result_value(self, value: str | bytes | None, dialect: Dialect) -> str | None:
        return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


class Moment(TypeDecorator[datetime]):
    """A moment as microseconds since 1970 in UTC, so that it sorts. A naive datetime is local time."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value.astimezone(UTC) - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + value * _MICROSECOND


class Facts(TypeDecorator[MediaFacts]):
    """What the probe saw, as JSON; facts this version does not know are passed over."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: MediaFacts | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(asdict(value), sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> MediaFacts | None:
        return None if value is None else _facts(value)


class Sources(TypeDecorator[Mapping[str, Source]]):
    """Where each field came from, as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Source] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(dict(value), sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, Source] | None:
        return None if value is None else dict(_sources(value))


def _is_text(value: str) -> bool:
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


_FACT_NAMES = frozenset(field.name for field in fields(MediaFacts))


@lru_cache(maxsize=512)
def _facts(text: str) -> MediaFacts:
    known = {name: value for name, value in json.loads(text).items() if name in _FACT_NAMES}
    if known.get("colour_matrix") is not None:
        known["colour_matrix"] = ColourMatrix(known["colour_matrix"])
    return MediaFacts(**known)


@lru_cache(maxsize=512)
def _sources(text: str) -> Mapping[str, Source]:
    return {name: Source(value) for name, value in json.loads(text).items()}
