"""A sequence that is made as it is asked for: nothing is made that nobody looks at."""

from __future__ import annotations

from collections.abc import Sequence

from factcli._lazy import MAX_BLOCK, Lazy


def test_it_is_the_sequence_of_the_values() -> None:
    values, expected = Lazy(range(1000), lambda keys: [key * key for key in keys]), [key * key for key in range(1000)]
    assert list(values) == expected
    assert len(values) == 1000
    assert (values[3], values[-1]) == (9, 998001)
    assert list(values[2:900][::-1]) == expected[2:900][::-1]
    assert not Lazy([], list)
    assert values


def test_values_are_made_in_blocks_when_they_are_asked_for() -> None:
    blocks = []

    def make(keys: Sequence[int]) -> list[int]:
        blocks.append(len(keys))
        return list(keys)

    values = Lazy(range(3000), make)
    assert next(iter(values)) == 0
    assert blocks == [1]
    assert next(iter(values[10:20])) == 10
    assert blocks == [1, 1]
    blocks.clear()
    assert sum(values) == sum(range(3000))
    assert blocks[:3] == [1, 2, 4]
    assert max(blocks) == MAX_BLOCK
    outer = Lazy(values, lambda block: block)
    blocks.clear()
    assert list(outer) == list(range(3000))
    assert len(blocks) == 2 + MAX_BLOCK.bit_length() + 3000 // MAX_BLOCK - 3
