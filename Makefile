# 楚怡申报. Every target sets up what it needs; nothing else is to be typed.
PYTHON := .venv/bin/python
OUT := out
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help run test lint types walls unit crash twin fuzz mutation fuzz-excel format setup lock schema programmes fonts screenshots bundle clean

help: ## 列出全部命令
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: ## 安装系统库与私有 Python 环境
	@sh build/setup.sh

run: ## 示例学校全流程：Excel → 自评 → 申报书，有显示器时打开窗口
	@sh build/setup.sh run
	@$(PYTHON) -m chuyi_desktop demo --out $(OUT) --window

test: lint types walls unit ## 代码检查、类型、依赖边界与全部测试

lint: setup ## ruff 检查与格式
	@$(PYTHON) -m ruff check src tests build benchmarks
	@$(PYTHON) -m ruff format --check src tests build benchmarks

types: setup ## mypy 严格类型检查
	@$(PYTHON) -m mypy

walls: setup ## 模块依赖边界
	@.venv/bin/lint-imports

unit: setup ## 全部测试
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2

crash: setup ## 断电式测试：反复强行结束正在写入的程序（N= 次数）
	@CHUYI_KILL_ROUNDS=$(or $(N),200) $(PYTHON) -m pytest tests/storage/test_killing.py -q

twin: setup ## 活表与程序逐格对照：LibreOffice 重算（N= 每个表单包的学校数）
	@CHUYI_TWIN_SCHOOLS=$(or $(N),200) $(PYTHON) -m pytest -n 2 tests/excel/test_twin_packs.py -q

fuzz: setup ## 规律测试：每条规律两千例
	@HYPOTHESIS_PROFILE=many QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2 tests/domain tests/scoring tests/report tests/excel tests/packs/test_laws.py tests/packs/test_differential.py tests/packs/test_pack_round_trips.py

mutation: setup ## 变异测试：改动 domain/ 的每一处，看测试是否发觉（在 out/ 的副本中，约 15 分钟；MODULES= 只跑几个模块）
	@nice -n 10 $(PYTHON) build/mutation.py -n $(or $(N),1) $(MODULES)

fuzz-excel: setup ## 模糊测试：用改坏的工作簿反复导入（MINUTES= 分钟）
	@$(PYTHON) build/fuzz_excel.py --minutes $(or $(MINUTES),10)

format: setup ## 按约定排版代码
	@$(PYTHON) -m ruff check --fix src tests build benchmarks
	@$(PYTHON) -m ruff format src tests build benchmarks

lock: ## 重新锁定依赖（维护者；需要 uv）
	@for set in runtime dev; do \
	  uv pip compile --no-config --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    $$([ $$set = dev ] && echo --group dev) pyproject.toml -o requirements/$$set.txt >/dev/null; done

schema: setup ## 重新生成表单包的 JSON Schema
	@$(PYTHON) -m chuyi_desktop forms schema -o forms/schema

programmes: setup ## 重新生成 docs/programmes.md
	@$(PYTHON) -m chuyi_desktop forms coverage -o docs/programmes.md

fonts: setup ## 重新制作 resources/fonts（维护者；需要 npm）
	@$(PYTHON) build/fonts/make_fonts.py

screenshots: setup ## 重新制作 README 中的图
	@QT_QPA_PLATFORM=offscreen $(PYTHON) build/screenshots.py

bundle: setup ## 制作免安装版并在其中自检
	@$(PYTHON) build/bundle.py

clean: ## 删去 out/
	@rm -rf $(OUT)
