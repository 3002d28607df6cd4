"""Tables in a document: their cells, and what rows and columns say of them."""
