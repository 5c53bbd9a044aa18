# Every target makes .venv by itself and reuses it; `make PYTHON=python3.12 chat` chooses another Python.
PYTHON ?= python3
# The index of torch's CPU builds; without it a Linux install would fetch gigabytes of CUDA.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help install chat bot test check clean

help:
	@echo "make chat     install, index the articles and ask about them in the terminal"
	@echo "make bot      the Telegram bot (put TELEGRAM_BOT_TOKEN into .env first)"
	@echo "make test     install and run the tests"
	@echo "make check    style, types and layers"
	@echo "make install  only install, into .venv"

install: .venv/installed

.venv/installed: pyproject.toml
	@echo "Installing into .venv (a few minutes the first time) ..." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install --quiet --retries 1 --no-deps --extra-index-url $(TORCH_INDEX) torch==2.13.0 2>.venv/torch.log \
		|| { cat .venv/torch.log >&2; exit 1; }
	@$(PIP) install --quiet --editable . >&2
	@touch $@

.venv/installed-dev: .venv/installed
	@$(PIP) install --quiet --editable ".[dev]" >&2
	@touch $@

chat: .venv/installed
	@$(BIN)/citabot chat

bot: .venv/installed
	@$(BIN)/citabot bot

# As many tests at once as there are cores, four at most, each on one of them.
test: .venv/installed-dev
	@OMP_NUM_THREADS=1 $(BIN)/pytest --numprocesses logical --maxprocesses 4 --dist loadfile

check: .venv/installed-dev
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
