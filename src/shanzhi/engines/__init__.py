"""The machines that run playbook text. They know no programme."""
