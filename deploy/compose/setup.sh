#!/bin/sh
# Makes ./space for compose.yaml: settings, secrets, the broker's files, the reverse proxy's. Again after a change of the
# settings or of the name: settings and secrets that are there stay, and what was chosen before is chosen still.
#   ./setup.sh [--internal-ca | --public-ca] [--nats | --mosquitto] [--dir DIR] NAME
# NAME: where people reach it, such as huismeester.space; at first --public-ca and --mosquitto
set -eu
umask 077
here=$(cd "$(dirname "$0")" && pwd)
dir=$here/space
authority=
broker=
usage() {
  echo "usage: $0 [--internal-ca | --public-ca] [--nats | --mosquitto] [--dir DIR] NAME      (NAME of a-z, 0-9, dots and dashes)" >&2
  exit 64
}
while [ $# -gt 1 ]; do
  case $1 in
    --internal-ca | --public-ca) authority=${1#--} ;;
    --nats | --mosquitto) broker=${1#--} ;;
    --dir) dir=$2 && shift ;;
    *) break ;;
  esac
  shift
done
[ $# -eq 1 ] || usage
name=$1
case $name in
  '' | *[!a-z0-9.-]* | -*) usage ;;
esac

# Where Node is, HUISMEESTER="npx -y pnpm@12 huismeester" spares the image.
DOCKER=${DOCKER:-docker}
: "${HUISMEESTER:=$DOCKER run --rm --user $(id -u):$(id -g) --volume $dir:$dir huismeester:0.2.0 huismeester}"
: "${MOSQUITTO_PASSWD:=$DOCKER run --rm --user $(id -u):$(id -g) --volume $dir:$dir eclipse-mosquitto:2.0.22 mosquitto_passwd}"

# Nobody else may enter ./space. What lies below may be read by those whom it is shown to: containers have users of their own.
mkdir -p "$dir/secrets/shared" "$dir/broker/certs" "$dir/nats/certs" "$dir/front" "$dir/page" "$dir/backups" "$dir/authority"
chmod 755 "$dir/secrets" "$dir/secrets/shared" "$dir/broker" "$dir/broker/certs" "$dir/nats" "$dir/nats/certs" "$dir/front" "$dir/page"

# A program before a | may fail unseen: what one generates is taken into a variable first.
put() { # put FILE: what is piped in, whole or not at all, and never nothing
  cat >"$1.new"
  if [ ! -s "$1.new" ]; then
    rm -f "$1.new"
    echo "$1: nothing was made for it; what was there stays" >&2
    return 1
  fi
  chmod 444 "$1.new" && mv -f "$1.new" "$1"
}
text() { # text TEXT: with its last line's end, or nothing
  [ -z "$1" ] || printf '%s\n' "$1"
}
secret() { # secret NAME [OLD]: a new one, unless it is there, or is found under the name that it had before
  [ -s "$dir/secrets/$1" ] || [ ! -s "$dir/secrets/${2:-$1}" ] || mv "$dir/secrets/$2" "$dir/secrets/$1"
  [ -s "$dir/secrets/$1" ] || openssl rand -hex 24 | put "$dir/secrets/$1"
}

chosen() { # chosen KEY DEFAULT: the choice of an earlier run
  found=$(sed -n "s/^$1=//p" "$dir/.setup" 2>/dev/null) || found=
  echo "${found:-$2}"
}
: "${authority:=$(chosen authority public-ca)}" "${broker:=$(chosen broker mosquitto)}"
printf 'authority=%s\nbroker=%s\n' "$authority" "$broker" | put "$dir/.setup"

services='inventory membership netwatch ups-monitor vm-lifecycle policy'
for service in $services; do
  # Its container sees this folder and the shared one, and no other.
  mkdir -p "$dir/secrets/$service" && chmod 755 "$dir/secrets/$service"
  secret "shared/service-$service" "service-$service"
  secret "$service/mqtt" "mqtt-$service"
done
secret mqtt-grafana
secret database-password
password=$(cat "$dir/secrets/database-password")
echo "postgres://huismeester:$password@db/huismeester" | put "$dir/secrets/shared/database-url"

# The broker's own authority, and its certificate; NATS shows it to its other servers, too.
ca=$dir/authority/broker-ca
ec='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -batch'
# shellcheck disable=SC2086 # words, all of them
[ -s "$ca.crt" ] || openssl req -x509 $ec -days 7300 -subj "/CN=Huismeester, the broker's authority" -keyout "$ca.key" -out "$ca.crt" \
  -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign 2>/dev/null
names="DNS:$name,DNS:broker,DNS:nats-1,DNS:nats-2,DNS:nats-3,DNS:localhost,IP:127.0.0.1"
printf 'basicConstraints=CA:false\nextendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=%s\n' "$names" >"$dir/authority/extensions"
# shellcheck disable=SC2086
openssl req -new $ec -subj "/CN=broker" -keyout "$dir/authority/server.key" 2>/dev/null |
  openssl x509 -req -days 3650 -CA "$ca.crt" -CAkey "$ca.key" -set_serial "0x$(openssl rand -hex 16)" \
    -extfile "$dir/authority/extensions" 2>/dev/null >"$dir/authority/server.crt"
for certs in "$dir/broker/certs" "$dir/nats/certs"; do
  put "$certs/server.crt" <"$dir/authority/server.crt"
  put "$certs/server.key" <"$dir/authority/server.key"
  put "$certs/ca.crt" <"$ca.crt"
