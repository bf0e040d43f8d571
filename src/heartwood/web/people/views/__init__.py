"""The pages about accounts: joining, signing in, one's own settings, inviting."""
