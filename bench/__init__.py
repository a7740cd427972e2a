"""Performance measurements, printed as `job  figure  limit  ok|short`; answers are checked before times."""
