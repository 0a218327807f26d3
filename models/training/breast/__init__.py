"""The breast cell: mechanism, fit and regulator of one line."""
