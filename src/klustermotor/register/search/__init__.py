"""How the register is found: one module for each kind of thing."""
