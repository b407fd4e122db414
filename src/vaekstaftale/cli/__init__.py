"""The command line: reads arguments, calls the library, prints.

`program` is the program as a whole, with one module for each command: `show`, `diff`, `validate`, `format` and
`listing` (`list` and `schema`). `formats` has the output formats of problems, `inputs` finds the files that arguments
name, and `streams` is the only module that prints.
"""

from vaekstaftale.cli.program import main

__all__ = ["main"]
