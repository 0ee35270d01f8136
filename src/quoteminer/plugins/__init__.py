"""What a plugin brings (the hooks and the shape of components), and how plugins are found, chosen and loaded."""
