"""`releaseprint received`: whether a folder that came by any way is what the manifests in it say."""

import json
from pathlib import Path

import click

from cli.options import json_option


@click.command("received")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@json_option
def command(folder: Path, *, as_json: bool) -> int:
    """Compare every file of FOLDER with every manifest in it: of this tool, SHA256SUMS, BagIt, ASC MHL.

    FOLDER is a package of anybody's, such as one that was copied from a store or came on a disk. Nothing is fetched,
    and nothing is changed. Exit code 1 means that something is not as promised, 3 that there is no manifest.
    """
    from cli import verifications
    from cli.main import CLEAN, FINDINGS

    result = verifications.read_folder(folder)
    if as_json:
        click.echo(json.dumps(verifications.received_data(result), ensure_ascii=False, indent=2))
    else:
        verifications.show_received(result, folder)
    return CLEAN if result.is_as_promised else FINDINGS
