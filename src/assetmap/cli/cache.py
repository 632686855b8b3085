"""``assetmap cache``: what is kept from earlier runs."""

from __future__ import annotations

import json

import click

from assetmap.cli import options


@click.command("cache", epilog="Example: assetmap cache --clean")
@click.option("--clean", is_flag=True, help="Remove everything kept; the next run makes it again.")
@options.as_json
def command(*, clean: bool, as_json: bool) -> None:
    """Show where results of steps are kept and how large they are, or remove them."""
    from assetmap.sources.store import Store, cache_folder

    store = Store(cache_folder())
    size = store.clean() if clean else store.size_bytes()
    if as_json:
        told = {"folder": str(store.folder), "freed_bytes" if clean else "kept_bytes": size}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        done = "freed from" if clean else "kept in"
        click.echo(f"{size / 1e6:.1f} MB {done} {store.folder}")
