"""Which pairs are worth comparing: names alike by their character n-grams, or one address.

Looked for by 4-grams of the whole folded name: of each left name its rarest ones, as many as
together occur in at most `Search.postings` right names, so that a name of common parts costs no
more than another. Measured, for those found, as the cosine over the trigrams of its words,
weighted by how rare they are (idf). Namesakes and neighbours (same street and postcode or town)
are added by key. Same input, same pairs: ties are broken by the order of the right table.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

ALPHABET = " abcdefghijklmnopqrstuvwxyz0123456789&"
SIZE = len(ALPHABET) + 1  # and one for every other letter
PLACE_WEIGHT = 0.15
"""How much a shared postcode counts when candidates are chosen among names equally alike."""

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Matrix = Any  # scipy.sparse.csr_array; scipy has no types
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Search:
    """How widely candidates are looked for.

    ``top`` names by likeness for each name, of at least ``at_least`` cosine; ``postings`` bounds
    the work per name; ``namesakes`` and ``neighbours`` are how many may share a name or an
    address before it says nothing.
    """

    top: int = 10
    at_least: float = 0.35
    postings: int = 20_000
    namesakes: int = 30
    neighbours: int = 30
    block: int = 512


def candidate_pairs(
    left: pl.DataFrame,
    right: pl.DataFrame,
    search: Search = Search(),
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Pairs of rows of two prepared tables: ``l``, ``r`` (row numbers) and ``cosine``.

    One table with itself gives each pair once (``l`` < ``r``) and none of one organisation.
    """
    itself = left is right
    alike = pl.concat([_pairs([], []), *_by_name(left, right, search, itself, progress)])
    alike = alike.with_columns(pl.lit(True).alias("by_name"))
    keyed = pl.concat(list(_by_key(left, right, search)))
    keyed = keyed.with_columns(pl.lit(False).alias("by_name"))
    pairs = pl.concat([alike, keyed])
    if itself:
        pairs = pairs.with_columns(
            pl.min_horizontal("l", "r").alias("l"), pl.max_horizontal("l", "r").alias("r")
        )
        organisation = left["row"].to_numpy()
        apart = organisation[pairs["l"].to_numpy()] != organisation[pairs["r"].to_numpy()]
        pairs = pairs.filter(pl.Series(apart))
    pairs = pairs.group_by("l", "r").agg(pl.col("by_name").all()).sort("l", "r")
    cosine = _cosine(left, right, pairs["l"].to_numpy(), pairs["r"].to_numpy())
    pairs = pairs.with_columns(pl.Series("cosine", cosine).round(6))
    return pairs.filter((pl.col("cosine") >= search.at_least) | ~pl.col("by_name")).drop("by_name")


def _by_name(
    left: pl.DataFrame,
    right: pl.DataFrame,
    search: Search,
    itself: bool,
    progress: Progress | None,
) -> Iterator[pl.DataFrame]:
    """The right rows most alike, block of left rows by block."""
    of_right = _grams(right["folded"], 4, whole=True)
    of_left = of_right if itself else _grams(left["folded"], 4, whole=True)
    seen, idf = _rarity(of_right)
    wanted = _within_budget(_unit(of_left, idf), seen, search.postings)
    known = _postcodes(right)
    wanted = sparse.hstack([wanted, _one_hot(left["postcode"], known)], format="csr")
    offered = sparse.hstack([_unit(of_right, idf), _one_hot(right["postcode"], known)])
    offered = offered.T.tocsr()
    top = search.top + itself
    for start in range(0, left.height, search.block):
        product = wanted[start : start + search.block] @ offered
        rows, columns = _most_alike(product, top)
        yield _pairs(rows + start, columns)
        if progress:
            progress(min(1.0, (start + search.block) / left.height))


def _most_alike(product: Matrix, top: int) -> tuple[Whole, Whole]:
    """Per row the columns of its ``top`` largest values, the first column among equals."""
    rows = np.repeat(np.arange(product.shape[0], dtype=np.int64), np.diff(product.indptr))
    values, columns = product.data, product.indices.astype(np.int64)
    strong = values >= 0.2
    rows, values, columns = rows[strong], np.round(values[strong], 5), columns[strong]
    order = np.lexsort((columns, -values, rows))
    rows, columns = rows[order], columns[order]
    rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
    return rows[rank < top], columns[rank < top]


def _by_key(left: pl.DataFrame, right: pl.DataFrame, search: Search) -> Iterator[pl.DataFrame]:
    yield _same(left, right, ["folded"], search.namesakes)
    yield _same(left, right, ["folded", "place"], search.namesakes)
    yield _same(left, right, ["street", "postcode"], search.neighbours)
    yield _same(left, right, ["street", "city"], search.neighbours)


