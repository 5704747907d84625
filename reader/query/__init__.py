"""The filter language: from what a person types to SQL, and from SQL to rows."""
