"""What a wrap says and in which order."""
