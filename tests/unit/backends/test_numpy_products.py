"""Products by numpy give what thinc's give, to single precision, whichever side is transposed."""

import numpy as np
import pytest
from thinc.backends.numpy_ops import NumpyOps

from dragoman.backends.spacy_products import _NumpyProducts


@pytest.mark.parametrize("trans1", [False, True])
@pytest.mark.parametrize("trans2", [False, True])
def test_products(trans1, trans2):
    rng = np.random.default_rng(1)
    left = rng.random((5, 7), dtype=np.float32)
    right = rng.random((7, 3), dtype=np.float32)
    x, y = np.ascontiguousarray(left.T) if trans1 else left, np.ascontiguousarray(right.T) if trans2 else right
    out = np.zeros((5, 3), dtype=np.float32)
    expected = NumpyOps().gemm(x, y, trans1=trans1, trans2=trans2)
    np.testing.assert_allclose(_NumpyProducts().gemm(x, y, trans1=trans1, trans2=trans2), expected, rtol=1e-5)
    _NumpyProducts().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
    np.testing.assert_allclose(out, expected, rtol=1e-5)
