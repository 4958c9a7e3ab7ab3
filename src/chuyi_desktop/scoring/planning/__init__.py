"""提升方案: the cheapest changes that reach a tier, found by an integer program and proved by the engine.

``improvement`` has the answers, ``improving`` is the way in. A question goes through ``levers`` (what may
move), ``translation`` (formulas over the levers), ``tier_program`` (the whole as an integer program),
``inquiry`` (solve, let the engine judge, learn), ``search`` (again, until nothing is cheaper) and ``tidying``
(as little as will do). The solver itself is handed in.
"""
