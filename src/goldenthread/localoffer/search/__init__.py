"""Finding services: what was asked (`asking`), what was found (`finding`), and the index behind it."""