done
put "$dir/secrets/shared/broker-ca.crt" <"$ca.crt"
rm -f "$dir/secrets/broker-ca.crt" "$dir/secrets/database-url"

# Who may write to ./space/backups.
env=$(dirname "$dir")/.env
user="BACKUP_USER=$(id -u):$(id -g)"
if ! grep -qsxF "$user" "$env"; then
  # All else in it is not ours, such as COMPOSE_FILE.
  others=$(grep -sv '^BACKUP_USER=' "$env") || others=
  text "${others:+$others
}$user" >"$env"
fi

one='"mqtts://broker:8883"'
three='["mqtts://nats-1:8883", "mqtts://nats-2:8883", "mqtts://nats-3:8883"]'
url=$one
[ "$broker" = mosquitto ] || url=$three
if [ ! -e "$dir/space.yaml" ]; then
  sed -e "s#https://huismeester\.space#https://$name#" -e "s#url: $one#url: $url#" "$here/space.example.yaml" >"$dir/space.yaml"
  chmod 644 "$dir/space.yaml"
else
  # Settings from before each service had a folder of its own: what this script made has moved, and is named anew.
  if grep -qE 'secrets/(mqtt-|service-|database-url|broker-ca)' "$dir/space.yaml"; then
    sed -E -i 's#secrets/mqtt-(ups-monitor|vm-lifecycle|policy)#secrets/\1/mqtt#g; s#secrets/(service-|database-url|broker-ca)#secrets/shared/\1#g' "$dir/space.yaml"
    echo "$dir/space.yaml: its secrets moved to secrets/shared and to a folder for each service; their paths are changed" >&2
  fi
  mine=$(sed -n 's#^[^\#]*file: *\(secrets/[^ /}]*\)[ }].*#\1#p' "$dir/space.yaml")
  [ -z "$mine" ] ||
    echo "$dir/space.yaml: $mine: no container sees it; move it to the folder of the service that uses it, secrets/ups-monitor, secrets/vm-lifecycle or, of switches and probes, secrets/netwatch" >&2
  # Settings from before there was this service.
  for service in $services; do
    grep -qE "^ +$service:" "$dir/space.yaml" ||
      echo "$dir/space.yaml: $service is missing: add it under services and broker.credentials, as $here/space.example.yaml has it" >&2
  done
  # Without TLS, too: README.md, "Lights that know no TLS".
  if [ "$broker" != mosquitto ] || ! grep -qF 'url: "mqtt://broker:1883"' "$dir/space.yaml"; then
    grep -qF "url: $url" "$dir/space.yaml" || echo "$dir/space.yaml: broker.url is not $url; with this broker it should be" >&2
  fi
  public=$(sed -n 's#^[^\#]*publicUrl: *["'\'']*https*://\([^]"'\''/: ,}]*\).*#\1#p' "$dir/space.yaml")
  [ "$public" = "$name" ] ||
    echo "$dir/space.yaml: http.publicUrl is at ${public:-no name}, not at $name: of the two the broker's certificate alone is for $name" >&2
fi

generate() { # generate BROKER OPTION…: its configuration
  # shellcheck disable=SC2086
  $HUISMEESTER broker-config "$@" --config "$dir/space.yaml" --dir /run/broker --listen 0.0.0.0 --reader grafana
}
password_of() { # password_of USER of the broker
  if [ -s "$dir/secrets/$1/mqtt" ]; then cat "$dir/secrets/$1/mqtt"; else cat "$dir/secrets/mqtt-$1"; fi
}
part() { # part HEADING: what stands below it
  printf '%s\n' "$generated" | awk -v want="### $1" '/^### /{ on = ($0 == want); next } on'
}
if [ "$broker" = mosquitto ]; then
  generated=$(generate mosquitto --data-dir /mosquitto/data)
  part /run/broker/mosquitto.conf | put "$dir/broker/mosquitto.conf"
  part /run/broker/acl | put "$dir/broker/acl"
  for user in $services grafana; do
    password=$(password_of "$user")
    echo "$user:$password"
  done >"$dir/authority/passwords"
  # shellcheck disable=SC2086
  $MOSQUITTO_PASSWD -U "$dir/authority/passwords"
  put "$dir/broker/passwords" <"$dir/authority/passwords"
else
  generated=$(generate nats --data-dir /data --cluster nats-1,nats-2,nats-3)
  for server in nats-1 nats-2 nats-3; do
    part "/run/broker/nats-server.conf on $server" | put "$dir/nats/$server.conf"
  done
  # Not as bcrypt: they lie in ./space/secrets anyhow.
  users=$(sed -n 's/.*{ user: "\([a-z0-9-]*\)", password: \$\([A-Z0-9_]*\),.*/\1 \2/p' "$dir/nats/nats-1.conf")
  passwords=$(printf '%s\n' "$users" | while read -r user variable; do
    password=$(password_of "$user")
    echo "$variable: \"$password\""
  done)
  text "$passwords" | put "$dir/nats/passwords.conf"
fi

# The web page, of this version.
$HUISMEESTER web --output "$dir/page" >/dev/null
chmod -R a+rX "$dir/page"

caddy='--page /srv/huismeester'
[ "$authority" = public-ca ] || caddy="$caddy --internal-ca"
# shellcheck disable=SC2086
generated=$($HUISMEESTER reverse-proxy caddy --config "$dir/space.yaml" $caddy)
text "$generated" | put "$dir/front/Caddyfile"

echo "Made $dir ($broker, $authority). Next: your UPS and Proxmox in $dir/space.yaml, then docker compose up --detach"
