"""The pages of the portfolio: facts in the language of a page, the words around them, templates."""
