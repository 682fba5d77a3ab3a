"""What the refusals and failures of a server mean to a user."""

from __future__ import annotations

from dataclasses import dataclass

from privagraph.errors import ServiceError
from privagraph.queries.endpoints.addresses import AUTHORIZATION, Address

__all__ = ["REFUSALS", "Failure"]

REFUSALS = {
    401: ("wants to know who asks", f"set {AUTHORIZATION} in the environment, or put the host into ~/.netrc"),
    403: ("does not allow this", f"check the rights of the account in {AUTHORIZATION} or ~/.netrc"),
    404: (
        "has nothing at this address",
        "name the address that takes queries, such as .../query or .../sparql",
    ),
    405: ("does not take this here", "check the address; a server that only reads takes no updates"),
    407: ("is behind a proxy that asks for a password", "check the proxy settings"),
    413: ("takes no request of this size", "ask about fewer policies, or load with a smaller --batch"),
    415: ("does not take this here", "check the address; queries and updates may have two"),
}
"""What is wrong and what to do next, by the answers that stay the same however often one asks."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a request failed that may succeed in a moment.

    Attributes:
        status: What the server answered; 0 where nothing came.
        said: What it said, or what broke.
        wait: The pause that it asks for, in seconds; None where it does not say.
    """

    status: int
    said: str
    wait: float | None

    def error(self, address: Address) -> ServiceError:
        """What to tell when patience is at its end.

        Args:
            address: Who was asked.
        """
        if self.status == 0:
            return ServiceError(
                address.service,
                f"cannot be reached ({self.said})",
                "check the address, and that the server runs",
            )
        return ServiceError(
            address.service, f"fails ({self.said})", "look at what the server logs, and run the command again"
        )
