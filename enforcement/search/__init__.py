"""Public search: the words of published documents as pairs of characters, with what people say instead and pinyin."""
