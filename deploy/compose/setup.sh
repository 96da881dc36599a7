#!/bin/sh
# Makes ./space for compose.yaml: settings, secrets, the broker's files, the front door's. Again after a change of the
# settings or of the name: settings and secrets that are there stay.
#   ./setup.sh [--internal-ca] [--dir DIR] NAME      NAME: where people reach it, such as huismeester.space
set -eu
umask 077
here=$(cd "$(dirname "$0")" && pwd)
dir=$here/space
caddy=
while [ $# -gt 1 ]; do
  case $1 in
    --internal-ca) caddy=--internal-ca ;;
    --dir) dir=$2 && shift ;;
    *) break ;;
  esac
  shift
done
name=${1-}
case $name in
  '' | *[!a-z0-9.-]* | -*)
    echo "usage: $0 [--internal-ca] [--dir DIR] NAME      (NAME of a-z, 0-9, dots and dashes)" >&2
    exit 64
    ;;
esac

# Where Node is, HUISMEESTER="npx -y pnpm@12 huismeester" spares the image.
DOCKER=${DOCKER:-docker}
: "${HUISMEESTER:=$DOCKER run --rm --user $(id -u):$(id -g) --volume $dir:$dir huismeester:0.1.0 huismeester}"
: "${MOSQUITTO_PASSWD:=$DOCKER run --rm --user $(id -u):$(id -g) --volume $dir:$dir eclipse-mosquitto:2.0.22 mosquitto_passwd}"

# Nobody else may enter ./space. What lies below may be read by those whom it is shown to: containers have users of their own.
mkdir -p "$dir/secrets" "$dir/broker/certs" "$dir/front" "$dir/backups" "$dir/authority"
chmod 755 "$dir/secrets" "$dir/broker" "$dir/broker/certs" "$dir/front"

put() { # put FILE: what is piped in, whole or not at all
  cat >"$1.new" && chmod 444 "$1.new" && mv -f "$1.new" "$1"
}
secret() { # secret NAME: a new one, unless it is there
  [ -s "$dir/secrets/$1" ] || openssl rand -hex 24 | put "$dir/secrets/$1"
}

services='ups-monitor vm-lifecycle policy'
for service in $services; do
  secret "service-$service"
  secret "mqtt-$service"
done
secret mqtt-grafana
secret database-password
echo "postgres://huismeester:$(cat "$dir/secrets/database-password")@db/huismeester" | put "$dir/secrets/database-url"

# The broker's own authority, and its certificate.
ca=$dir/authority/broker-ca
ec='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -batch'
# shellcheck disable=SC2086 # words, all of them
[ -s "$ca.crt" ] || openssl req -x509 $ec -days 7300 -subj "/CN=Huismeester, the broker's authority" -keyout "$ca.key" -out "$ca.crt" \
  -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign 2>/dev/null
names="DNS:$name,DNS:broker,DNS:localhost,IP:127.0.0.1"
extensions="basicConstraints=CA:false\nextendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=$names\n"
printf '%b' "$extensions" >"$dir/authority/extensions"
# shellcheck disable=SC2086
openssl req -new $ec -subj "/CN=broker" -keyout "$dir/authority/server.key" 2>/dev/null |
  openssl x509 -req -days 3650 -CA "$ca.crt" -CAkey "$ca.key" -set_serial "0x$(openssl rand -hex 16)" \
    -extfile "$dir/authority/extensions" 2>/dev/null | put "$dir/broker/certs/server.crt"
put "$dir/broker/certs/server.key" <"$dir/authority/server.key"
put "$dir/broker/certs/ca.crt" <"$ca.crt"
put "$dir/secrets/broker-ca.crt" <"$ca.crt"

# Who may write to ./space/backups.
echo "BACKUP_USER=$(id -u):$(id -g)" >"$(dirname "$dir")/.env"

if [ ! -e "$dir/space.yaml" ]; then
  sed "s#https://huismeester\.space#https://$name#" "$here/space.example.yaml" >"$dir/space.yaml"
  chmod 644 "$dir/space.yaml"
fi

# shellcheck disable=SC2086
generated=$($HUISMEESTER broker-config mosquitto --config "$dir/space.yaml" --dir /run/broker --data-dir /mosquitto/data \
  --listen 0.0.0.0 --reader grafana)
part() { # part HEADING: what stands below it
  printf '%s\n' "$generated" | awk -v want="### $1" '/^### /{ on = ($0 == want); next } on'
}
part /run/broker/mosquitto.conf | put "$dir/broker/mosquitto.conf"
part /run/broker/acl | put "$dir/broker/acl"
for user in $services grafana; do
  echo "$user:$(cat "$dir/secrets/mqtt-$user")"
done >"$dir/authority/passwords"
# shellcheck disable=SC2086
$MOSQUITTO_PASSWD -U "$dir/authority/passwords"
put "$dir/broker/passwords" <"$dir/authority/passwords"

# shellcheck disable=SC2086
$HUISMEESTER front-door caddy --config "$dir/space.yaml" $caddy | put "$dir/front/Caddyfile"

echo "Made $dir. Next: your UPS and Proxmox in $dir/space.yaml, then docker compose up --detach"
