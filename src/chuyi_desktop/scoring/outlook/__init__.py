"""Beyond the verdict: what may still become of it, what it would take, and what it hangs on."""
