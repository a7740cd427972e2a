# 衡度 Hengdu. `make run` 启动全部服务；`make test` 运行全部检查。
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PACKAGES := config enforcement exemption_lists discretion joint_inspection cases supervision
LOCKS := requirements.txt requirements-dev.txt
STAMP := $(VENV)/.installed-$(shell cat $(LOCKS) 2>/dev/null | cksum | cut -d' ' -f1)

.PHONY: help setup run test test-slow bench lint format migrate lock

help:
	@echo "make run       安装依赖并启动全部服务（首次载入演示数据）"
	@echo "make test      安装依赖，运行静态检查、单元测试、集成测试和浏览器测试"
	@echo "make test-slow 运行耗时较长的测试"
	@echo "make bench     运行性能测量"
	@echo "make lint      只运行静态检查"
	@echo "make format    按统一格式整理代码"
	@echo "make migrate   更新数据库结构"
	@echo "make lock      由 requirements*.in 重新生成带校验值的依赖清单（需要 uv）"

setup: $(STAMP)

# The stamp is named after the contents of the lock files: unchanged files install nothing.
$(STAMP): $(LOCKS)
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更高版本，可用 make setup PYTHON=python3.11 指定。")'
	@if command -v uv >/dev/null; then \
		uv pip install --quiet --python $(PY) --require-hashes $(foreach lock,$(LOCKS),-r $(lock)); \
	else \
		$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes $(foreach lock,$(LOCKS),-r $(lock)); \
	fi
	@rm -f $(VENV)/.installed-*
	@touch $@

run: setup
	@exec $(PY) manage.py serve

migrate: setup
	$(PY) manage.py migrate

lint: setup
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --cache-dir var/import_linter
	$(VENV)/bin/djlint --lint --quiet templates
	$(PY) manage.py check
	$(PY) manage.py makemigrations --check --dry-run

# Two passes: each process of the second has a browser, a live server and a database of its own, which two cores can feed.
test: lint
	$(PY) -m pytest -n auto --dist loadfile -m "not browser and not slow"
	$(PY) -m pytest -n 2 --dist loadfile -m "browser and not slow"

test-slow: setup
	$(PY) -m pytest -m slow

bench: setup
	$(PY) -m bench

format: setup
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet requirements-dev.in -o requirements-dev.txt
