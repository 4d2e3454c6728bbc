"""How sure an answer is: the model with other inputs, many at once, and what that does to the answer."""
