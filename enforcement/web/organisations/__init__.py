"""Pages about agencies, delegations and 行政区划 changes: what the public reads, and the acts of registrars."""
