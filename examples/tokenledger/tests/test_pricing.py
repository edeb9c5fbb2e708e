from decimal import Decimal

import pytest

from tests.builders import call
from tokenledger import Price, PriceTable, UnknownModelError


@pytest.fixture
def prices() -> PriceTable:
    return PriceTable.default()


def test_cost_adds_input_and_output(prices: PriceTable) -> None:
    one = call("gpt-4o", input_tokens=1_000_000, output_tokens=100_000)
    assert prices.cost_of(one) == Decimal("3.50")


def test_cached_tokens_cost_their_own_price(prices: PriceTable) -> None:
    one = call("gpt-4o", input_tokens=1_000_000, cached_tokens=400_000)
    assert prices.cost_of(one) == Decimal("2.00")


def test_without_a_cached_price_cached_tokens_cost_as_much_as_others() -> None:
    price = Price(input=Decimal(4))
    assert price.cost_of(call(input_tokens=500_000, cached_tokens=500_000)) == Decimal(2)


def test_a_single_token_of_the_cheapest_model_is_not_free(prices: PriceTable) -> None:
    assert prices.cost_of(call("text-embedding-3-small", input_tokens=1)) == Decimal("0.00000002")


def test_halves_round_to_even() -> None:
    assert Price(input=Decimal("0.025")).cost_of(call(input_tokens=1)) == Decimal("0.00000002")
    assert Price(input=Decimal("0.035")).cost_of(call(input_tokens=1)) == Decimal("0.00000004")


def test_a_call_without_tokens_costs_nothing(prices: PriceTable) -> None:
    assert prices.cost_of(call(input_tokens=0)) == 0


def test_a_dated_model_has_the_price_of_its_family(prices: PriceTable) -> None:
    assert prices.price_of("gpt-4o-2024-08-06") == prices.price_of("gpt-4o")


def test_the_longest_family_wins(prices: PriceTable) -> None:
    assert prices.price_of("gpt-4o-mini-2024-07-18") == prices.price_of("gpt-4o-mini")


@pytest.mark.parametrize("model", ["gpt-4", "gpt-4omni", "", "GPT-4O"])
def test_an_unknown_model_is_named_in_the_error(prices: PriceTable, model: str) -> None:
    with pytest.raises(UnknownModelError, match="No price for model") as caught:
        prices.price_of(model)
    assert caught.value.model == model


def test_a_negative_price_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        Price(input=Decimal("-0.01"))


def test_own_prices_come_from_toml() -> None:
    table = PriceTable.from_toml('[house-model]\ninput = "1"\noutput = "2"\n')
    assert table.models() == ["house-model"]
    assert table.price_of("house-model") == Price(input=Decimal(1), output=Decimal(2))
