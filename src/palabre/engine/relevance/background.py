"""What is usual: word frequencies, word vectors and how well any article matches a word by chance."""

from __future__ import annotations

import hashlib
import zipfile
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from palabre.engine.relevance.reading import ArticleReading, read_article
from palabre.engine.types import Article

Floats = NDArray[np.float32]

#: Languages with word vectors; in any other the engine has nothing to say on relevance.
LANGUAGES: tuple[str, ...] = ("fr", "en")

DEFAULT = Path(__file__).parent.parent / "data" / "background.npz"

#: A stem the background never saw is rare: this is its weight.
UNSEEN = 9.0
#: Stems lighter than this are grammar ("the", "mais") and say nothing of a subject.
CONTENT = 3.2
_KEPT_ARTICLES = 256


class BackgroundError(ValueError):
    """The background file is missing, cut short or was changed."""


class Background:
    """Learnt attributes: ``vectors_`` (stems x dimensions, unit rows), ``weights_`` (inverse document frequency),
    ``usual_mean_`` and ``usual_spread_`` (best cosine of a stem with an article it has nothing to do with),
    ``references_`` (articles' vectors by language), ``net_`` (the small net's arrays), ``version``.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self.arrays = dict(arrays)
        self.rows_ = {stem: row for row, stem in enumerate(arrays["vocabulary"].tobytes().decode().split("\n"))}
        self.weights_: Floats = arrays["weights"].astype(np.float32)
        self.vectors_: Floats = unit(arrays["vectors"].astype(np.float32))
        self.usual_mean_: Floats = arrays["usual_mean"].astype(np.float32)
        self.usual_spread_: Floats = arrays["usual_spread"].astype(np.float32)
        self.references_ = {code: arrays[f"references_{code}"].astype(np.float32) for code in LANGUAGES}
        self.net_ = {name: value.astype(np.float32) for name, value in arrays.items() if name.startswith("net_")}
        self.version = digest(arrays)
        self._read: OrderedDict[Article, ArticleReading] = OrderedDict()

    @classmethod
    def load(cls, path: Path | None = None) -> Background:
        """Read a background file; BackgroundError says what is wrong with it."""
        path = path or DEFAULT
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
        except FileNotFoundError as error:
            raise BackgroundError(f"The background file {path} is missing: run ./run train relevance.") from error
        except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
            raise BackgroundError(f"The background file {path} is damaged: fetch it again.") from error
        if bytes(arrays.pop("checksum", np.zeros(0, np.uint8))).decode("ascii", "replace") != digest(arrays):
            raise BackgroundError(f"The background file {path} fails its checksum: fetch it again.")
        return cls(arrays)

    def save(self, path: Path) -> None:
        """Write every array with a checksum over them."""
        checksum = np.frombuffer(digest(self.arrays).encode(), np.uint8)
        np.savez_compressed(path, allow_pickle=False, checksum=checksum, **self.arrays)

    def rows(self, stems: Sequence[str]) -> NDArray[np.intp]:
        """Rows of the known stems that carry content."""
        found = (self.rows_.get(stem) for stem in stems)
        return np.array([row for row in found if row is not None and self.weights_[row] > CONTENT], np.intp)

    def weight(self, stem: str) -> float:
        """Rarity of a stem, natural logarithm of documents per document that has it, at most ``UNSEEN``."""
        row = self.rows_.get(stem)
        return UNSEEN if row is None else min(float(self.weights_[row]), UNSEEN)

    def centre(self, rows: NDArray[np.intp]) -> Floats:
        """One unit vector for a set of stems, rare ones heavier; zeros for none."""
        if not len(rows):
            return np.zeros(self.vectors_.shape[1], np.float32)
        heavy = np.maximum(self.weights_[rows] - 2, 0.05)
        centre: Floats = unit((self.vectors_[rows] * heavy[:, None]).sum(0)[None])[0]
        return centre

    def reading(self, article: Article) -> ArticleReading:
        """The article, read once: a thread's comments share it."""
        if article in self._read:
            self._read.move_to_end(article)
            return self._read[article]
        self._read[article] = reading = read_article(article, self.rows_, self.rows, LANGUAGES)
        while len(self._read) > _KEPT_ARTICLES:
            self._read.popitem(last=False)
        return reading


def unit(rows: Floats) -> Floats:
    """Rows scaled to length one; a row of zeros stays zeros."""
    lengths: Floats = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.maximum(lengths, 1e-9)).astype(np.float32)


def digest(arrays: Mapping[str, NDArray[np.generic]]) -> str:
    """First 16 hexadecimal digits of the SHA-256 over names, types, shapes and bytes."""
    sha = hashlib.sha256()
    for name in sorted(arrays):
        value = np.ascontiguousarray(arrays[name])
        sha.update(f"{name} {value.dtype.str} {value.shape}".encode())
        sha.update(value.tobytes())
    return sha.hexdigest()[:16]
