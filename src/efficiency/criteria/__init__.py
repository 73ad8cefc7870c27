"""What should be: calendars, flows, rules and standards."""
