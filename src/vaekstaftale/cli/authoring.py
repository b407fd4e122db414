"""The arguments of the commands that help to write a file: `draft`, `source`, `unquoted` and `quote`.

What they do is in `drafting` and `quoting`, which are imported when one of them runs: all other commands start faster.
"""

from __future__ import annotations

import argparse

from vaekstaftale.cli.arguments import Added, Commands, add_max_bytes
from vaekstaftale.model.sources import SourceKind


def add_draft(commands: Commands) -> Added:
    command = commands.add_parser("draft", help="write the beginnings of an agreement file from its source")
    _add_document(command)
    command.add_argument("-o", "--output", metavar="FILE", help="write to this file; default standard output")
    command.add_argument("--force", action="store_true", help="replace FILE if it exists")
    command.add_argument("--url", help="the address of the source, which was read today")
    command.add_argument("--language", default="da", metavar="TAG", help="the language; default %(default)s")
    command.add_argument("--id", help="the id; default from the title")
    command.add_argument("--title", help="the title; default the first heading, or the first line")
    command.add_argument("--kind", choices=[kind.value for kind in SourceKind], help="what the source is")
    command.add_argument("--initiatives", action="store_true", help="add an initiative for each numbered heading")
    command.set_defaults(run=_draft)
    return command, "vaekstaftale draft aftale.html --url https://example.org/aftale -o aftale.json"


def _add_document(command: argparse.ArgumentParser) -> None:
    help_ = "the text, HTML or PDF of the source, or - for plain text on standard input"
    command.add_argument("document", metavar="SOURCE", help=help_)
    help_ = "join words that are split at the ends of lines, and report each"
    command.add_argument("--join-hyphens", action="store_true", help=help_)


def _draft(options: argparse.Namespace) -> int:
    from vaekstaftale.cli import drafting

    return drafting.draft(options)


def add_source(commands: Commands) -> Added:
    command = commands.add_parser("source", help="put the text of a document into a source of an agreement file")
    command.add_argument("file", metavar="FILE", help="the agreement file, which is changed in place")
    command.add_argument("id", metavar="ID", help="the id of the source")
    _add_document(command)
    add_max_bytes(command)
    command.set_defaults(run=_source)
    return command, "vaekstaftale source aftale.json kilde aftale.pdf"


def _source(options: argparse.Namespace) -> int:
    from vaekstaftale.cli import drafting

    return drafting.source(options)


def add_unquoted(commands: Commands) -> Added:
    command = commands.add_parser("unquoted", help="list what no quote accounts for, sentence by sentence")
    command.add_argument("files", nargs="+", metavar="FILE", help="a file, the name of a bundled agreement, or -")
    help_ = "text, or one JSON object a line with a quote to paste; default %(default)s"
    command.add_argument("--format", choices=("text", "json"), default="text", help=help_)
    help_ = "add sentence N of the list to the skipped words of its source, in the file; may be repeated"
    command.add_argument("--skip", action="append", type=int, default=[], metavar="N", help=help_)
    add_max_bytes(command)
    command.set_defaults(run=_unquoted)
    return command, "vaekstaftale unquoted aftale.json"


def _unquoted(options: argparse.Namespace) -> int:
    from vaekstaftale.cli import quoting

    return quoting.unquoted(options)


def add_quote(commands: Commands) -> Added:
    command = commands.add_parser("quote", help="print the source's own words for some words, as a quote")
    command.add_argument("file", metavar="FILE", help="a file, the name of a bundled agreement, or -")
    command.add_argument("words", metavar="WORDS", help="words of the source; … stands for any words in between")
    command.add_argument("--source", metavar="ID", help="search in this source only")
    add_max_bytes(command)
    command.set_defaults(run=_quote)
    return command, 'vaekstaftale quote aftale.json "Parterne vil … november"'


def _quote(options: argparse.Namespace) -> int:
    from vaekstaftale.cli import quoting

    return quoting.print_quote(options)
