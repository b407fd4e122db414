"""A place: a stretch of a source's text."""

from __future__ import annotations

import re

from attrs import field, frozen

from vaekstaftale.display import require


@frozen
class Place:
    """A stretch of a source's text, such as an occurrence of a quote, or words that are neither quoted nor skipped."""

    #: Id of the source.
    source: str
    #: Index of the first code point in `Source.text`.
    start: int
    #: Index after the last code point.
    end: int
    #: The whole text of the source.
    source_text: str = field(eq=False, repr=False)

    @property
    def text(self) -> str:
        """The source's own words: `Source.text[start:end]`."""
        return self.source_text[self.start : self.end]

    @property
    def line(self) -> int:
        """The 1-based line of `Source.text` on which the words begin."""
        return self.source_text.count("\n", 0, self.start) + 1

    def context(self, width: int = 60) -> tuple[str, str]:
        """Return the words before and after, at most `width` code points on each side, cut at word boundaries."""
        require(width, int, "width")
        text = self.source_text
        # One more code point than asked for shows whether a word is cut. It is left out, with the rest of such a word.
        before, after = text[max(self.start - width - 1, 0) : self.start], text[self.end : self.end + width + 1]
        if self.start > width:
            before = re.sub(r"^(\s|\S+)", "", before)
        if self.end + width < len(text):
            after = re.sub(r"^(\s|\S+)", "", after[::-1])[::-1]
        return before, after


#: Another name of `Place`, for the results of `unquoted`.
Stretch = Place
