#!/bin/sh
# The tests that kill runs of migrations, with a million rows and two hundred kills an engine.
cd "$(dirname "$0")/../.." || exit 2
RELATA_RUNNER_ROWS=${RELATA_RUNNER_ROWS:-1000000} RELATA_RUNNER_KILLS=${RELATA_RUNNER_KILLS:-200} \
  exec python3 tests/live/run.py migrate_runner_test migrate_killed_test -v -k killed
