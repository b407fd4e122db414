"""Every limit on size and work.

Agreement files come from other people. Within these limits, validating, reading, loading or writing the costliest file
that is known takes at most 3 seconds and 300 megabytes, everything else at most 5 seconds and 500 megabytes, and a page
at most 10 seconds, with at most 10 megabytes of HTML (`python benchmarks/hostile.py`). The limits of the file format
are stated in the documentation and do not change. All others can.
"""

# --- Limits of the file format ----------------------------------------------------------------------------
#
# Each is far above what real agreements have.

#: The largest file, in bytes of UTF-8, unless the caller sets another limit.
MAX_BYTES = 1_000_000
#: The deepest nesting of brackets. Guards against `[[[[…`, which exhausts the stack of a recursive parser.
MAX_DEPTH = 64
#: The longest number, in characters. Converting digits to an integer takes quadratic time.
MAX_NUMBER_LENGTH = 400
#: The longest id, in characters.
MAX_ID_LENGTH = 100
#: The longest language tag, in characters. RFC 5646, section 4.4.1, recommends to support at least 35.
MAX_LANGUAGE_LENGTH = 35
#: The longest name, title or label, in characters.
MAX_NAME_LENGTH = 500
#: The longest web address, in characters.
MAX_URL_LENGTH = 2_000
#: The longest text, in characters. The text of a source may be longer.
MAX_TEXT_LENGTH = 10_000
#: The most items in a list. The text of a source may have more lines.
MAX_ITEMS = 1_000
#: The most quotes in an agreement.
MAX_QUOTES = 2_000
#: The most commitments in an agreement.
MAX_COMMITMENTS = 2_000
#: The most problems in one report; one more states how many were left out. A file can have half a million problems.
MAX_PROBLEMS = 100

# --- Reading ----------------------------------------------------------------------------------------------

#: The most ids, dates and language tags of each kind that are remembered as right, whatever files they come from.
MAX_REMEMBERED = 10_000

# --- Reports ----------------------------------------------------------------------------------------------

#: The most characters of paths in one report. Guards against a key as long as the file, which is in the path of each
#: problem below it.
MAX_PATH_CHARACTERS = 5_000_000
#: The most exceptions in one exception of cattrs, which takes some kilobytes for each.
MAX_EXCEPTIONS = 100

# --- Suggestions ------------------------------------------------------------------------------------------

#: Longer words, in characters, are no typing errors, and comparing them takes quadratic time.
MAX_WORD_LENGTH = 100
#: The most pairs of characters that are compared for one suggestion, which takes some milliseconds. Guards against a
#: thousand similar ids.
MAX_COMPARED_CHARACTERS = 80_000
#: The most ids of unknown agreements for which the closest known one is looked for, in all files of one call. Guards
#: against files of nothing but such relations.
MAX_ACROSS_SUGGESTIONS = 100
#: The most unknown keys of one file for which the closest known key is looked for. Guards against a file of nothing but
#: such keys.
MAX_KEY_SUGGESTIONS = 1_000

# --- Fixes ----------------------------------------------------------------------------------------------------

#: The most edits of one fix. Guards against an id that is used a hundred thousand times.
MAX_EDITS = 1_000
#: The most problems that one fix fixes inside the value that it is about.
MAX_FIXED_INSIDE = 20
#: The most rounds in which fixes are made. Each shows problems of a later stage.
MAX_ROUNDS = 10
#: About how many characters are read to fix problems of the stage of text, which are found one by one. After that,
#: each of them takes a round. Guards against a file of nothing but such problems.
MAX_FIXED_CHARACTERS = 10_000_000

# --- Unicode ----------------------------------------------------------------------------------------------

#: Longer strings, in characters, get their combining marks sorted first: `unicodedata.normalize` takes quadratic time
#: for many marks on one letter.
MAX_UNSORTED_MARKS = 1_000

# --- Quotes -----------------------------------------------------------------------------------------------

#: The most characters through which quotes are searched for one by one. After that, the text is sorted to find all
#: others. Guards against 2,000 quotes and a source of half a megabyte, which take a minute one by one.
MAX_PLAIN_SEARCH = 100_000_000
#: The most occurrences of one quote that are looked at to see whether one of them cuts no word. Guards against a letter
#: that is quoted from a text of nothing but words that begin with it. There cannot be as many sources, so two
#: occurrences in one source are always found.
MAX_CHECKED_OCCURRENCES = MAX_ITEMS + 1
#: The same for all quotes of an agreement, about a second. Of the quotes after that, the first ten occurrences are
#: looked at. Guards against 2,000 of such quotes.
MAX_CHECKED_IN_ALL = 200_000
#: The most pairs of letters that are compared for the hints of one agreement, most of a second. Guards against a
#: hundred quotes that nearly occur in a long text. Quotes after that get no hint.
MAX_COMPARED_LETTERS = 1_500_000
#: How many letters are compared at each end of a long quote. One with up to twice as many is compared as a whole.
MAX_END_LETTERS = 150
#: In a larger text, in letters, fewer places are looked at for a closest match.
LARGE_TEXT = 50_000
#: The most sources in which a closest match is looked for.
MAX_CLOSEST_SOURCES = 4
#: The most places of an ambiguous quote that are compared to find a prefix or suffix for each.
MAX_COMPARED_PLACES = 20

# --- Documents --------------------------------------------------------------------------------------------

#: The largest document from which the text of a source is read, in bytes.
MAX_DOCUMENT_BYTES = 50_000_000
#: The most seconds that reading HTML or PDF may take, and the most memory, in bytes. Guards against a small file that
#: unpacks to any size.
MAX_DOCUMENT_SECONDS = 30
MAX_DOCUMENT_MEMORY = 1_000_000_000

# --- Pages ------------------------------------------------------------------------------------------------

#: About this many places of one quote are marked in each source. Guards against one letter, quoted from a text of
#: nothing but that letter.
MAX_MARKED_PLACES = 20
#: The most places that are marked in all. After that, only the first place of each quote is.
MAX_MARKS = 5_000
#: The most characters, as they are shown, of a name or title that refers to something.
MAX_REFERENCE_LENGTH = 60
#: The most references to parties and entities on a page. Guards against 2,000 promises that each bind a thousand.
MAX_REFERENCES = 10_000
#: The most names that one promise lists, and the most promises that a party or entity lists.
MAX_LISTED = 100
#: The most characters of a promise in the list of all.
MAX_IN_LIST = 300
#: The most invisible characters in the text of sources that are written as code points.
MAX_UNSEEN = 1_000
#: The most rows of the table of who promised what.
MAX_ROWS = 50
