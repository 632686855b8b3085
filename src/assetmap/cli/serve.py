"""``assetmap serve``: a preview of the folder to publish."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assetmap.cli import options

PORT = 8731


@click.command("serve", epilog="Example: assetmap serve outputs/example/1a2b3c4d5e6f --port 0")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65_535), default=PORT, show_default=True,
              help="Where to listen; 0 takes a free one.")  # fmt: skip
@options.quiet
@options.as_json
def command(folder: Path, port: int, *, quiet: bool, as_json: bool) -> None:
    """Show the folder to publish of a run, to a browser on this machine only.

    Nothing outside that folder is shown, and no other machine is answered. Ctrl-C ends it.
    """
    from assetmap.publish.serve import LOOPBACK, serve_folder

    with serve_folder(folder, port=port) as server:
        address = f"http://{LOOPBACK}:{server.server_port}/index.html"
        click.echo(json.dumps({"address": address}) if as_json else address)
        if not (quiet or as_json):
            click.echo("Only this machine can see it. Ctrl-C ends it.", err=True)
        server.serve_forever()
