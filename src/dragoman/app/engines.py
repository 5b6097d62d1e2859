"""The names of what codes many documents."""

from enum import StrEnum


class EngineName(StrEnum):
    """What codes the documents of a lake."""

    LOCAL = "local"
    """Processes of this machine."""
    RAY = "ray"
    """A Ray cluster, or Ray on this machine."""
