"""The matrix products of a spaCy pipeline by the library that numpy brings.

The products are most of what parsing costs. thinc's own library runs its plain, unvectorised kernel on many processors (measured
on an AMD EPYC: 19 thousand million operations a second, against 50 by numpy's OpenBLAS), so that the same network takes twice as
long.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.backends.numpy_ops import NumpyOps

if TYPE_CHECKING:
    from spacy.language import Language


class _NumpyProducts(NumpyOps):  # type: ignore[misc]  # thinc's class is compiled
    """thinc's operations with products by numpy, in single precision as there."""

    def gemm(
        self,
        x: Any,  # noqa: ANN401  matrices
        y: Any,  # noqa: ANN401
        out: Any = None,  # noqa: ANN401
        trans1: bool = False,  # noqa: FBT001, FBT002  thinc's signature
        trans2: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:  # noqa: ANN401
        """The product of two matrices (rows × columns), either transposed first."""
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def with_numpy_products(language: "Language") -> None:
    """Let every layer of a pipeline multiply by numpy; layers on another device stay as they are."""
    products = _NumpyProducts()
    for _, pipe in language.pipeline:
        model = getattr(pipe, "model", None)
        for layer in model.walk() if model is not None and hasattr(model, "walk") else ():
            if type(layer.ops) is NumpyOps:
                layer.ops = products
