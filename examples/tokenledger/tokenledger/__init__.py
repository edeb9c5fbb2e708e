"""Keeps an account of what every LLM call costs."""

from tokenledger.ledger import Call, Entry, Ledger, MemoryLedger
from tokenledger.pricing import Price, PriceTable, UnknownModelError
from tokenledger.report import ModelCosts, costs_by_model

__version__ = "0.1.0"

__all__ = [
    "Call",
    "Entry",
    "Ledger",
    "MemoryLedger",
    "ModelCosts",
    "Price",
    "PriceTable",
    "UnknownModelError",
    "costs_by_model",
]
