#!/bin/sh
# Brings a bare machine to where the program runs and its tests pass: system libraries through apt where
# that is allowed, then a private environment inside the checkout from the hashed lock file. Doing it twice
# does nothing the second time. "setup.sh run" leaves out what only the tests need.
set -eu
cd "$(dirname "$0")/.."

VENV=.venv
STAGE=${1:-test}
STAMP=$VENV/.setup-$STAGE
# Libraries Qt links to.
LIBRARIES="libegl1 libgl1 libfontconfig1 libfreetype6 libxkbcommon0 libxkbcommon-x11-0 libglib2.0-0 libdbus-1-3
libx11-6 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
libxcb-shape0 libxcb-xinerama0 libxcb-xkb1"
# Other programs' readers, with which the tests look at results.
TOOLS="poppler-utils qpdf libreoffice-calc-nogui"
[ "$STAGE" = test ] || TOOLS=

say() { printf '%s\n' "$*" >&2; }

python_found() {
    for candidate in python3.13 python3.12 python3.11 python3.14 python3; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys, ssl, sqlite3; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

absent_packages() {
    for package in $LIBRARIES $TOOLS; do
        # Newer releases carry libraries under a name that ends in t64.
        if ! dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' &&
            ! dpkg-query -W -f '${Status}' "${package}t64" 2>/dev/null | grep -q 'ok installed'; then
            echo "$package"
        fi
    done
}

install_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    absent=$(absent_packages)
    python=$(python_found)
    [ -n "$python" ] || absent="$absent python3 python3-venv"
    [ -n "$absent" ] || return 0
    absent=$(echo $absent)
    if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
        say "缺少系统软件包，且当前用户不能安装。请管理员执行："
        say "  apt-get install $absent"
        exit 1
    fi
    say "正在安装系统软件包：$absent"
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get -o DPkg::Lock::Timeout=300 -q update >/dev/null
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=300 -y -q install --no-install-recommends $absent >/dev/null
}

wanted=$(cat build/setup.sh requirements/dev.txt pyproject.toml | cksum; pwd)
if [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$wanted" ]; then
    exit 0
fi

install_packages
python=$(python_found)
if [ -z "$python" ]; then
    say "需要 Python 3.11 或更新版本，没有找到。请先安装 Python，再执行一次。"
    exit 1
fi
if ! [ -x "$VENV/bin/python" ]; then
    say "正在建立 Python 环境 $VENV …"
    if ! "$python" -m venv "$VENV"; then
        rm -rf "$VENV"
        say "Python 缺少 venv 组件。请安装 python3-venv 后再执行一次。"
        exit 1
    fi
fi
say "正在按锁定文件安装依赖 …"
"$VENV/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt
"$VENV/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
printf '%s' "$wanted" >"$STAMP"
