"""Submissions that take effect once, however often they are sent: one mechanism for forms and interface."""