def _same(left: pl.DataFrame, right: pl.DataFrame, keys: list[str], most: int) -> pl.DataFrame:
    def numbered(table: pl.DataFrame, name: str) -> pl.DataFrame:
        return table.with_row_index(name).select(pl.col(name).cast(pl.Int64), *keys).drop_nulls()

    shared = numbered(right, "r").filter(pl.len().over(keys) <= most)
    return numbered(left, "l").join(shared, on=keys, how="inner").select("l", "r")


def _cosine(left: pl.DataFrame, right: pl.DataFrame, lefts: Whole, rights: Whole) -> Real:
    of_right = _grams(right["folded"], 3, whole=False)
    of_left = of_right if left is right else _grams(left["folded"], 3, whole=False)
    idf = _rarity(of_right)[1]
    units_l, units_r = _unit(of_left, idf), _unit(of_right, idf)
    cosine = np.empty(len(lefts))
    for start in range(0, len(lefts), 200_000):
        part = slice(start, start + 200_000)
        cosine[part] = np.asarray(
            units_l[lefts[part]].multiply(units_r[rights[part]]).sum(axis=1)
        ).ravel()
    same = left["folded"].to_numpy()[lefts] == right["folded"].to_numpy()[rights]
    return np.where(same, 1.0, np.minimum(cosine, 1.0))


def _grams(names: pl.Series, n: int, *, whole: bool) -> Matrix:
    """Which n-grams each name holds, names × n-grams: of the ``whole`` name or of its words."""
    codes = np.full(256, SIZE - 1, np.int32)
    for place, letter in enumerate(ALPHABET):
        codes[ord(letter)] = place
    text = "\n".join(f" {name} " for name in names.to_list())
    raw = np.frombuffer(text.encode("ascii", "replace"), np.uint8)
    is_end = raw == ord("\n")
    row = np.cumsum(is_end, dtype=np.int32)
    letters = codes[raw]
    count = max(len(raw) - n + 1, 0)
    gram, apart = np.zeros(count, np.int32), np.zeros(count, bool)
    for step in range(n):
        here = slice(step, step + count)
        gram = gram * SIZE + letters[here]
        apart |= is_end[here]
        if not whole and 0 < step < n - 1:
            apart |= letters[here] == 0
    kept = ~apart
    matrix = sparse.csr_array(
        (np.ones(int(kept.sum()), np.float32), (row[:count][kept], gram[kept])),
        shape=(len(names), SIZE**n),
    )
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix


def _rarity(grams: Matrix) -> tuple[Whole, Real]:
    seen = np.bincount(grams.indices, minlength=grams.shape[1])
    return seen, np.log((1 + grams.shape[0]) / (1 + seen)) + 1.0


def _unit(grams: Matrix, idf: Real) -> Matrix:
    """Rows of length one."""
    weighted = grams.copy()
    weighted.data = idf[grams.indices]
    squares = np.add.reduceat(np.append(weighted.data**2, 0.0), weighted.indptr[:-1])
    sizes = np.diff(weighted.indptr)
    length = np.sqrt(np.where(sizes > 0, squares, 1.0))
    weighted.data = (weighted.data / np.repeat(length, sizes)).astype(np.float32)
    return weighted


def _within_budget(grams: Matrix, seen: Whole, postings: int) -> Matrix:
    """Each row's rarest n-grams, until together they occur in ``postings`` names."""
    sizes = np.diff(grams.indptr)
    rows = np.repeat(np.arange(grams.shape[0]), sizes)
    cost = seen[grams.indices]
    order = np.lexsort((grams.indices, cost, rows))
    spent = np.cumsum(cost[order])
    before = np.concatenate([[0], spent])[grams.indptr[:-1]]
    kept = np.zeros(len(rows), bool)
    kept[order] = spent - before[rows[order]] <= postings
    thin = grams.copy()
    thin.data = np.where(kept, thin.data, 0).astype(np.float32)
    thin.eliminate_zeros()
    return thin


def _postcodes(table: pl.DataFrame) -> dict[str, int]:
    known = table["postcode"].drop_nulls().unique().sort().to_list()
    return {postcode: place for place, postcode in enumerate(known)}


def _one_hot(postcodes: pl.Series, known: dict[str, int]) -> Matrix:
    at = [known.get(postcode) for postcode in postcodes.to_list()]
    rows = [row for row, column in enumerate(at) if column is not None]
    columns = [column for column in at if column is not None]
    data = np.full(len(rows), PLACE_WEIGHT**0.5, np.float32)
    return sparse.csr_array((data, (rows, columns)), shape=(len(at), max(len(known), 1)))


def _pairs(lefts: Any, rights: Any) -> pl.DataFrame:
    return pl.DataFrame({"l": lefts, "r": rights}, schema={"l": pl.Int64, "r": pl.Int64})
