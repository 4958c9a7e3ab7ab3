"""Settings of the whole test run."""

import os

from hypothesis import Phase, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Deadlines would be timing asserts in disguise; the profile only says how many cases are tried.
settings.register_profile("usual", deadline=None)
settings.register_profile("few", deadline=None, max_examples=5)
settings.register_profile("many", deadline=None, max_examples=2000)
# For build/mutation.py: the same cases every time, and no search for a simpler one once one is found.
settings.register_profile(
    "mutation",
    deadline=None,
    max_examples=30,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))
