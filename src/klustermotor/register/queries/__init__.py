"""Every read that a page, an export or a call needs."""
