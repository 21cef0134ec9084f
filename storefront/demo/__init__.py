"""Demo data: real counties and typical goods, made-up merchants, certificates and orders, all marked as a demo.

Everything is drawn from one seed and laid around one day (`as_of`), so that the same two give the same shop.
Planning is pure (`merchants`, `products`, `sales`); writing goes by batches (`shelves`, `orders`), each of them one
transaction, so that a stopped seeding goes on where it was.
"""
