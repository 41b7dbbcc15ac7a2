#!/bin/sh
# Installs what shop-plan needs and this machine lacks: node modules, and the servers PostgreSQL (15 or newer), Redis,
# nginx, HAProxy, Patroni, etcd and RabbitMQ from the system's packages; and versitygw, which no distribution packages, where
# Go is there to build it (nothing depends on it); with --with-k6 also k6, with --with-browser also a browser. Says what it will do and, on a
# terminal, asks. Servers are not started by it.
#
#   sh infra/install.sh           install what is missing
#   sh infra/install.sh --check   only say what is missing
#   sh infra/install.sh --with-k6 also k6, a load generator, which takes minutes to build
#   sh infra/install.sh --with-browser also Chromium, which the tests open reports in
#
# Exit codes: 0 nothing is missing (any more), 2 wrong usage, 3 something is missing, 130 interrupted.
# SHOP_PLAN_SYSTEM_ROOT prefixes the system's folders; tests use it to work on a machine of their own.

set -u

root=$(cd "$(dirname "$0")/.." && pwd) || exit 3
system=${SHOP_PLAN_SYSTEM_ROOT:-}
postgres_major_min=15
node_major_min=24
versitygw=github.com/versity/versitygw/cmd/versitygw@v1.8.0
k6=go.k6.io/k6@v1.8.1

policy=$system/usr/sbin/policy-rc.d
# One of these exists while our policy is in place: the machine's own one, or a sign that it had none.
policy_saved=$system/usr/sbin/policy-rc.d.shop-plan-saved
policy_none=$system/usr/sbin/policy-rc.d.shop-plan-none
cluster_conf=$system/etc/postgresql-common/createcluster.d/shop-plan.conf
as_root=
made_folders=

say() { echo "shop-plan: $*" >&2; }

main() {
    check_only=
    with_k6=
    with_browser=
    for option in "$@"; do
        case $option in
            --check) check_only=yes ;;
            --with-k6) with_k6=yes ;;
            --with-browser) with_browser=yes ;;
            *) say "unknown option \`$option\`; there are --check, --with-k6 and --with-browser"; exit 2 ;;
        esac
    done
    [ -z "$check_only" ] && policy_is_ours && repair_interrupted
    missing_packages
    if [ -n "$check_only" ]; then
        report_check
        return
    fi
    node_modules_fresh || install_node_modules
    [ -z "$packages" ] || install_servers
    find_go
    [ -z "$go" ] || build_tools
    [ -z "$with_k6" ] || has_tool k6 || { say 'k6 is not there, see above; it is built where Go is'; exit 3; }
}

# --- what is missing ---------------------------------------------------------------------------------------------

missing_packages() {
    packages=
    has_postgres || packages="$packages postgresql"
    has_program redis-server || packages="$packages redis-server"
    has_program nginx || packages="$packages nginx"
    has_program haproxy || packages="$packages haproxy"
    has_program patroni || packages="$packages patroni"
    has_program etcd || packages="$packages etcd-server"
    has_rabbitmq || packages="$packages rabbitmq-server"
    [ -z "$with_browser" ] || has_browser || packages="$packages chromium"
    packages=${packages# }
}

has_browser() { has_program chromium || has_program chromium-browser || has_program google-chrome; }

has_program() {
    command -v "$1" >/dev/null 2>&1 || [ -x "$system/usr/sbin/$1" ] || [ -x "$system/usr/local/sbin/$1" ]
}

# Distributions keep PostgreSQL's programs off PATH, in one folder a major version.
has_postgres() {
    for folder in "$system"/usr/lib/postgresql/*/bin "$system"/usr/pgsql-*/bin; do
        major=${folder%/bin}
        major=${major##*[!0-9]}
        [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ] && [ "${major:-0}" -ge $postgres_major_min ] && return 0
    done
    command -v initdb >/dev/null 2>&1 && version=$(postgres --version 2>/dev/null) || return 1
    major=$(echo "$version" | sed -n 's/^[^0-9]*\([0-9]*\).*/\1/p')
    [ "${major:-0}" -ge $postgres_major_min ]
}

# The program on PATH is a wrapper for the system's own service; what stacks run lies below it.
has_rabbitmq() {
    has_program erl && has_program epmd || return 1
    for program in "$system"/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server; do
        [ -x "$program" ] && return 0
    done
    return 1
}

# npm writes its hidden lock file last, so an interrupted install has none. A checkout makes package-lock.json look
# newer without a change; then its contents are compared with those of the last install.
node_modules_fresh() {
    lock=$root/package-lock.json
    # The published package has none: its modules came with it.
    [ -e "$lock" ] || return 0
    installed=$root/node_modules/.package-lock.json
    [ -e "$installed" ] || return 1
    [ ! "$lock" -nt "$installed" ] || cmp -s "$lock" "$root/node_modules/.shop-plan-lock.json"
}

report_check() {
    result=0
    node_modules_fresh || { say 'node modules are missing or out of date; `npm ci` brings them'; result=3; }
    [ -z "$packages" ] || { say "missing programs; they come with: apt-get install $packages"; result=3; }
    find_go
    [ -z "$go" ] || has_tool versitygw || say "there is no versitygw, an object store; without --check it is built (go install $versitygw)"
    [ -z "$go" ] || has_tool k6 || say "there is no k6, a load generator; --with-k6 builds it (go install $k6)"
    return $result
}

# --- node modules ------------------------------------------------------------------------------------------------

install_node_modules() {
    # npm ci empties the folder first, also one that a link leads to, and that others may be using.
    if [ -L "$root/node_modules" ]; then
        say 'node modules are out of date, and node_modules is a link: bring them up to date where it leads to (npm ci)'
        exit 3
    fi
    say 'installing node modules (npm ci)'
    # The versions of npm and node that are running, if it is npm that runs this: those on PATH may be in the folder
    # that npm ci removes first.
    case ${npm_execpath:-} in
        */npm-cli.js) set -- "${npm_node_execpath:-node}" "$npm_execpath" ;;
        *) set -- npm ;;
    esac
    command -v "$1" >/dev/null 2>&1 || { say 'npm is not on PATH; install Node.js, see https://nodejs.org'; exit 3; }
    # Development dependencies hold the tests and the right version of Node, whatever NODE_ENV says. Error level: an
    # older npm warns about the engines of packages that only that Node will ever run. Nothing of it belongs on stdout.
    if ! (cd "$root" && "$@" ci --include=dev --loglevel=error --no-audit --no-fund) >&2; then
        say 'npm ci failed; see above'
        exit 3
    fi
    cp "$root/package-lock.json" "$root/node_modules/.shop-plan-lock.json"
    assert_node
}

