"""Which places lie outside the European Economic Area, as GDPR Art. 44 asks.

``loc`` puts every member state below ``loc:EEA30``, the Area as it is now (the United Kingdom is below older
ones), and overseas territories below the state that they belong
to. Some of those are not part of the Union, so the Regulation does not hold there.
"""

from __future__ import annotations

from privagraph.ontology.namespaces import expand
from privagraph.ontology.vocabulary import vocabulary

__all__ = ["OVERSEAS", "is_third_country"]

OVERSEAS = frozenset(
    expand(f"loc:{code}") for code in ("AW", "BL", "BQ", "CW", "NC", "PF", "PM", "SJ", "SX", "TF", "WF")
)
"""Countries and territories below a member state that are outside the Area: Annex II of the Treaty on the
Functioning of the European Union, and Svalbard and Jan Mayen (EEA Agreement, Protocol 40)."""

_OUTSIDE = frozenset(
    map(
        expand,
        ("loc:non-EEA", "loc:non-EEA30", "loc:non-EEA31", "loc:non-EU", "loc:non-EU27", "loc:non-EU28"),
    )
)


def is_third_country(name: str) -> bool:
    """Whether a place is known to lie outside the European Economic Area.

    Args:
        name: CURIE or IRI of a location.

    Returns:
        True for a country or part of one outside the Area, and for "outside" the Area or the Union; False for
        places inside, for places that are no countries, and for "outside" some other country, which may be
        inside.

    Raises:
        UnknownTermError: There is no such term.

    Example:
        >>> is_third_country("loc:US-CA"), is_third_country("loc:NO"), is_third_country("loc:AW")
        (True, False, True)
    """
    words = vocabulary()
    places = (words.iri(name), *words.broader(name))
    if expand("dpv:ThirdCountry") in places or places[0] in _OUTSIDE or not OVERSEAS.isdisjoint(places):
        return True
    return (
        places[0] != expand("dpv:Country")
        and expand("dpv:Country") in places
        and expand("loc:EEA30") not in places
    )
