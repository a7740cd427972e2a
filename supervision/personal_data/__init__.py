"""Which columns hold personal data, why, how long; and everything about one person in one report (security.md D1, D4)."""
