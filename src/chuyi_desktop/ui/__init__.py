"""The window: a face over the use cases. Qt is used here only, and nothing here knows a file format."""
