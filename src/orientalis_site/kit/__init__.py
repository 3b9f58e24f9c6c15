"""What all pages share: numbers in the reader's language, headers, errors, the page cache."""
