"""Parts of a document, each made once, and a writer of them for every medium. Knows no case and does no sums."""
