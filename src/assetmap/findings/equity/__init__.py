"""How fair access is: measures on people, each defined or refused with its reason."""
