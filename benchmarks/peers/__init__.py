"""The classes that a user would otherwise write, with the same keys, patterns, choices and bounds as ours."""
