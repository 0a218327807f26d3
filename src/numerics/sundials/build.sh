#!/usr/bin/env bash
# Builds sundials.wasm: CVODES of SUNDIALS 6.4.1 and the glue, with emscripten (3.1.6 was used).
#   ./build.sh [FOLDER]   FOLDER holds SUNDIALS' source; without it Debian's source package `sundials` is fetched
#                         (apt-get source; needs a deb-src line).
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

source="${1:-}"
if [ -z "$source" ]; then
  (cd "$work" && apt-get source -qq sundials=6.4.1+dfsg1-3)
  source="$work/sundials-6.4.1+dfsg1"
fi

include="$work/include"
mkdir -p "$include/sundials"
cat > "$include/sundials/sundials_config.h" <<'C'
#ifndef _SUNDIALS_CONFIG_H
#define _SUNDIALS_CONFIG_H
#include "sundials/sundials_export.h"
#define SUNDIALS_DEPRECATED_MSG(msg)
#define SUNDIALS_DEPRECATED_EXPORT_MSG(msg)
#define SUNDIALS_DEPRECATED_NO_EXPORT_MSG(msg)
#define SUNDIALS_VERSION "6.4.1"
#define SUNDIALS_VERSION_MAJOR 6
#define SUNDIALS_VERSION_MINOR 4
#define SUNDIALS_VERSION_PATCH 1
#define SUNDIALS_VERSION_LABEL ""
#define SUNDIALS_GIT_VERSION ""
#define SUNDIALS_C_COMPILER_HAS_MATH_PRECISIONS
#define SUNDIALS_C_COMPILER_HAS_ISINF_ISNAN
#define SUNDIALS_C_COMPILER_HAS_INLINE
#define SUNDIALS_C_COMPILER_HAS_SNPRINTF_AND_VA_COPY
#define SUNDIALS_DOUBLE_PRECISION 1
#define SUNDIALS_INT32_T 1
#define SUNDIALS_INDEX_TYPE int32_t
#define SUNDIALS_LOGGING_LEVEL 0
#define SUNDIALS_MPI_ENABLED 0
#endif
C
cat > "$include/sundials/sundials_export.h" <<'C'
#ifndef SUNDIALS_EXPORT_H
#define SUNDIALS_EXPORT_H
#define SUNDIALS_EXPORT
#define SUNDIALS_NO_EXPORT
#define SUNDIALS_DEPRECATED
#define SUNDIALS_DEPRECATED_EXPORT
#define SUNDIALS_STATIC_DEFINE
#endif
C

src="$source/src"
core=(band context dense direct futils iterative linearsolver logger math matrix memory nonlinearsolver nvector
  nvector_senswrapper version)
plain=("$src/nvector/serial/nvector_serial.c" "$src/sunmatrix/dense/sunmatrix_dense.c"
  "$src/sunmatrix/band/sunmatrix_band.c" "$src/sunmatrix/sparse/sunmatrix_sparse.c"
  "$src/sunlinsol/dense/sunlinsol_dense.c" "$src/sunlinsol/band/sunlinsol_band.c")
for name in "${core[@]}"; do plain+=("$src/sundials/sundials_$name.c"); done
# What calls vector operations gets them inlined.
files=("$here"/glue*.c "$src/sunnonlinsol/newton/sunnonlinsol_newton.c"
  "$src/sunnonlinsol/fixedpoint/sunnonlinsol_fixedpoint.c")
for name in "" _direct _io _ls _nls _nls_sim _nls_stg _nls_stg1 _proj; do files+=("$src/cvodes/cvodes$name.c"); done
files+=("$src/cvodes/cvodea.c" "$src/cvodes/cvodea_io.c")

# musl's elementary functions come out of the same module: the same bits on every machine, unlike a host's Math.
libm=(exp expm1 log log10 log1p pow cbrt fmod sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh tgamma)

flags=(-O3 -msimd128 -fno-math-errno -I"$include" -I"$source/include" -I"$src/sundials" -I"$src/cvodes"
  -Wno-deprecated-declarations -Wno-constant-conversion)
mkdir "$work/plain"
(cd "$work/plain" && emcc "${flags[@]}" -c "${plain[@]}")
emcc "${flags[@]}" -include "$here/vectors.h" --no-entry -s STANDALONE_WASM=1 -s ALLOW_TABLE_GROWTH=1 \
  -s ALLOW_MEMORY_GROWTH=1 -s TOTAL_STACK=1048576 \
  -s EXPORTED_FUNCTIONS="$(printf ',_%s' "${libm[@]}" | cut -c2-)" -Wl,--export-table \
  "${files[@]}" "$work"/plain/*.o -o "$here/sundials.wasm"
sha256sum "$here/sundials.wasm" | awk '{print $1 "  sundials.wasm"}' > "$here/sundials.wasm.sha256"
cp "$source/LICENSE" "$here/LICENSE.sundials"
ls -l "$here/sundials.wasm"
