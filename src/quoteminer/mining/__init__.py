"""Documents through the components: in which order, each kept from harming the others, here or in processes of their own."""
