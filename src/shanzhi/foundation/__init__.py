"""What every floor stands on: facts, time, expressions, playbook text, notices."""
