"""How each type of event is told."""
