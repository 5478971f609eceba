"""A mapping that cannot be written to, and prints as a dictionary does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

Key = TypeVar("Key")
ItemT = TypeVar("ItemT", covariant=True)  # noqa: PLC0105


class Named(Mapping[Key, ItemT]):
    """A read-only mapping from names to values, equal to a dictionary with the same items.

    It pickles, and hashes where its values do.
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[Key, ItemT]) -> None:
        object.__setattr__(self, "_items", dict(items))

    def __getitem__(self, key: Key) -> ItemT:
        item: ItemT = self._items[key]  # type: ignore[attr-defined]  # set without assignment above
        return item

    def __iter__(self) -> Iterator[Key]:
        return iter(self._items)  # type: ignore[attr-defined]

    def __len__(self) -> int:
        return len(self._items)  # type: ignore[attr-defined]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("This mapping cannot be written to.")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("This mapping cannot be written to.")

    def __hash__(self) -> int:
        return hash(tuple(self.items()))

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)
