#!/usr/bin/env bash
# Looks for inputs that end the program, hang it or let it grow: run.sh elf|archive|settings|names SECONDS [small|large]
#
# libFuzzer and the address sanitizer of the Swift toolchain, with the fixtures as seeds; the profile `large` begins with
# the worst wheels of Tests/Benchmarks and lets inputs grow to 4 MB. What it learns is kept in .build-fuzz/corpus-TARGET,
# what it finds in .build-fuzz/found-TARGET; exit status 1 when it found something.
set -euo pipefail
cd "$(dirname "$0")/../.."

target=${1:-}
seconds=${2:-60}
profile=${3:-small}
case $target in
  elf) product=FuzzELF seeds=Fixtures/objects longest=262144 ;;
  archive) product=FuzzArchive seeds=Fixtures/wheels longest=131072 ;;
  settings) product=FuzzSettings seeds=Tests/Fuzzing/Seeds/settings longest=65536 ;;
  names) product=FuzzNames seeds=Tests/Fuzzing/Seeds/names longest=4096 ;;
  *) echo "run.sh: the target is elf, archive, settings or names, not '$target'" >&2; exit 64 ;;
esac
options=()
name=$target
case $profile in
  small) timeout=5 memory=1024 ;;
  large) timeout=20 memory=2048 longest=4194304 name=$target-large ;;
  *) echo "run.sh: the profile is small or large, not '$profile'" >&2; exit 64 ;;
esac
# A run reads its settings once, so what their parser keeps of them is not looked for.
if [ "$target" = settings ]; then
  options+=(-dict=Tests/Fuzzing/settings.dict -detect_leaks=0)
  # Nor at the end of all of them.
  export ASAN_OPTIONS="detect_leaks=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
  # Half a kilobyte a run: an hour of them.
  memory=8192
fi

# A name is read in microseconds, and takes little memory.
if [ "$target" = names ]; then
  options+=(-dict=Tests/Fuzzing/names.dict -malloc_limit_mb=4)
  timeout=1
fi

work=.build-fuzz
echo "building $product with libFuzzer and the address sanitizer in $work"
TRUEWHEEL_FUZZ=1 swift build --scratch-path "$work" --product "$product" \
  -Xswiftc -sanitize=fuzzer,address -Xswiftc -O -Xswiftc -use-ld=lld 2>&1

mkdir -p "$work/corpus-$name" "$work/found-$name"
find "$seeds" -type f -size "-$((longest / 1024))k" | while read -r seed; do
  cp -n "$seed" "$work/corpus-$name/$(sha1sum "$seed" | cut -c1-40)"
done
if [ "$profile" = large ] && [[ $target =~ ^(elf|archive)$ ]]; then
  python3 Tests/Benchmarks/hostile.py --make "$work/corpus-$name" --as "$target" --sizes 0.02
  options+=(-len_control=0)
fi
echo "fuzzing $target for $seconds seconds, with inputs of up to $longest bytes"
exec "$work/debug/$product" "$work/corpus-$name" -max_total_time="$seconds" -max_len="$longest" "${options[@]}" \
  -timeout="$timeout" -rss_limit_mb="$memory" -artifact_prefix="$work/found-$name/" -print_final_stats=1 -verbosity=0
