from decimal import Decimal

from tests.builders import entry
from tokenledger import costs_by_model
from tokenledger.report import as_text


def test_costs_are_summed_by_model_the_dearest_first() -> None:
    entries = [entry("small", "0.10"), entry("large", "2"), entry("small", "0.20")]
    costs = costs_by_model(entries)
    assert [(each.model, each.calls, each.cost) for each in costs] == [
        ("large", 1, Decimal("2")),
        ("small", 2, Decimal("0.30")),
    ]


def test_tokens_are_summed_too() -> None:
    [costs] = costs_by_model([entry(), entry()])
    assert (costs.input_tokens, costs.output_tokens) == (2_000, 200)


def test_equal_costs_are_ordered_by_name() -> None:
    assert [each.model for each in costs_by_model([entry("b"), entry("a")])] == ["a", "b"]


def test_the_order_of_the_entries_does_not_matter() -> None:
    entries = [entry("a", "1"), entry("b", "2"), entry("a", "3")]
    assert costs_by_model(entries) == costs_by_model(reversed(entries))


def test_the_table_ends_with_the_total() -> None:
    lines = as_text(costs_by_model([entry("large", "1234.5"), entry("small", "0.25")])).splitlines()
    assert lines == [
        "large  1  $1,234.5000",
        "small  1      $0.2500",
        "total  2  $1,234.7500",
    ]


def test_an_empty_ledger_says_so() -> None:
    assert as_text([]) == "No calls are booked yet."


def test_json_keeps_every_decimal_of_the_cost() -> None:
    [costs] = costs_by_model([entry(cost="0.00000002")])
    assert costs.as_json()["cost"] == "0.00000002"
