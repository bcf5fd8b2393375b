"""One model, one file: named arrays, settings, and a checksum over both.

Layout: ``PALABRE1``, the header's length (8 bytes, little-endian), the header (JSON: settings, and each array's type,
shape and place), the arrays, SHA-256 of all that. The version of a model is the beginning of that checksum.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"PALABRE1"
_DIGEST = 32
_LONGEST_HEADER = 1 << 20
_TYPES = frozenset(("int8", "int16", "int32", "float32", "uint8", "uint32"))

Arrays = Mapping[str, NDArray[Any]]


class ModelError(Exception):
    """The model file is missing, cut short or damaged; the message is a sentence for the person who runs the site."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """What a model file holds."""

    version: str
    settings: Mapping[str, Any]
    arrays: Arrays


def write(path: Path, name: str, settings: Mapping[str, Any], arrays: Arrays) -> str:
    """Write a model file and return its version, ``name`` and the checksum's first twelve digits."""
    places, blobs, at = {}, [], 0
    for key, array in arrays.items():
        blob = np.ascontiguousarray(array).tobytes()
        places[key] = {"type": str(array.dtype), "shape": list(array.shape), "at": at}
        blobs.append(blob)
        at += len(blob)
    header = json.dumps({"name": name, "settings": settings, "arrays": places}, sort_keys=True).encode()
    body = b"".join((_MAGIC, len(header).to_bytes(8, "little"), header, *blobs))
    digest = hashlib.sha256(body)
    path.write_bytes(body + digest.digest())
    return f"{name}-{digest.hexdigest()[:12]}"


def read(path: Path) -> ModelFile:
    """Read a model file. Raises ``ModelError`` with a sentence when it is missing, cut short or damaged."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"The model file {path} cannot be read ({error.strerror}). Install Palabre again, or run: ./run train fast"
        ) from error
    body, digest = content[:-_DIGEST], content[-_DIGEST:]
    if not content.startswith(_MAGIC) or hashlib.sha256(body).digest() != digest:
        raise ModelError(
            f"The model file {path} is damaged or cut short: its checksum does not match. Install Palabre again."
        )
    return _parsed(path, body, digest.hex())


def _parsed(path: Path, body: bytes, digest: str) -> ModelFile:
    begin = len(_MAGIC) + 8
    size = int.from_bytes(body[len(_MAGIC) : begin], "little")
    try:
        header = json.loads(body[begin : begin + min(size, _LONGEST_HEADER)])
        arrays = {key: _array(body, begin + size, place) for key, place in header["arrays"].items()}
        return ModelFile(f"{header['name']}-{digest[:12]}", header["settings"], arrays)
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"The model file {path} was written by another version of Palabre. Install Palabre again."
        ) from error


def _array(body: bytes, base: int, place: Mapping[str, Any]) -> NDArray[Any]:
    if place["type"] not in _TYPES:
        raise ValueError(place["type"])
    count = int(np.prod(place["shape"]))
    return np.frombuffer(body, dtype=place["type"], count=count, offset=base + place["at"]).reshape(place["shape"])
