"""Addresses that pages send each other to."""


def own_address(asked: str, otherwise: str = "/") -> str:
    """An address of this desk as asked for; anything that leads elsewhere becomes `otherwise`."""
    leads_away = not asked.startswith("/") or asked.startswith(("//", "/\\")) or not asked.isprintable()
    return otherwise if leads_away else asked
