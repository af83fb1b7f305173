"""The one door for people: every use case takes an Actor first, passes `access.allow`, and is one transaction."""
