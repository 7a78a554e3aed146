"""Mail from contact forms: its fields, labels and layouts."""
