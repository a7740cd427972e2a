"""Composition of the project: settings, routes, middleware, background tasks, embedded servers."""
