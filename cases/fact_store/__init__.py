"""The columnar fact store (design D6): facts and outcomes of decided cases as Parquet, one file per violation and year.

It stands beside the row truth and can be thrown away: `keeping.refresh` writes it again. It holds case ids, codes,
days and facts, never a name, a number of a person or free text (docs/fact_store.md).
"""
