# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by packaging/run and packaging/test: looks at what this computer lacks, says so, and puts it in place.
# Written for bash 3.2 and later. Everything is said on stderr; stdout belongs to the program that is started.
# shellcheck shell=bash

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
env_dir="${SESSION_PLAYER_ENV:-$root/.venv}"
env_python="$env_dir/bin/python"
marker="$env_dir/session-player.state"

say() { printf '%s\n' "$*" >&2; }

die() { # SENTENCE...: each argument becomes a line
    say ""
    printf '%s\n' "$@" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# --- system packages -------------------------------------------------------------------------------------------------

# Fills the arrays wanted_names and wanted_reasons from system-packages.txt. $1 is "run" or "test".
read_system_packages() {
    wanted_names=()
    wanted_reasons=()
    local name reason
    while read -r name reason; do
        case "$name" in
            '' | '#'*) continue ;;
            test:)
                [ "$1" = test ] || continue
                read -r name reason <<<"$reason"
                ;;
        esac
        wanted_names+=("$name")
        wanted_reasons+=("$reason")
    done <"$root/packaging/system-packages.txt"
}

# Fills the arrays missing_names and missing_reasons. One call of dpkg-query answers for all packages.
find_missing_debs() {
    local installed i name alternative
    local -a every
    IFS=' ' read -r -a every <<<"${wanted_names[*]//|/ }"
    installed=" $(dpkg-query -W -f='${db:Status-Status}/${Package} ' "${every[@]}" 2>/dev/null || true)"
    missing_names=()
    missing_reasons=()
    for i in "${!wanted_names[@]}"; do
        for alternative in ${wanted_names[$i]//|/ }; do
            case "$installed" in *" installed/$alternative "*) continue 2 ;; esac
        done
        missing_names+=("${wanted_names[$i]}")
        missing_reasons+=("${wanted_reasons[$i]}")
    done
}

# Asks apt which of the names A|B exists here; prints it.
choose_deb() {
    local alternative
    for alternative in ${1//|/ }; do
        if apt-cache show --no-all-versions "$alternative" >/dev/null 2>&1; then
            printf '%s' "$alternative"
            return
        fi
    done
    printf '%s' "${1%%|*}"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif [ -t 0 ] || [ -t 2 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

apt_quietly() { # the answer of apt goes to a file that is shown only when something went wrong
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@" \
        >>"$apt_log" 2>&1 </dev/null
}

# Installs the packages "$@" (names may be A|B) with apt. The caller has said why.
install_debs() {
    local name
    local -a chosen=()
    for name in "$@"; do chosen+=("$(choose_deb "$name")"); done
    apt_log="$(mktemp "${TMPDIR:-/tmp}/session-player-apt.XXXXXX")"
    if [ "$(id -u)" != 0 ]; then
        have sudo || die "Installing these packages needs an administrator, and sudo is not here." \
            "Ask an administrator to run:" "  apt-get install --no-install-recommends ${chosen[*]}" "Then start this again."
        if ! as_root true; then
            die "Installing these packages needs an administrator, and sudo did not agree." \
                "Run this in a terminal where you can give your password, or ask an administrator to run:" \
                "  apt-get install --no-install-recommends ${chosen[*]}"
        fi
    fi
    if ! apt-get -qq --simulate --no-install-recommends install "${chosen[@]}" >/dev/null 2>&1; then
        say "Fetching the list of packages first."
        apt_quietly update || apt_failed
        chosen=()
        for name in "$@"; do chosen+=("$(choose_deb "$name")"); done
    fi
    if ! apt_quietly install -y --no-install-recommends "${chosen[@]}"; then
        # A list of packages that is some weeks old names files that no longer exist: fetch it and try once more.
        apt_quietly update || apt_failed
        apt_quietly install -y --no-install-recommends "${chosen[@]}" || apt_failed
    fi
    rm -f "$apt_log"
}

apt_failed() {
    say ""
    grep -E '^(E|W|Err|dpkg):?' "$apt_log" | tail -n 5 >&2 || tail -n 5 "$apt_log" >&2
    if grep -q 'Unable to locate package' "$apt_log"; then
        die "This system's package sources do not offer all of them, see the lines above." \
            "On Ubuntu switch on the sources \"universe\" and \"updates\"; on an older Debian (before 12) there is no" \
            "Python that fits. The whole answer of apt is in $apt_log"
    fi
    die "The packages could not be installed; nothing of the player was changed." \
        "Check the network connection and the lines above, then start this again. The whole answer of apt is in $apt_log"
}

# What a computer without apt lacks, by looking for the libraries themselves. Prints what is missing.
missing_libraries() {
    local cache library
    case "$(uname -s)" in
        Darwin)
            [ -d /Applications/VLC.app ] || [ -d "$HOME/Applications/VLC.app" ] || printf 'VLC '
            return
            ;;
    esac
    cache="$({ ldconfig -p || /sbin/ldconfig -p; } 2>/dev/null)" || return 0
    for library in libvlc.so.5 libEGL.so.1 libGL.so.1 libdbus-1.so.3 libfontconfig.so.1 libglib-2.0.so.0 \
        libxkbcommon.so.0 libxkbcommon-x11.so.0 libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-image.so.0 \
        libxcb-keysyms.so.1 libxcb-render-util.so.0 libwayland-cursor.so.0 libwayland-egl.so.1; do
        case "$cache" in *"$library"*) ;; *) printf '%s ' "$library" ;; esac
    done
}

