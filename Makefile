# Everything runs in .venv; nothing else on the machine is touched. `make help` lists what there is.
.PHONY: help try run models test bench bench-text bench-faults screenshots fmt lock clean
.NOTPARALLEL:

PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check -qq install
OPTIONS = $(if $(PORT),--port $(PORT)) $(if $(DATA),--data $(DATA)) $(if $(PLAY),--play $(PLAY)) $(if $(JSON),--json)

help:
	@echo 'make try             talk to the bot on a page here: no account, no token, no key (PORT=8765)'
	@echo 'make try PLAY=FILE   watch it live through a day, such as examples/day.en.txt (JSON=1)'
	@echo 'make run             serve Telegram; needs TELEGRAM_BOT_TOKEN in .env'
	@echo 'make models          fetch the model that listens to recordings here, 163 MB (MODELS_FROM=PATH)'
	@echo 'make test            lint, types, import contracts, migrations, tests'
	@echo 'make bench           how fast it is, each number beside what it is compared with'
	@echo 'make bench-text      how well near-duplicates, own words and clichés are told (PAIRS=FILE)'
	@echo 'make bench-faults    what kills, faults and floods cost, beside plain bots (SEED=4)'
	@echo 'make screenshots     take the picture in the README anew; needs Chromium (LOOK=FOLDER: take them all)'
	@echo 'make fmt             format the code'
	@echo 'make lock            renew the pinned requirements (needs uv; UPGRADE=1 for newer versions)'
	@echo 'make clean           remove .venv and caches; data/ stays'

try: .venv/ready
	@$(PY) -m bot try $(OPTIONS)

run: .venv/ready
	@$(PY) -m bot run

models: .venv/ready
	@$(PY) -m bot models get $(if $(MODELS_FROM),--from "$(MODELS_FROM)")

test: .venv/ready-to-test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy --strict bot bench docs/conversation.py
	.venv/bin/lint-imports
	$(PY) -m pytest -n auto --maxprocesses 4 --dist worksteal

bench: .venv/ready-to-test
	@$(PY) -m bench

bench-text: .venv/ready-to-test
	@$(PY) -m bench.text $(if $(PAIRS),--pairs "$(PAIRS)")

bench-faults: .venv/ready-to-test
	@$(PY) -m bench.faults $(SEED)

screenshots: .venv/ready-to-test
	@$(PY) -m docs.conversation $(LOOK)

fmt: .venv/ready-to-test
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

LOCK = uv pip compile pyproject.toml -q --universal --python-version 3.11 \
	--no-annotate --no-header $(if $(UPGRADE),--upgrade) --no-emit-index-url

# The larger set first, so that both agree on every version they share.
lock:
	$(LOCK) --extra test -o requirements-test.lock
	$(LOCK) -c requirements-test.lock -o requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis bench/results.json
	find bot bench tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is touched only after its install succeeded: an interrupted one is simply done again.
.venv/ready: requirements.lock
	@$(PYTHON) -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Goldpan needs Python 3.11 or newer with its venv module; $(PYTHON) is" \
			"$$($(PYTHON) --version 2>/dev/null || echo not there)." >&2; \
		echo "Install it (Debian, Ubuntu: apt install python3-venv), or name another one:" \
			"make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -d .venv && echo 'Updating .venv…' >&2 || \
		echo 'Preparing .venv (first time only, about a minute)…' >&2
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@PIP_ROOT_USER_ACTION=ignore $(PIP) -r requirements.lock
	@touch $@

.venv/ready-to-test: requirements-test.lock .venv/ready
	@echo 'Adding the test tools to .venv…' >&2
	@PIP_ROOT_USER_ACTION=ignore $(PIP) -r requirements-test.lock
	@touch $@
