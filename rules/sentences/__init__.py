"""The sentences that messages become."""
