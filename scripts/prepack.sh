#!/bin/sh
# Builds what `npm pack` packs, also in a fresh clone. Standard output is npm's: it prints the name of the file there.
set -e
if [ ! -e node_modules/.package-lock.json ]; then
	npm ci --no-dry-run --no-global --no-audit --no-fund >&2
fi
npm run --silent build >&2
