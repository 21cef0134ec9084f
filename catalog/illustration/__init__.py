"""Illustrations of the demo's products: one family of drawing a module's function, all in one flat style."""
