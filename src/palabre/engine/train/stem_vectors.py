"""Word vectors from texts: positive pointwise mutual information, then a truncated SVD (Levy & Goldberg 2014)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: Stems kept by language (mark), and how many of the commoner ones serve as context.
KEPT = {"f": 22_000, "e": 18_000}
CONTEXTS = 3_500
#: The commonest stems are grammar: no context.
_GRAMMAR = 60
_SEEN = 6
DIMENSIONS = 96


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Stems in order, with ``weights`` = log(documents / documents that have it) within their language."""

    stems: list[str]
    weights: Floats


def count(documents: Iterable[list[str]]) -> tuple[list[set[str]], Vocabulary]:
    """Documents as sets, and the stems frequent enough to learn."""
    sets = [set(document) for document in documents]
    seen = Counter(stem for document in sets for stem in document)
    sizes = {mark: sum(any(stem[0] == mark for stem in document) for document in sets) for mark in KEPT}
    chosen: list[str] = []
    for mark, kept in KEPT.items():
        common = [(-n, stem) for stem, n in seen.items() if stem[0] == mark and n >= _SEEN]
        chosen += [stem for _, stem in sorted(common)[:kept]]
    weights = np.array([np.log(sizes[stem[0]] / seen[stem]) for stem in chosen], np.float32)
    return sets, Vocabulary(chosen, weights)


def learn(documents: list[set[str]], vocabulary: Vocabulary, seed: int = 0) -> Floats:
    """Unit vectors, stems x DIMENSIONS."""
    association = _association(_matrix(documents, vocabulary), _contexts(vocabulary))
    left, strength = _svd(association, seed)
    vectors = left * np.sqrt(strength)
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9), np.float32)


def _matrix(documents: list[set[str]], vocabulary: Vocabulary) -> sp.csr_matrix:
    """Documents x stems, 1 where a stem stands."""
    place = {stem: i for i, stem in enumerate(vocabulary.stems)}
    columns: list[int] = []
    starts = [0]
    for document in documents:
        columns.extend(sorted(place[stem] for stem in document if stem in place))
        starts.append(len(columns))
    ones = np.ones(len(columns), np.float32)
    return sp.csr_matrix((ones, columns, starts), shape=(len(documents), len(vocabulary.stems)))


def _contexts(vocabulary: Vocabulary) -> list[int]:
    """Columns of the commoner stems of each language, grammar left out."""
    columns: list[int] = []
    for mark in KEPT:
        own = [i for i, stem in enumerate(vocabulary.stems) if stem[0] == mark]
        columns += own[_GRAMMAR : _GRAMMAR + CONTEXTS]
    return columns


def _association(matrix: sp.csr_matrix, contexts: list[int]) -> Floats:
    """Positive pointwise mutual information, stems x contexts; contexts smoothed by the power 0.75."""
    lengths = np.maximum(np.diff(matrix.indptr), 1)
    each = sp.diags((20 / lengths).astype(np.float32)) @ matrix
    together: Floats = (each.T @ matrix[:, contexts]).toarray().astype(np.float32)
    together[contexts, np.arange(len(contexts))] = 0
    rows = np.maximum(together.sum(1, keepdims=True), 1e-9)
    columns = together.sum(0) ** 0.75
    np.maximum(together, 1e-9, out=together)
    together /= rows * np.maximum(columns / columns.sum(), 1e-12)
    np.log(together, out=together)
    np.maximum(together, 0, out=together)
    return together


def _svd(matrix: Floats, seed: int) -> tuple[Floats, Floats]:
    """Truncated SVD by four rounds of subspace iteration (Halko, Martinsson & Tropp 2011)."""
    random = np.random.default_rng(seed)
    sample = matrix @ random.standard_normal((matrix.shape[1], DIMENSIONS + 14)).astype(np.float32)
    for _ in range(4):
        basis = np.linalg.qr(sample)[0]
        sample = matrix @ np.linalg.qr(matrix.T @ basis)[0]
    basis = np.linalg.qr(sample)[0]
    left, strength, _ = np.linalg.svd(basis.T @ matrix, full_matrices=False)
    return (basis @ left)[:, :DIMENSIONS], strength[:DIMENSIONS]