# The command that brings everything on a system without apt; $1 is "run" or "test".
other_install_command() {
    local tests=""
    if have dnf; then
        [ "$1" = test ] && tests=" xorg-x11-server-Xvfb openbox xdotool ffmpeg-free dbus-daemon playerctl"
        printf '%s' "sudo dnf install python3 vlc mesa-libEGL mesa-libGL dbus-libs fontconfig glib2 libxkbcommon-x11" \
            " xcb-util-cursor xcb-util-wm xcb-util-image xcb-util-keysyms xcb-util-renderutil" \
            " libwayland-cursor libwayland-egl$tests"
    elif have pacman; then
        [ "$1" = test ] && tests=" xorg-server-xvfb openbox xdotool ffmpeg playerctl"
        printf '%s' "sudo pacman -S --needed python vlc vlc-plugins-all libglvnd dbus fontconfig glib2 libxkbcommon-x11" \
            " xcb-util-cursor xcb-util-wm xcb-util-image xcb-util-keysyms xcb-util-renderutil wayland$tests"
    elif [ "$(uname -s)" = Darwin ]; then
        printf '%s' "brew install python@3.13 && brew install --cask vlc"
    fi
}

# --- Python ----------------------------------------------------------------------------------------------------------

python_fits() { # PROGRAM: 3.11 to 3.14
    have "$1" && "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1
}

python_can_venv() {
    "$1" -c 'import venv, ensurepip' >/dev/null 2>&1
}

# Sets base_python to a Python that fits, preferring one that can make environments; empty when there is none.
find_python() {
    local candidate
    base_python=""
    for candidate in ${SESSION_PLAYER_PYTHON:-} python3 /usr/bin/python3 python3.13 python3.12 python3.11; do
        python_fits "$candidate" || continue
        [ -n "$base_python" ] || base_python="$candidate"
        if python_can_venv "$candidate"; then
            base_python="$candidate"
            return
        fi
    done
}

