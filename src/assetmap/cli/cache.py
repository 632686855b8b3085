"""``assetmap cache``: what is kept from earlier runs."""

from __future__ import annotations

import click


@click.command("cache", epilog="Example: assetmap cache --clean")
@click.option("--clean", is_flag=True, help="Remove everything kept; the next run makes it again.")
def command(*, clean: bool) -> None:
    """Show where results of steps are kept and how large they are, or remove them."""
    from assetmap.sources.store import Store, cache_folder  # noqa: PLC0415 - keeps `--help` quick

    store = Store(cache_folder())
    if clean:
        click.echo(f"{store.clean() / 1e6:.1f} MB freed from {store.folder}")
    else:
        click.echo(f"{store.size_bytes() / 1e6:.1f} MB kept in {store.folder}")