# The `node` package fetches its program in an install script, which npm can be told not to run.
assert_node() {
    [ -x "$root/node_modules/.bin/node" ] && return
    version=$(node --version 2>/dev/null) || version=v0
    major=${version#v}
    [ "${major%%.*}" -ge $node_major_min ] && return
    say "node_modules has no node program, and \`node\` on PATH is older than $node_major_min: allow install scripts (npm ci --ignore-scripts=false)"
    exit 3
}

# --- servers -----------------------------------------------------------------------------------------------------

install_servers() {
    command="apt-get install --no-install-recommends $packages"
    if ! command -v apt-get >/dev/null 2>&1; then
        say "missing programs: PostgreSQL has to be $postgres_major_min or newer; this machine lacks: $packages"
        say 'install them with the package manager of this system (Debian and Ubuntu: '"$command"'), then try again'
        exit 3
    fi
    become_root
    say "missing programs; about to install them with: ${as_root:+$as_root }$command"
    say 'they are neither started now nor at boot; nothing else of this machine changes'
    confirmed || { say 'nothing was installed'; exit 3; }
    run_apt
    wanted=$packages
    missing_packages
    [ -z "$packages" ] && { say "installed: $wanted"; return; }
    say "still missing after the installation: $packages (PostgreSQL has to be $postgres_major_min or newer; https://www.postgresql.org/download has it for older systems)"
    exit 3
}

become_root() {
    [ "$(id -u)" -eq 0 ] && return
    if command -v sudo >/dev/null 2>&1; then
        # Without a terminal nobody can type a password.
        if on_terminal; then as_root=sudo; return; fi
        if sudo -n true 2>/dev/null; then as_root='sudo -n'; return; fi
    fi
    say "missing programs; run as root: $command"
    exit 3
}

on_terminal() { [ -z "${CI:-}" ] && [ -t 0 ] && [ -t 2 ]; }

confirmed() {
    on_terminal || return 0
    printf 'shop-plan: go on? [Y/n] ' >&2
    read -r answer || return 1
    case $answer in '' | [yY]*) return 0 ;; *) return 1 ;; esac
}

run_apt() {
    boot_before=" $(boot_services) "
    trap 'restore' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    prevent_starts
    # Old package lists may do, e.g. on a machine that has just been updated and is offline now.
    $as_root apt-get update -qq >&2 || say 'apt-get update failed; trying with the package lists there are'
    if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        -o DPkg::Lock::Timeout=120 --no-install-recommends $packages >&2; then
        say "apt-get failed; see above. By hand: $command"
        exit 3
    fi
    keep_from_boot
    restore
    trap - EXIT INT TERM HUP
}

# Packages start their servers through invoke-rc.d, which asks this policy; 101 means "forbidden". And PostgreSQL's
# makes a first database cluster, unless told not to.
prevent_starts() {
    if [ -e "$policy" ]; then
        $as_root cp -p "$policy" "$policy_saved.new" && $as_root mv "$policy_saved.new" "$policy_saved" || exit 3
    else
        $as_root touch "$policy_none" || exit 3
    fi
    write_as_root "$policy" '#!/bin/sh
exit 101' || exit 3
    case $packages in *postgresql*) prevent_cluster ;; esac
}

