"""Content of the demonstration: laws, lists, benchmarks, scenes, people, parties and case plans.

Everything here is pure data and deterministic generators; `load_demo` turns it into rows through the services.
All texts are ours, all document numbers, people and parties are invented; laws and figures are real (docs/data_sources.md).
"""
