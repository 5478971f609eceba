"""A page that answers when touched: a game, its equilibria as formulas, and sliders that move them."""