prevent_cluster() {
    for folder in "${cluster_conf%/*/*}" "${cluster_conf%/*}"; do
        [ -d "$folder" ] && continue
        $as_root mkdir "$folder" || exit 3
        made_folders="$folder $made_folders"
    done
    write_as_root "$cluster_conf" 'create_main_cluster = false' || exit 3
}

# Beside and renamed, so that there is never half a file. Executable, as a policy has to be.
write_as_root() {
    echo "$2" | $as_root sh -c 'cat >"$1.new" && chmod 755 "$1.new" && mv "$1.new" "$1"' sh "$1"
}

# What starts at boot, a name each: links of System V and of systemd.
boot_services() {
    names=
    for link in "$system"/etc/rc[2345].d/S[0-9][0-9]* "$system"/etc/systemd/system/*.wants/*; do
        [ -e "$link" ] || [ -L "$link" ] || continue
        name=${link##*/}
        case $link in */rc[2345].d/*) name=${name#S[0-9][0-9]} ;; esac
        case " $names " in *" ${name%.service} "*) continue ;; esac
        names="$names ${name%.service}"
    done
    echo "$names"
}

# Packages, and those they depend on (Erlang's port mapper), have their services started at the next boot. Only those
# that were not before are kept from it.
keep_from_boot() {
    for service in $(boot_services); do
        case $boot_before in *" $service "*) continue ;; esac
        if command -v systemctl >/dev/null 2>&1; then
            $as_root systemctl disable --quiet "$service" >&2 || say "could not keep $service from starting at boot"
        elif command -v update-rc.d >/dev/null 2>&1; then
            $as_root update-rc.d "$service" disable >&2 || say "could not keep $service from starting at boot"
        fi
    done
}

policy_is_ours() { [ -e "$policy_saved" ] || [ -e "$policy_none" ]; }

# Undoes everything that prevent_starts changed, however far it got.
restore() {
    policy_is_ours || return 0
    $as_root rm -f "$cluster_conf" "$cluster_conf.new" "$policy.new"
    # Of the folders that were made, those that the packages use now stay.
    for folder in $made_folders; do $as_root rmdir "$folder" 2>/dev/null; done
    if [ -e "$policy_saved" ]; then
        $as_root mv "$policy_saved" "$policy"
    else
        $as_root rm -f "$policy" && $as_root rm -f "$policy_none"
    fi
}

# --- tools that are built ----------------------------------------------------------------------------------------

find_go() {
    go=$(command -v go 2>/dev/null) && return
    go=$system/usr/local/go/bin/go
    [ -x "$go" ] || go=
}

has_tool() { command -v "$1" >/dev/null 2>&1 || [ -x "$(state_home)/tools/bin/$1" ]; }

# Where stacks keep their state, as infra/local/config.ts has it.
state_home() {
    if [ -n "${SHOP_PLAN_HOME:-}" ]; then
        echo "$SHOP_PLAN_HOME"
    elif [ "$(id -u)" -eq 0 ]; then
        echo "$system/var/lib/shop-plan"
    else
        case ${XDG_STATE_HOME:-} in
            /*) echo "$XDG_STATE_HOME/shop-plan" ;;
            *) echo "${HOME:-}/.local/state/shop-plan" ;;
        esac
    fi
}

# Whatever goes wrong here is no reason to stop: there is something else for each of them.
build_tools() {
    build_tool versitygw "$versitygw" 'object store' 'an nginx stands in for the object store, without S3'
    # Minutes of compiling, for an engine that few scenarios ask for.
    [ -z "$with_k6" ] || build_tool k6 "$k6" 'k6, a load generator' '`engine: k6` cannot be used; nothing else needs it'
}

# $1 program, $2 its Go package, $3 what it is, $4 what it means to be without
build_tool() {
    has_tool "$1" && return
    folder=$(state_home)/tools/bin
    say "no $3; about to build $1 into $folder with: go install $2 (some minutes; nothing else changes but Go's own caches)"
    if ! confirmed; then
        say "not built; $4"
    elif make_tools_folder && GOBIN=$folder "$go" install "$2" >&2 && chmod 755 "$folder/$1"; then
        say "built $1"
    else
        say "$1 could not be built, see above; $4"
    fi
}

# Servers run under other accounts: they pass through the home, and read what is here.
make_tools_folder() {
    home=$(state_home)
    [ -d "$home" ] || { mkdir -p "$home" && chmod 711 "$home"; } || return 1
    mkdir -p "$folder" && chmod 755 "$home/tools" "$folder"
}

# An installation that was killed could not restore anything.
repair_interrupted() {
    command='sh infra/install.sh'
    become_root
    say 'restoring the start-up policy that an interrupted installation left changed'
    restore
}

main "$@"
