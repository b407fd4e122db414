"""Every limit on size and work, each with the input that it guards against.

Agreement files come from other people. Within these limits, validating the worst file known takes seconds and some
hundred megabytes (`python benchmarks/hostile.py`). Limits that the documentation states do not change; all others can.
"""

# --- Limits that the documentation states -----------------------------------------------------------------

#: The largest text that is read or written, in bytes of UTF-8, unless the caller sets another limit: huge files.
MAX_BYTES = 1_000_000
#: The deepest nesting of brackets: `[[[[…`, which exhausts the stack of a recursive parser.
MAX_DEPTH = 64
#: The longest number, in characters: converting digits to an integer takes quadratic time.
MAX_NUMBER_LENGTH = 400
#: The longest id, in characters.
MAX_ID_LENGTH = 100
#: The most problems in one report; one more states how many were left out. A file can have half a million problems.
MAX_PROBLEMS = 100

# --- Reports ----------------------------------------------------------------------------------------------

#: The most characters of paths in one report: a key may be as long as a file, and occurs in the path of each problem.
MAX_PATH_CHARACTERS = 5_000_000
#: The most exceptions in one exception of cattrs, which takes some kilobytes for each.
MAX_EXCEPTIONS = 100

# --- Suggestions ------------------------------------------------------------------------------------------

#: Longer words, in characters, are no typing errors, and comparing them takes quadratic time.
MAX_WORD_LENGTH = 100
#: The most pairs of characters compared for one suggestion, some milliseconds: ten thousand similar ids.
MAX_COMPARED_CHARACTERS = 80_000
#: The most unknown keys of one file for which the closest known key is looked for: a file of nothing but such keys.
MAX_KEY_SUGGESTIONS = 1_000

# --- Unicode ----------------------------------------------------------------------------------------------

#: Longer texts, in characters, get their combining marks sorted first: `unicodedata.normalize` takes quadratic time for
#: many marks on one letter.
MAX_UNSORTED_MARKS = 1_000

# --- Quotes -----------------------------------------------------------------------------------------------

#: The most characters through which quotes are searched for one by one. After that, the text is sorted, to find all
#: others: ten thousand quotes and a source of half a megabyte would take minutes.
MAX_PLAIN_SEARCH = 100_000_000
#: The most occurrences of one quote that are compared to see whether two are in the same source: thousands of quotes
#: that each occur once in each of thousands of sources.
MAX_COMPARED_OCCURRENCES = 100
#: The most characters of a quote that are used to look for its closest match.
MAX_CLOSEST_LENGTH = 1_000
#: In a larger text, in characters, fewer places are looked at for a closest match.
LARGE_TEXT = 50_000
#: If the words of a quote occur more often than this in the text, on average, no closest match is looked for: `ja ja ja
#: …`, where every pair of words is equal.
MAX_EQUAL_WORDS = 20
#: The most sources in which a closest match is looked for.
MAX_CLOSEST_SOURCES = 5

# --- Pages ------------------------------------------------------------------------------------------------

#: About this many places of one quote are marked in each source: one letter, quoted from a text of that letter.
MAX_MARKED_PLACES = 20
#: The most places that are marked in all. After that, only the first place of each quote is.
MAX_MARKS = 100_000
#: The most characters of a name or title where another part of the page refers to it: a long name that ten thousand
#: commitments refer to.
MAX_NAME_LENGTH = 300
#: The longest language tag that becomes an attribute of a page; tags have no limit in the format.
MAX_LANGUAGE_LENGTH = 100
