"""The parts of the command line, by subject: names, options and help; each command imports its work when it is called."""