# Names the Debian packages that give a Python with environments; empty when there is one already.
missing_python_debs() {
    local version
    find_python
    if [ -z "$base_python" ]; then
        case "$(. /etc/os-release 2>/dev/null && printf '%s' "${UBUNTU_CODENAME:-${VERSION_CODENAME:-}}")" in
            jammy) printf 'python3.11 python3.11-venv' ;; # it has them beside its own 3.10
            *) printf 'python3 python3-venv' ;;
        esac
    elif ! python_can_venv "$base_python"; then
        version="$("$base_python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
        case "$(command -v "$base_python")" in
            /usr/bin/*) printf 'python%s-venv' "$version" ;;
            *) printf 'python3 python3-venv' ;;
        esac
    fi
}

# --- the environment -------------------------------------------------------------------------------------------------

state_wanted() { # REQUIREMENTS: one line that changes when anything about the environment must change
    local digest
    if have sha256sum; then digest="$(sha256sum <"$1")"; else digest="$(shasum -a 256 <"$1")"; fi
    printf '%s %s' "${1##*/}" "${digest%% *}"
}

env_is_ready() { # REQUIREMENTS
    [ -f "$marker" ] && [ -x "$env_python" ] || return 1
    local line wanted
    wanted="$(state_wanted "$1")"
    # The interpreter behind the environment may have been replaced by an upgrade of the system.
    line="python $(cd "$env_dir/bin" && readlink -f python 2>/dev/null || true)"
    grep -qxF "$line" "$marker" && grep -qxF "$wanted" "$marker"
}

env_works() { "$env_python" -c 'import sys, pip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1; }

make_env() {
    local parent
    parent="$(dirname "$env_dir")"
    mkdir -p "$parent" 2>/dev/null || true
    if ! { [ -d "$env_dir" ] && [ -w "$env_dir" ]; } && ! { [ -d "$parent" ] && [ -w "$parent" ]; }; then
        die "The folder for the Python packages, $env_dir, cannot be written." \
            "Choose another one and start again, for example:" \
            "  SESSION_PLAYER_ENV=\"\$HOME/.cache/session-player/env\" $0"
    fi
    if [ -n "$(ls -A "$env_dir" 2>/dev/null)" ]; then
        if [ -f "$env_dir/pyvenv.cfg" ] && ! grep -qx building "$marker" 2>/dev/null && env_works; then
            say "Bringing the Python packages in $env_dir up to date."
            return
        fi
        if [ ! -f "$marker" ] && [ ! -f "$env_dir/pyvenv.cfg" ] && [ "$env_dir" != "$root/.venv" ]; then
            die "$env_dir holds other files, so the Python packages were not put there." \
                "Name an empty or new folder with SESSION_PLAYER_ENV, then start again."
        fi
        say "The Python packages in $env_dir are unfinished or belong to another Python; making them anew."
        rm -rf "${env_dir:?}" || die "$env_dir could not be removed. Remove it by hand, then start again."
    fi
    say "Preparing the Python packages in $env_dir (about 150 MB to fetch, once)."
    mkdir -p "$env_dir" && echo building >"$marker" ||
        die "$env_dir cannot be written. Check the free space and the rights of the folder, then start again."
    if ! "$base_python" -m venv "$env_dir" >"$env_dir/session-player.log" 2>&1; then
        tail -n 3 "$env_dir/session-player.log" >&2
        die "Python could not make an environment in $env_dir." \
            "Check the free space; on Debian and Ubuntu also that the package python3-venv is installed. Then start again."
    fi
}

install_requirements() { # REQUIREMENTS
    local log="$env_dir/session-player.log" line
    unset PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV PYTHONHOME PYTHONPATH
    if ! "$env_python" -m pip install --disable-pip-version-check --no-input --require-hashes --only-binary :all: \
        --progress-bar off --requirement "$1" 2>&1 </dev/null | tee "$log" |
        while IFS= read -r line; do
            case "$line" in *Downloading*.whl*MB\)*) say "  ${line##* Downloading }" ;; esac
        done; then
        install_failed "$log"
    fi
}

