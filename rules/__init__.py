"""The rule files that editors own. A package only so that an installed wrapgen carries them."""
