#!/bin/sh
# Writes the locks anew from the .in files: one lock for Python 3.11 to 3.13 on every platform, hashes, no addresses.
set -eu
for name in requirements requirements-test requirements-node; do
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --no-emit-index-url --no-emit-find-links "$@" "$name.in" --output-file "$name.txt"
done
