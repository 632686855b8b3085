"""Areas, origins, assets and schemes made ready: one row an area, an origin, an asset."""
