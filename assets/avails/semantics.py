"""What is wrong with Avails that are well formed: every rule over every row, then the rules over all rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assets.avails import rules_across, rules_ids, rules_money, rules_places, rules_times, rules_words
from assets.avails.finding import found
from assets.avails.rows import Avails, Finding, Row

ROW_RULES: tuple[Callable[[Row], Iterator[Finding]], ...] = (
    rules_words.missing,
    rules_words.words,
    rules_words.work,
    rules_words.captions,
    rules_words.rating,
    rules_words.exclusivity,
    rules_times.term,
    rules_times.conditions,
    rules_times.around,
    rules_money.price,
    rules_money.currency,
    rules_money.durations,
    rules_places.territories,
    rules_places.languages,
    rules_places.fulfilment,
    rules_ids.forms,
    rules_ids.eidrs,
    rules_ids.agreement,
    rules_ids.bundles,
)

RULES: tuple[Callable[[Sequence[Row]], Iterator[Finding]], ...] = (
    rules_across.identities,
    rules_across.transactions,
    rules_across.entries,
    rules_across.references,
    rules_across.repetitions,
)


_ONE_TERRITORY = "1.7"


def check(rows: Sequence[Row]) -> tuple[Finding, ...]:
    """Everything that is wrong with rows, in their order, and then what is wrong between them."""
    alone = (finding for row in rows for rule in ROW_RULES for finding in rule(row))
    return (*alone, *(finding for rule in RULES for finding in rule(rows)))


def findings(avails: Avails) -> tuple[Finding, ...]:
    """Everything that is wrong with a file that could be read. In XML an Avail says its type and describes itself."""
    missing = (
        Finding("missing", f"{row.place}: {name}", "is missing", "every Avail says it")
        for row in avails.rows
        if avails.is_xml
        for name, value in (("AvailType", row.avail_type), ("ShortDescription", row.short_description))
        if not value
    )
    return tuple(_in_cell(item, avails) for item in (*missing, *_of_old_sheets(avails), *check(avails.rows)))


def _in_cell(finding: Finding, avails: Avails) -> Finding:
    """A finding in a row of a sheet with the cell that it is in, if the sheet has that column."""
    row, _, name = finding.place.rpartition(": ")
    sheet, _, number = row.rpartition(", row ")
    column = avails.columns.get(name)
    return finding if column is None else replace(finding, place=f"{sheet}, {column}{number} ({name})")


def _of_old_sheets(avails: Avails) -> Iterator[Finding]:
    """A row of a sheet of 1.7 is about one territory; lists of them came with 1.8."""
    for row in avails.rows if avails.version == _ONE_TERRITORY and not avails.is_xml else ():
        if len(row.territories) > 1:
            what = f"{', '.join(row.territories)}: several territories in a sheet of {_ONE_TERRITORY}"
            yield found("several-territories", row, "territories", what, "one, and a row for each of the others")
