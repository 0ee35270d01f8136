"""Learning what the packs of languages hold in ``weights``: for who changes a pack, or has texts of their own. Needs the extra ``evaluation``."""