install_failed() { # LOG
    local reason
    if grep -q 'DO NOT MATCH THE HASHES' "$1"; then
        reason="A package that was offered is not the one this version of the player was tested with, so it was refused."
    elif grep -qiE 'No space left' "$1"; then
        reason="There is not enough free space for the Python packages (about 700 MB)."
    elif grep -qiE 'resolution|NewConnection|Connection|timed out|Max retries|unreachable|SSL|403|ProxyError' "$1"; then
        reason="The Python packages could not be fetched: the package index could not be reached."
    elif grep -qiE 'No matching distribution|from versions' "$1"; then
        reason="There is no ready-made package for this computer ($(uname -m), $("$env_python" -V 2>&1))."
    else
        reason="The Python packages could not be installed."
    fi
    grep -E '^ *ERROR' "$1" | tail -n 2 | cut -c 1-300 >&2
    die "$reason" "Check the network connection and the free space, then start this again: it goes on where it stopped." \
        "Everything that was said while installing is in $1"
}

write_state() { # REQUIREMENTS
    {
        printf 'python %s\n' "$(cd "$env_dir/bin" && readlink -f python 2>/dev/null || true)"
        state_wanted "$root/packaging/requirements.txt"
        printf '\n'
        [ "${1##*/}" = requirements.txt ] || { state_wanted "$1" && printf '\n'; }
    } >"$marker.new"
    mv "$marker.new" "$marker"
}

# --- all together ----------------------------------------------------------------------------------------------------

# $1 is "run" or "test"; afterwards the environment and the system packages are there, or the script has ended.
prepare() {
    local kind="$1" requirements="$root/packaging/requirements.txt" python_debs="" i libraries
    [ "$kind" = run ] || requirements="$root/packaging/requirements-dev.txt"
    missing_names=()
    if [ -n "${SESSION_PLAYER_SKIP_SYSTEM:-}" ]; then
        :
    elif have dpkg-query && have apt-get; then
        read_system_packages "$kind"
        find_missing_debs
    else
        libraries="$(missing_libraries)"
        if [ -n "$libraries" ]; then
            say "Session Player needs some things this computer does not have: $libraries"
            tell_other_systems "$kind"
        fi
    fi

    if ! env_is_ready "$requirements"; then
        if have dpkg-query && have apt-get; then python_debs="$(missing_python_debs)"; else find_python; fi
    fi
    if [ -n "$python_debs" ] || [ "${#missing_names[@]}" -gt 0 ]; then
        say "Session Player needs some packages of the system. These will be installed with apt-get:"
        [ -z "$python_debs" ] || printf '  %-27s %s\n' "$python_debs" "runs the program" >&2
        for i in "${!missing_names[@]}"; do
            printf '  %-27s %s\n' "$(choose_deb "${missing_names[$i]}")" "${missing_reasons[$i]}" >&2
        done
        # shellcheck disable=SC2086  # two names in one word
        install_debs $python_debs ${missing_names[@]+"${missing_names[@]}"}
        say "Done."
    fi
    env_is_ready "$requirements" && return
    build_env "$kind" "$requirements"
}

tell_other_systems() {
    local command
    command="$(other_install_command "$1")"
    if [ -n "$command" ]; then
        die "Install them with this command, then start this again:" "  $command"
    fi
    die "Install Python 3.11 or newer and VLC with the tools of your system, then start this again." \
        "If they are there and are only not found, set SESSION_PLAYER_SKIP_SYSTEM=1."
}

build_env() { # KIND REQUIREMENTS
    [ -n "${base_python:-}" ] || find_python
    if [ -z "$base_python" ]; then
        say "Session Player needs Python 3.11, 3.12, 3.13 or 3.14, and none was found."
        tell_other_systems "$1"
    fi
    # One start at a time makes the environment; the lock lives on this file and leaves nothing behind.
    if have flock; then
        exec 9<"$root/packaging/lib.sh"
        flock -n 9 || { say "Another start is preparing the environment; waiting for it." && flock 9; }
        if env_is_ready "$2"; then
            exec 9<&-
            return
        fi
    fi
    make_env
    install_requirements "$2"
    write_state "$2"
    say "Ready."
    exec 9<&-
}
