"""Pages of guidance, lists of settings, the glossary, and the board of what the law asks for."""
