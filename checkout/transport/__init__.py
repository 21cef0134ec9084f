"""How a Saleor document is executed: in this process (`embedded`), later also by a Saleor server beside us."""
