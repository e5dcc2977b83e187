# Sourced by the commands in the project's root, which set $program: finds Java and Node, builds what is not built.
# shellcheck shell=bash

die() {
    echo "$program: $*" >&2
    exit 1
}

find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        [ -x "$JAVA_HOME/bin/java" ] || die "JAVA_HOME is '$JAVA_HOME', where there is no bin/java."
        [ -x "$JAVA_HOME/bin/javac" ] || die "JAVA_HOME is '$JAVA_HOME', which is no JDK (no javac): a JDK 17 or newer is needed."
        echo "$JAVA_HOME/bin/java"
    else
        command -v javac > /dev/null || die "A JDK 17 or newer is needed and no 'javac' is on the PATH: install one (https://adoptium.net) or set JAVA_HOME."
        command -v java
    fi
}

check_java() {
    local version
    version=$("$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
    case "$version" in
        1.* | '') die "A JDK 17 or newer is needed; '$1' is Java ${version:-of an unknown version}." ;;
    esac
    [ "$version" -ge 17 ] || die "A JDK 17 or newer is needed; '$1' is Java $version."
}

check_node() {
    command -v node > /dev/null || die "Node.js 20 or newer is needed and no 'node' is on the PATH: install it (https://nodejs.org)."
    local major
    major=$(node -p 'process.versions.node.split(".")[0]')
    [ "$major" -ge 20 ] || die "Node.js 20 or newer is needed; 'node' on the PATH is $(node --version)."
}

modules="testkit attribution-service umami-query-service tracker-web system-tests"

# What a module's build leaves last.
built() {
    case "$1" in
        testkit | system-tests) echo "$1/target/$1-0.1.0-SNAPSHOT.jar" ;;
        *) echo "$1/target/quarkus-app/quarkus-run.jar" ;;
    esac
}

needs_build() {
    local module output
    for module in $modules; do
        output=$(built "$module")
        [ -f "$output" ] || return 0
        [ -z "$(find pom.xml docs/api "$module/pom.xml" "$module/src/main" -newer "$output" -type f -not -path '*/dist/*' -print -quit)" ] || return 0
    done
    return 1
}

build() {
    local log=$PWD/.quickstart/logs/build.log
    mkdir -p .quickstart/logs
    touch .quickstart/logs/build.started
    echo "Building (the first time this downloads what it needs; a few minutes) ..."
    if ! ./mvnw --batch-mode package -DskipTests 2>&1 | tee "$log" | grep --line-buffered -E '^\[preflight\]|^\[INFO\] Building .*\[[0-9]+/[0-9]+\]' | sed -u -e 's/^\[INFO\] Building /  /' -e 's/  *\[\([0-9/]*\)\]$/ [\1]/'; then
        grep -E '^\[ERROR\]|needed' "$log" | head -n 3 >&2 || true
        die "The build failed; its log: $log"
    fi
    # Maven leaves a jar as it is when nothing in it has changed; what was edited meanwhile is newer than the build.
    local module
    for module in $modules; do touch -r .quickstart/logs/build.started "$(built "$module")"; done
}
