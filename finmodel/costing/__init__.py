"""Costing: from posts and other costs to what each month and year costs."""
