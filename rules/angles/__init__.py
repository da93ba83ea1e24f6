"""The stories a wrap can tell."""
