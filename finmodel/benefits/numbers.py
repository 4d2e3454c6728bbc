"""Numbers of children: stated as one, or in four steps from those in need to those for whom it makes the difference."""

from __future__ import annotations

from finmodel.basis.book import Book
from finmodel.case.schema_savings import Reach
from finmodel.lines.line import Line
from finmodel.parsing.fields import Sourced
from finmodel.parsing.quantities import Quantity

_SHARES = {
    "engagement": "Share of those in need who take part",
    "retention": "Share of those who take part who stay with it",
    "impact": "Share of those who stay with it for whom it makes the difference",
}


def state_children(
    book: Book, address: str, label: str, stated: Quantity | Reach, unit: str, *, owner: Sourced, section: str
) -> Line:
    """A number of children as stated, or need × engagement × retention × impact, each an input of its own."""
    if isinstance(stated, Quantity):
        return book.state(address, label, stated, unit, owner=owner, section=section)
    need = book.state(f"{address}.need", "Children in need of it", stated.need, unit, owner=owner, section=section)
    product = need * _share(book, address, "engagement", stated.engagement, owner, section)
    product = product * _share(book, address, "retention", stated.retention, owner, section)
    product = product * _share(book, address, "impact", stated.impact, owner, section)
    return book.line(address, label, product, unit, section=section, note="Need × engagement × retention × impact.")


def _share(book: Book, address: str, name: str, stated: Quantity, owner: Sourced, section: str) -> Line:
    return book.state(f"{address}.{name}", _SHARES[name], stated, "share", owner=owner, section=section)
