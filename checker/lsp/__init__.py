"""`checker lsp`: the language server. `text` counts as editors do, `analysis` checks, `server` speaks.

Only `server`, `diagnostics`, `hovering` and `actions` know the protocol's types, which come with the extra ``lsp``.
"""
