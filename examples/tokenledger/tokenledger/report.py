"""Cost reports over ledger entries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tokenledger.ledger import Entry


@dataclass(frozen=True, slots=True)
class ModelCosts:
    """What one model has cost in US dollars."""

    model: str
    calls: int
    input_tokens: int
    output_tokens: int
    cost: Decimal

    def as_json(self) -> dict[str, str | int]:
        """Plain values; the cost as text, since JSON numbers lose cents."""
        return {
            "model": self.model,
            "calls": self.calls,
            "inputTokens": self.input_tokens,
            "outputTokens": self.output_tokens,
            "cost": f"{self.cost:f}",
        }


def costs_by_model(entries: Iterable[Entry]) -> list[ModelCosts]:
    """Totals per model, the dearest first, then by name."""
    booked: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        booked[entry.call.model].append(entry)
    totals = [
        ModelCosts(
            model=model,
            calls=len(group),
            input_tokens=sum(entry.call.input_tokens for entry in group),
            output_tokens=sum(entry.call.output_tokens for entry in group),
            cost=sum((entry.cost for entry in group), Decimal(0)),
        )
        for model, group in booked.items()
    ]
    return sorted(totals, key=lambda costs: (-costs.cost, costs.model))


def as_text(costs: Sequence[ModelCosts]) -> str:
    """A table for the terminal with a total line; one sentence when there is nothing to show."""
    if not costs:
        return "No calls are booked yet."
    total = sum((each.cost for each in costs), Decimal(0))
    rows = [(each.model, str(each.calls), _dollars(each.cost)) for each in costs]
    rows.append(("total", str(sum(each.calls for each in costs)), _dollars(total)))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{model:<{widths[0]}}  {calls:>{widths[1]}}  {cost:>{widths[2]}}"
        for model, calls, cost in rows
    )


def _dollars(amount: Decimal) -> str:
    return f"${amount:,.4f}"
