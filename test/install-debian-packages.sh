#!/usr/bin/env bash
# Installs what the tests start: the packages of a list (debian-packages.txt beside this script, unless another is
# given) that are not there yet, and unpacks those of debian-unpacked.txt. Starts no daemon. Ends with 77 when it cannot be done here, saying
# what is missing.
set -euo pipefail

list=${1:-$(dirname "$0")/debian-packages.txt}
cannot=77

mapfile -t lines < <(grep -Ev '^[[:space:]]*(#|$)' "$list")
packages=("${lines[@]%% *}")

if ! command -v dpkg-query apt-get > /dev/null; then
  echo "this is no Debian: install what ${packages[*]} would bring by hand" >&2
  exit "$cannot"
fi

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2> /dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done

unpacked=/var/lib/huismeester-tests
to_unpack=()
while read -r package; do
  [ -d "$unpacked/$package" ] || to_unpack+=("$package")
done < <(grep -Ev '^[[:space:]]*(#|$)' "$(dirname "$0")/debian-unpacked.txt")

if [ ${#missing[@]} -eq 0 ] && [ ${#to_unpack[@]} -eq 0 ]; then
  echo "all of ${packages[*]} are installed"
  exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "missing, and only root can install: apt-get install --no-install-recommends ${missing[*]}; to be unpacked: ${to_unpack[*]}" >&2
  exit "$cannot"
fi

# Debian starts a daemon as soon as it is installed, unless this file says 101, "not allowed". One that is there
# already is somebody else's: it stays as it is.
policy=/usr/sbin/policy-rc.d
if (set -o noclobber && printf '#!/bin/sh\nexit 101\n' > "$policy") 2> /dev/null; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  chmod 755 "$policy"
fi

install() {
  apt-get update -q &&
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
      -o DPkg::Lock::Timeout=120 "${missing[@]}"
}

# Into a folder that gets its name once it is whole: what was cut off is done again.
unpack() {
  local package=$1 folder
  folder=$(mktemp -d "$unpacked.XXXXXX")
  (cd "$folder" && apt-get download -q "$package" && dpkg -x "$package"_*.deb whole)
  mkdir -p "$unpacked"
  mv -T "$folder/whole" "$unpacked/$package"
  rm -rf "$folder"
}

if [ ${#missing[@]} -gt 0 ]; then
  install || { echo "once more" >&2; install; }
else
  apt-get update -q
fi
for package in "${to_unpack[@]}"; do unpack "$package"; done

# What was installed for the tests alone must not run at the next boot.
for line in "${lines[@]}"; do
  read -r package units <<< "$line"
  [[ " ${missing[*]} " == *" $package "* ]] || continue
  for unit in $units; do
    mkdir -p /etc/systemd/system
    ln -sfn /dev/null "/etc/systemd/system/$unit"
  done
done
