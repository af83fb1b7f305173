"""Imported by the process that those who read are forked from, and by nothing else: a fork server can be told what to
import, and nothing more, so that this one module works when it is imported."""

from assistant.application.warming import warm

warm()
