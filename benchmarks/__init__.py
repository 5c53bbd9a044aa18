"""Programs that print the figures which the documentation states."""
