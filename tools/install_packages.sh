#!/usr/bin/env bash
# Installs Debian packages that are missing, as root or by sudo without a password. The one place that does.
#   install_packages.sh tests                   what the tests of the site need beside Python
#   install_packages.sh bench                   what `make bench-site` needs
#   install_packages.sh 'WHAT FAILS' PACKAGE…   any others
# Exit status 1, with what is left out, where something is missing and may not be installed here.
# Nothing is asked of apt while everything is there, from whatever source.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

case "${1:-}" in
  tests)
    left_out="the tests in tests/site that need a browser, PostgreSQL or Chinese letters are left out, and the site is not shown to work"
    wanted=(chromium postgresql fonts-noto-cjk gettext poppler-utils nginx-light openssl)
    ;;
  bench)
    left_out="make bench-site cannot measure loads"
    wanted=(chromium nginx-light wrk)
    ;;
  '' | -*)
    say "usage: install_packages.sh tests|bench, or install_packages.sh 'what fails without them' PACKAGE…"
    exit 2
    ;;
  *)
    left_out=$1
    wanted=("${@:2}")
    ;;
esac

has_command() {
  local name
  for name in "$@"; do
    if command -v "$name" >/dev/null || [ -x "/usr/sbin/$name" ]; then return 0; fi
  done
  return 1
}

is_installed() { dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }

# Whether what the package brings is here, be it from this package or from elsewhere.
is_here() {
  case "$1" in
    chromium) has_command chromium chromium-browser google-chrome ;;
    fonts-noto-cjk) is_installed "$1" || { has_command fc-list && fc-list ':lang=zh-cn' family | grep -q .; } ;;
    gettext) has_command msgfmt ;;
    openssl) has_command openssl ;;
    nginx-light) has_command nginx ;;
    poppler-utils) has_command pdftotext ;;
    postgresql) compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || has_command initdb ;;
    wrk) has_command wrk ;;
    *) is_installed "$1" ;;
  esac
}

missing=()
for package in "${wanted[@]}"; do
  is_here "$package" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if sudo -n true 2>/dev/null; then as_root=(sudo -n); else as_root=(false); fi
fi
if command -v apt-get >/dev/null && [ "${as_root[0]:-}" != false ]; then
  say "Installing system packages: ${missing[*]}"
  # Another apt may hold the lock for a while: wait for it, do not fail.
  if "${as_root[@]}" apt-get -q -o DPkg::Lock::Timeout=300 update >&2 \
    && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
      --no-install-recommends install "${missing[@]}" >&2; then
    exit 0
  fi
fi
say "System packages are missing and could not be installed here: ${missing[*]}. Without them: $left_out."
exit 1
