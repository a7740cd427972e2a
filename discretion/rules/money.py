"""Exact money: integer fen, Decimal factors, and rounding half-up to the fen. No binary fractions anywhere."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

FEN_PER_YUAN = 100
HUNDRED = Decimal(100)
LARGEST_ROUNDING = Decimal("0.005")


def round_fen(value: Decimal) -> int:
    """`value` fen rounded half-up to a whole fen (四舍五入到分)."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def fen_from_yuan(value: Decimal | int | str) -> int:
    """Yuan to fen, rounded half-up. Raises `ValueError` for what is not a finite number."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"“{value}”不是金额") from error
    if not amount.is_finite():
        raise ValueError(f"“{value}”不是金额")
    return round_fen(amount * FEN_PER_YUAN)


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals, for exchange: 5000000 gives `50000.00`."""
    return str((Decimal(fen) / FEN_PER_YUAN).quantize(Decimal("0.01")))


def yuan_text(fen: int) -> str:
    """Fen as people write it: `50,000元`, `0.50元`."""
    if fen % FEN_PER_YUAN == 0:
        return f"{fen // FEN_PER_YUAN:,}元"
    return f"{Decimal(fen) / FEN_PER_YUAN:,.2f}元"


def number_text(value: Decimal | int) -> str:
    """A figure without needless zeros or exponents: `3.50` gives `3.5`, `20` gives `20`."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent_text(value: Decimal | int) -> str:
    """A percentage as printed: `20%`."""
    return f"{number_text(value)}%"


def is_published_rounding(exact: int, published: int) -> bool:
    """Whether `published` is `exact` rounded half-up to the published figure's last non-zero place, at most 0.5 % off."""
    if published <= 0 or abs(exact - published) > Decimal(exact) * LARGEST_ROUNDING:
        return False
    place = 10 ** (len(str(published)) - len(str(published).rstrip("0")))
    return (exact + place // 2) // place * place == published
