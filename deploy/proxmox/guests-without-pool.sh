#!/bin/sh
# Lists the guests of this cluster that are in no pool, and prints the line that would put each into a pool. It changes nothing.
# As root on any node: sh guests-without-pool.sh [POOL]
# Huismeester itself never sees these guests: its tokens have rights on pools alone (PRIV-2). Leave the board's out of any pool that it knows.
set -eu

pool="${1:-deelnemers}"
case "$pool" in
  -h | --help)
    echo "usage: $0 [POOL]   (POOL: deelnemers if left out)"
    exit 0
    ;;
  *[!A-Za-z0-9._-]* | '')
    echo "$0: found the pool \"$pool\", allowed: letters, digits, dots, dashes and underscores" >&2
    exit 2
    ;;
esac

for needed in pvesh perl; do
  if ! command -v "$needed" >/dev/null 2>&1; then
    echo "$0: there is no $needed here: run this as root on a node of Proxmox VE" >&2
    exit 1
  fi
done

# Proxmox VE needs perl itself, with JSON.
guests=$(pvesh get /cluster/resources --type vm --output-format json) || exit 1
printf '%s' "$guests" | POOL="$pool" perl -MJSON -0777 -e '
  my $rows = decode_json(<STDIN>);
  my @without = sort { $a->{vmid} <=> $b->{vmid} } grep { !defined($_->{pool}) || $_->{pool} eq "" } @$rows;
  if (!@without) { print "# every guest is in a pool\n"; exit 0 }
  print "# guests in no pool; run the lines of those that are participants\x27\n";
  for my $guest (@without) {
    my $name = defined($guest->{name}) ? $guest->{name} : "?";
    $name =~ s/[^A-Za-z0-9._-]/?/g;
    my $what = $guest->{template} ? "template" : ($guest->{type} eq "lxc" ? "container" : "VM");
    printf "# %s %d (%s) on %s, %s\n", $what, $guest->{vmid}, $name, $guest->{node}, $guest->{status} || "unknown";
    printf "%spveum pool modify %s --vms %d\n", ($guest->{template} ? "# " : ""), $ENV{POOL}, $guest->{vmid};
  }
'
