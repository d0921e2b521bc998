#!/bin/sh
# Brings the DynamoDB Local of the tests into .cache/tools/dynamodb, from Maven Central, and compiles the small program that lets it listen on
# loopback only. Pinned by a hash of all its libraries. Does nothing when it is there.
set -eu
cd "$(dirname "$0")/.."

home=.cache/tools/dynamodb
main=tests/servers/DynamodbOnLoopback.java
version=2.6.1
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.8.1
hash=1bed966b5eb504444fb6bc9a3d35bf415cde726bc89a0a6505570d985ebed5c9
stamp=$home/.konfig-installed
wanted="$hash $(cksum <"$main")"
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then exit 0; fi

printf 'Installing DynamoDB Local for the tests, once; this takes a minute ...\n' >&2
rm -rf "$home"
mkdir -p "$home/lib"
cat >"$home/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>konfig.tools</groupId>
  <artifactId>dynamodb</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.amazonaws</groupId>
      <artifactId>DynamoDBLocal</artifactId>
      <version>$version</version>
    </dependency>
  </dependencies>
</project>
POM
mvn -q -B -f "$home/pom.xml" "$plugin:copy-dependencies" -DincludeScope=runtime -DoutputDirectory="$PWD/$home/lib" ||
  fail 'Maven could not bring DynamoDB Local; see its message above.'
found=$(cd "$home/lib" && LC_ALL=C sha256sum -- * | sha256sum | cut -d ' ' -f 1)
[ "$found" = "$hash" ] || fail 'DynamoDB Local arrived, but is not the one that was expected.'
# It looks for its library under this name.
cp "$home"/lib/libsqlite4java-linux-amd64-*.so "$home/lib/libsqlite4java-linux-amd64.so"
javac -cp "$home/lib/*" -d "$home/classes" "$main" || fail 'the program around DynamoDB Local does not compile; see above.'
printf '%s\n' "$wanted" >"$stamp"
