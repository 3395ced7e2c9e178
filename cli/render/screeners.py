"""What the `screener` commands say: grants with their links, lists as a table or as JSON."""

import json
from typing import TYPE_CHECKING

import click

from assets.rights import utc
from cli.render.words import visible, visible_lines

if TYPE_CHECKING:
    from assets.screeners.model import Asked
    from cli.screening import Given
    from cli.screening_back import Listed, Listing, Removed

_STANDS = {
    "not-stored": "recorded, never stored",
    "expired": "over, the copy is still in the store",
    "revoked": "revoked, the copy is still in the store",
    "removed": "the copy is removed",
}
_TEMPORARY = "X-Amz-Security-Token="


def show_given(given: "Given", title: str) -> None:
    """The link alone on standard output, so that it can be handed on; everything about it on standard error."""
    made, link = given.grant, given.link
    who = f"{made.asked.person}, {made.asked.company}"
    _tell(f"{title}: grant {made.id} for {who}, until {utc(made.until)}")
    for text in made.allowed_by:
        _tell(f"allowed by {text}")
    for text in given.remarks:
        _tell(text)
    if link.ends is None:
        _tell("the store has no links: hand the file over; only `screener revoke` removes it, also when it is over")
    else:
        _tell(f"the link is a secret, kept nowhere; it opens until {utc(link.ends)}")
        if link.ends < made.until:
            _tell(f"no link holds longer: `releaseprint screener grant {title} --renew {made.id}` makes the next one")
        if _TEMPORARY in link.address:
            _tell("it is signed with credentials that are temporary: it ends with them, if that is earlier")
    click.echo(visible(link.address))


def show_removed(done: "Removed") -> None:
    """A line for a copy that is gone."""
    click.echo(visible(f"{done.title}: {done.grant}: removed, it opens nothing"))
    if done.note:
        _tell(f"{done.title}: {done.grant}: {done.note}")


def show_list(listing: "Listing", *, as_json: bool) -> None:
    """Who has what until when; requests that nobody answered; copies that no record knows; what cannot be read."""
    for fault in listing.faults:
        click.echo(visible_lines(str(fault)), err=True)
    if as_json:
        click.echo(json.dumps(_data(listing), ensure_ascii=False, indent=2))
        return
    for item in listing.grants:
        made = item.grant
        who = f"{made.asked.person}, {made.asked.company} ({made.asked.territory})"
        state = _STANDS.get(item.stands, f"given until {utc(made.until)}, whether it was opened is not known")
        click.echo(visible(f"{item.title}: grant {made.id}: {who}: {state}"))
        for text in item.refusals:
            click.echo(visible(f"  no longer allowed: {text}"))
    for title, request in listing.requests:
        asked = request.asked
        who = f"{asked.person}, {asked.company} ({asked.territory})"
        click.echo(visible(f"{title}: request {request.id}: {who}, {utc(request.at)}: {asked.reason}"))
    for place in listing.unrecorded:
        click.echo(visible(f"{place}: a copy that no record here knows"))
    if not (listing.grants or listing.requests or listing.unrecorded or listing.faults):
        click.echo("no screeners")


def _data(listing: "Listing") -> dict[str, object]:
    requests = [
        {"title": title, "id": item.id, "at": utc(item.at), "who": item.who, **_asked(item.asked)}
        for title, item in listing.requests
    ]
    grants = [_grant(item) for item in listing.grants]
    return {"at": utc(listing.at), "grants": grants, "requests": requests, "unrecorded": listing.unrecorded}


def _grant(item: "Listed") -> dict[str, object]:
    """`opened` is null: no store tells this tool whether a link was used."""
    made = item.grant
    return {
        "title": item.title,
        "id": made.id,
        "at": utc(made.at),
        "who": made.who,
        **_asked(made.asked),
        "version": made.copy.version,
        "burnt_in": made.copy.burnt_in,
        "sha256": made.copy.sha256,
        "until": utc(made.until),
        "stands": item.stands,
        "opened": None,
        "allowed_by": made.allowed_by,
        "no_longer_allowed": item.refusals,
        "why_revoked": made.why,
        "note": made.note,
    }


def _asked(asked: "Asked") -> dict[str, object]:
    return {
        "person": asked.person,
        "company": asked.company,
        "reason": asked.reason,
        "territory": asked.territory,
        "languages": asked.languages,
    }


def _tell(text: str) -> None:
    click.echo(visible(text), err=True)
