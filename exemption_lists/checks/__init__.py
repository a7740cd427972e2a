"""Static checks of a leniency list: what its entries mean beside each other, the statute and other lists."""
