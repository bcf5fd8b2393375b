"""Rows to one sparse matrix, in the very features the engine computes when it judges."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_matrix

from palabre.engine.models.hashing import BUCKETS
from palabre.engine.models.reading import Reading, vector


def matrix_of(forms: Iterable[Reading]) -> csr_matrix:
    """One row a form (float32, rows x ``BUCKETS``)."""
    buckets, values, ends = [], [], [0]
    for form in forms:
        found, counted = vector(form)
        buckets.append(found)
        values.append(counted)
        ends.append(ends[-1] + len(found))
    shape = (len(ends) - 1, BUCKETS)
    matrix = csr_matrix((np.concatenate(values), np.concatenate(buckets), np.array(ends, dtype=np.int64)), shape=shape)
    matrix.sum_duplicates()
    return matrix
