#!/usr/bin/env bash
# Looks for inputs that end the program, hang it or let it grow: run.sh elf|archive SECONDS
#
# libFuzzer and the address sanitizer of the Swift toolchain, with the fixtures as seeds. What it learns is kept in
# .build-fuzz/corpus-TARGET, what it finds in .build-fuzz/found-TARGET; exit status 1 when it found something.
set -euo pipefail
cd "$(dirname "$0")/../.."

target=${1:-}
seconds=${2:-60}
case $target in
  elf) product=FuzzELF seeds=Fixtures/objects longest=262144 ;;
  archive) product=FuzzArchive seeds=Fixtures/wheels longest=131072 ;;
  *) echo "run.sh: the target is elf or archive, not '$target'" >&2; exit 64 ;;
esac

work=.build-fuzz
echo "building $product with libFuzzer and the address sanitizer in $work"
TRUEWHEEL_FUZZ=1 swift build --scratch-path "$work" --product "$product" \
  -Xswiftc -sanitize=fuzzer,address -Xswiftc -O -Xswiftc -use-ld=lld 2>&1

mkdir -p "$work/corpus-$target" "$work/found-$target"
find "$seeds" -type f -size "-$((longest / 1024))k" | while read -r seed; do
  cp -n "$seed" "$work/corpus-$target/$(sha1sum "$seed" | cut -c1-40)"
done
echo "fuzzing $target for $seconds seconds"
exec "$work/debug/$product" "$work/corpus-$target" -max_total_time="$seconds" -max_len="$longest" \
  -timeout=5 -rss_limit_mb=1024 -artifact_prefix="$work/found-$target/" -print_final_stats=1 -verbosity=0
