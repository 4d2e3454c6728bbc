"""What an appraisal found, as typed values, and its plain form: `results.json`. Nothing is worked out here."""
