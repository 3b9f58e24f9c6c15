#!/usr/bin/env bash
# Makes the environment in .venv, in two steps that the Makefile calls when their inputs have changed:
#   requirements   a new .venv holding exactly what requirements.lock pins
#   project        orientalis itself, editable, built by the pinned back end
# Python: $PYTHON if set, else the first of python3.11, python3.12, python3.13, python3 that is 3.11 or newer.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

find_python() {
  local name
  for name in ${PYTHON:-python3.11 python3.12 python3.13 python3}; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$name"
      return
    fi
  done
  say "Orientalis needs Python 3.11 or newer, and found none${PYTHON:+ at PYTHON=$PYTHON}. Name one: make PYTHON=/path/to/python3.11 …"
  return 1
}

# Installs one Debian package, or says what must be done by hand. $1: package, $2: what is left out without it.
install_package() { bash tools/install_packages.sh "$2" "$1"; }

make_requirements() {
  local python
  python=$(find_python)
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    install_package "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv" \
      "no environment can be made, so nothing runs"
  fi
  say "Making .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --retries 5 \
    --require-hashes -r requirements.lock
  # The wheels of rasterio and pyogrio bring GDAL, but lean on the system's XML parser.
  if ! .venv/bin/python -c 'import pyogrio, rasterio' 2>/dev/null; then
    install_package libexpat1 "no map can be read, so nothing that has a map runs"
    .venv/bin/python -c 'import pyogrio, rasterio'
  fi
  touch .venv/requirements.installed
}

make_project() {
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-index \
    --no-deps --no-build-isolation --editable .
  touch .venv/project.installed
}

case "${1:-}" in
  requirements) make_requirements ;;
  project) make_project ;;
  *) say "usage: make_environment.sh requirements|project"; exit 2 ;;
esac
