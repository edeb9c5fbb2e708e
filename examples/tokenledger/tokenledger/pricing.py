"""What a call costs: prices per model, and the arithmetic on them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from importlib import resources
from typing import Self

from tokenledger.ledger import Call

TOKENS_PER_PRICE = Decimal(1_000_000)
# Eight places: one token of the cheapest model still counts.
SMALLEST_AMOUNT = Decimal("0.00000001")


class UnknownModelError(LookupError):
    """No price is known for a model."""

    def __init__(self, model: str) -> None:
        super().__init__(f"No price for model {model!r}; add it to the price table.")
        self.model = model


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens."""

    input: Decimal
    output: Decimal = Decimal(0)
    cached_input: Decimal | None = None

    def __post_init__(self) -> None:
        for amount in (self.input, self.output, self.cached_input or Decimal(0)):
            if amount < 0:
                raise ValueError(f"A price cannot be negative: {amount}")

    def cost_of(self, call: Call) -> Decimal:
        """US dollars for one call, rounded half to even at eight places."""
        cached_price = self.input if self.cached_input is None else self.cached_input
        fresh_tokens = call.input_tokens - call.cached_tokens
        total = (
            fresh_tokens * self.input
            + call.cached_tokens * cached_price
            + call.output_tokens * self.output
        )
        return (total / TOKENS_PER_PRICE).quantize(SMALLEST_AMOUNT, ROUND_HALF_EVEN)


class PriceTable:
    """Prices by model name; a dated name such as `gpt-4o-2024-08-06` falls back to its family."""

    def __init__(self, prices: Mapping[str, Price]) -> None:
        self._prices = dict(prices)

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Reads a table per model: `input`, `output`, `cached_input` as decimal text."""
        tables = tomllib.loads(text)
        return cls(
            {
                model: Price(**{name: Decimal(amount) for name, amount in table.items()})
                for model, table in tables.items()
            }
        )

    @classmethod
    def default(cls) -> Self:
        """The list prices that come with this package."""
        return cls.from_toml(resources.files("tokenledger").joinpath("prices.toml").read_text())

    def price_of(self, model: str) -> Price:
        """The price of the model itself, else of the longest family name that it begins with."""
        if model in self._prices:
            return self._prices[model]
        families = [name for name in self._prices if model.startswith(f"{name}-")]
        if not families:
            raise UnknownModelError(model)
        return self._prices[max(families, key=len)]

    def cost_of(self, call: Call) -> Decimal:
        """US dollars for one call; raises UnknownModelError."""
        return self.price_of(call.model).cost_of(call)

    def models(self) -> list[str]:
        """The names with a price of their own, sorted."""
        return sorted(self._prices)
