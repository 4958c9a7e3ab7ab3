"""Sentences on what a person named."""

MESSAGES: dict[str, str] = {
    "named.unknown": "没有“{name}”这个规则、指标或审核，名称和代号见 chuyi forms show",
    "named.unknown_near": "没有“{name}”这个规则、指标或审核；是不是：{near}",
}
