"""What stands before the list of commands on their page."""

INTRODUCTION = """\
# Commands

Every change of the record is asked for by a command. `ledger1540 import FILE.jsonl` reads one command a line, in the
order in which it is to be recorded; the verbs of the command line give the same commands ([cli.md](cli.md)). This
page is made from the code by `python -m interfaces.importing.reference_page`; a test keeps it up to date.

## A line

A line is one JSON object with the member `command`. Members that a command does not have are refused, and so are a
member that stands twice, floats, integers outside ±(2^53 - 1), NUL characters and nesting deeper than 20. Files are
UTF-8, with or without a byte order mark; blank lines are passed over; a line has at most 8 MiB. Text is brought into
Unicode normal form C, except the words of sources (`quotation`, `words`, `original`), which stay as they are.

Members without a default are required. A *name* is made of `A-Z a-z 0-9 . _ -`, at most 100 of them. Dates are
`2013-12-31` and New York's. `known`, `known_by`, `noticed` and `received` take a year, a month, a date or an instant.

A `register-document` line may have one of two members that are not part of the command: `path`, a file in the folder
of the JSON Lines file or below it, or `text`, the document itself, kept byte for byte as UTF-8. Its bytes are stored
first; `sha256` and `size` are then worked out from them and can be left out.

The commands of one file are a **batch**. Its first event, `record.batch-imported`, is the cause (`causation`) of all
others, so a line names no cause of its own. The file is recorded whole or not at all; the same file again gives
nothing new; and `ledger1540 in-error --batch NAME --reason …` reverses the batch as one. In a batch the weaker rules
for history hold: the actors it names are claims of whoever imports, who must hold the role `secretariat`; for a text
that came late as a whole, decisions and consent need not be on record, nor what shows a step of a duty; a submission
may have been read before it was withdrawn, and an authority given before its event was corrected; a fact known after a
seal enters the sealed revision as a late fact.

## CSV of matrices

A header row, then a row for each cell assessed. Commas, semicolons or tabs stand between the cells; the columns come
in any order. An empty `value` sets the cell to blank. Rows of one State, revision, known date and document that
follow one another become one `assess`; one file assesses a cell of a State once on one known date. The commands' ids
come from the file's SHA-256 and the row.

| column | | meaning |
|---|---|---|
| `state` | required | ISO 3166 alpha-3, on record |
| `cell` | required | the whole id: `T2011/op3cd-5-nw-legal` |
| `value` | required | `X`, `?`, `NA`, `YES` or nothing |
| `known` | required | when the Committee knew: year, month, date or instant |
| `document` | | the id of a document that is on record, or that an earlier file of the same import registers |
| `page` or `locator` | | the place in it |
| `quotation` | | its words, verbatim |
| `language`, `translation` | | of the quotation |
| `note` | | a note |
| `in_force_from`, `in_force_to` | | dates |
| `revision` | | by default the State's last, opened and not withdrawn by the known date |

## Reference files

`member-states.csv`, `matrix-fields.csv` (with `templates.json` beside it) and mappings are recognised by their header
row, in the form in which the project ships them (`interfaces/reference/README.md`). `--known DATE` says when they
were known; without it States are known from their year of admission and templates from what `templates.json` says.

## Members that every command has

"""
