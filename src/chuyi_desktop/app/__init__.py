"""Use cases, one verb a module, over ports that the adapters fill. Standard library and inner rooms only."""
