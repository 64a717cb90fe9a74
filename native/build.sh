#!/usr/bin/env bash
# Builds Edo's native library for one platform with the system's C compiler.
#
#   build.sh PLATFORM OUTPUT_DIRECTORY
#
# PLATFORM is linux-x86_64, linux-aarch_64, osx-x86_64 or osx-aarch_64.
# CC names another compiler (a cross compiler, for example), EDO_CFLAGS adds flags,
# EDO_JNI_INCLUDE names the directory with jni.h.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
platform=${1:?usage: build.sh PLATFORM OUTPUT_DIRECTORY}
out=${2:?usage: build.sh PLATFORM OUTPUT_DIRECTORY}

fail() {
  printf 'native/build.sh: %s\n' "$@" >&2
  exit 1
}

case "$platform" in
  linux-x86_64 | linux-aarch_64) system=linux suffix=so ;;
  osx-x86_64 | osx-aarch_64) system=darwin suffix=dylib ;;
  *) fail "no build for platform=$platform on $(uname -sm)." \
    "Supported: linux-x86_64 linux-aarch_64 osx-x86_64 osx-aarch_64." ;;
esac

# The compiler: $CC, else cc, gcc or clang.
find_compiler() {
  local candidate
  for candidate in ${CC:-cc gcc clang}; do
    if command -v "$candidate" >/dev/null; then
      echo "$candidate"
      return
    fi
  done
  fail "no C compiler found (looked for: ${CC:-cc gcc clang})." \
    "Debian, Ubuntu: apt-get install gcc libc6-dev. Fedora: dnf install gcc." \
    "Alpine: apk add gcc musl-dev. macOS: xcode-select --install."
}

# The directory with jni.h: any JDK of version 17 or later has a fitting one.
find_jni() {
  local home javac
  if [ -n "${EDO_JNI_INCLUDE:-}" ]; then
    echo "$EDO_JNI_INCLUDE"
    return
  fi
  javac=$(command -v javac || true)
  if [ -n "$javac" ]; then
    javac=$(readlink -f "$javac" 2>/dev/null || echo "$javac")
  fi
  for home in "${JAVA_HOME:-/nonexistent}" "${javac%/bin/javac}" \
    /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -f "$home/include/jni.h" ] && [ -d "$home/include/$system" ]; then
      echo "$home/include"
      return
    fi
  done
  fail "no jni.h found. Set JAVA_HOME to a JDK (not a JRE) of version 17 or later."
}

sources=("$here"/src/*.c)
library="$out/libedo-$platform.$suffix"
stamp="$out/.flags-$platform"
flags="${CC:-} ${EDO_CFLAGS:-}"

# Nothing to do when the library is newer than everything it is made of.
if [ -f "$library" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$flags" ] \
  && [ -z "$(find "$here/src" "$here/include" "$here/build.sh" -newer "$library")" ]; then
  exit 0
fi

compiler=$(find_compiler)
jni=$(find_jni)
case "$system" in
  linux)
    # No libc is linked: its few functions are found in the one that the JVM has loaded. So one
    # library serves any glibc and musl.
    link=(-shared -nostdlib -Wl,-z,relro,-z,now,-z,noexecstack,--build-id=none
      "-Wl,-soname,libedo-$platform.so" -lgcc)
    if [ "$platform" = linux-aarch_64 ]; then
      # The out-of-line atomics of libgcc ask glibc what the processor can do.
      link+=(-mno-outline-atomics)
    fi
    ;;
  darwin)
    arch=${platform#osx-}
    link=(-dynamiclib -arch "${arch/aarch_64/arm64}" -mmacosx-version-min=11.0
      "-Wl,-install_name,@rpath/libedo-$platform.dylib")
    ;;
esac

mkdir -p "$out"
# EDO_CFLAGS is a list of flags: it is split on purpose.
# shellcheck disable=SC2086
"$compiler" -std=c11 -D_GNU_SOURCE -D_DARWIN_C_SOURCE -O2 -g0 -fPIC -Wall -Wextra -Werror -fvisibility=hidden \
  -ffile-prefix-map="$here"=native ${EDO_CFLAGS:-} \
  -I"$here/include" -I"$here/src" -isystem "$jni" -isystem "$jni/$system" \
  "${sources[@]}" "${link[@]}" -o "$library.new"
mv "$library.new" "$library"
printf '%s' "$flags" >"$stamp"
