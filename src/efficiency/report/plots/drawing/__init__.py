"""How a plot comes about: its table found, its signature told, its looks."""
