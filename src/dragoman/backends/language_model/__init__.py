"""A coder over a language model behind an OpenAI-compatible API; what the model says counts only where the text bears it out."""
