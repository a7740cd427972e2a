"""Seed data that every installation needs, with pure readers. Nothing here touches the database."""
