"""A source in two: the official body's own publication, which a paper names, and through whom the figure reached us.

The data files name the page that was seen, as `HM Treasury, GDP deflators, as carried in a public repository` or
`SecEd, quoting NAO Children in care`. A committee paper cites the first; the notes of the data keep the second.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FORMS = (
    re.compile(
        r"(?P<official>.+?)[,:]? [(]?(?P<how>(?:both |each council's own line )?(?:as )?"
        r"(?:carried|transcribed|collected) (?:in|by) .+)"
    ),
    re.compile(r"(?P<official>.+?) (?P<how>reproduced by .+)"),
    re.compile(r"(?P<how>.+?), quoting (?:the )?(?P<official>.+)"),
)
_PUBLICATIONS = {
    "expenditure.csv": "section 251 outturn (Department for Education)",
    "demand_indicators.csv": "children in need (Department for Education)",
    "looked_after_children.csv": "children looked after at 31 March and a year before (Department for Education)",
}  # what data files quote, for a figure worked from both


@lru_cache(maxsize=4096)
def split_source(source: str) -> tuple[str, str]:
    """The official publication, and how the figure reached us ("" where it was seen there)."""
    for form in _FORMS:
        found = form.fullmatch(source)
        if found:
            official, how = found["official"].strip(), found["how"].strip()
            how = how[:-1] if how.endswith(")") and how.count(")") > how.count("(") else how
            return official[0].upper() + official[1:], f"quoted by {how}" if "quoting" in source else how
    return _without_files(source), ""


def _without_files(source: str) -> str:
    """A source that names data files names what they quote instead."""
    for file, publication in _PUBLICATIONS.items():
        source = source.replace(file, publication)
    return source[0].upper() + source[1:] if source else source
