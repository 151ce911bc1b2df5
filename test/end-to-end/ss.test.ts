/** Runs commands with `--source ss` and fake programs in place of `ss`, which imitate old versions and failures. */
import {spawnSync, type SpawnSyncReturns} from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {builtProgram} from '../helpers/conntop.js';

const modern = 'iproute2-6.1.0';

/** Runs a command with a shell script in place of `ss`, which prints a version for `-V`. */
const runWith = async (t: ExecutionContext, script: string, ssVersion: string, command: string, ...words: readonly string[]): Promise<SpawnSyncReturns<string>> => {
	const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'conntop-fake-ss-'));
	t.teardown(async () => fs.rm(directory, {recursive: true}));
	await fs.writeFile(path.join(directory, 'ss'), `#!/bin/sh\n[ "$1" = -V ] && { echo "ss utility, ${ssVersion}"; exit; }\n${script}\n`, {mode: 0o755});
	return spawnSync(process.execPath, [builtProgram, command, '--source', 'ss', ...words], {
		encoding: 'utf8', env: {...process.env, PATH: `${directory}:${process.env.PATH ?? ''}`},
	});
};

const listWith = async (t: ExecutionContext, script: string, ssVersion: string, ...words: readonly string[]): Promise<SpawnSyncReturns<string>> =>
	runWith(t, script, ssVersion, 'list', ...words);

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/ss-cases/${name}`, import.meta.url));

const row = 'tcp LISTEN 0 5 127.0.0.1:8080 0.0.0.0:* ino:5 sk:6 <->';

test.serial('`*` of ss 4.15 is the dual-stack wildcard, and only tables that it has are requested', async t => {
	const script = `case "$*" in *-S*--vsock*) cat '${fixture('ss-4.15-star.txt')}';; *) echo "asked $*" >&2; exit 1;; esac`;
	const {stdout, stderr, status} = await listWith(t, script, 'iproute2-ss180129', '-tuwS', '--vsock', '--columns', 'protocol,family,local', '--sort', 'localPort');
	t.is(stderr, '');
	t.is(status, 0);
	// Only some machines have an interface called eth0.
	const lines = stdout.replaceAll('%eth0', '').trim().split('\n').map(line => line.trim().replaceAll(/\s+/gv, ' '));
	t.deepEqual(lines.slice(1), ['raw inet6 [::]:58', 'tcp inet6 [::]:9090']);
});

for (const [why, script, message] of [
	['prints an error and exits 1', 'echo "Cannot open netlink socket: Protocol not supported" >&2; exit 1', 'ss failed: Cannot open netlink socket: Protocol not supported'],
	['dies by a signal', 'kill -SEGV $$', 'ss failed: killed by SIGSEGV'],
	['prints an error and exits 0', 'echo "Cannot open netlink socket: Protocol not supported" >&2', 'ss reported: Cannot open netlink socket: Protocol not supported'],
	['prints an error in place of rows', 'echo "sh: 1: ss: Permission denied"', '1 line of ss not understood: sh: 1: ss: Permission denied'],
	['prints an error that would move the cursor', String.raw`printf '\033[2J\n' >&2; exit 1`, String.raw`ss failed: \x1b[2J`],
] as const) {
	test.serial(`an ss that ${why} is a failure`, async t => {
		for (const command of ['list', 'summary', 'events']) {
			const {stdout, stderr, status} = await runWith(t, script, modern, command);
			t.deepEqual({stdout, stderr, status}, {stdout: '', stderr: `conntop: ${message}\n`, status: 1}, `of ${command}`);
		}
	});
}

test.serial('rows printed before a failure are shown, with the message and the exit code of the failure', async t => {
	const {stdout, stderr, status} = await listWith(t, `echo '${row}'; echo oops >&2; exit 2`, modern, '--columns', 'local');
	t.regex(stdout, /127\.0\.0\.1:8080/v);
	t.is(stderr, 'conntop: ss failed: oops\n');
	t.is(status, 1);
});

test.serial('rows of TCP are shown, and an error about UDP is passed on', async t => {
	const {stdout, stderr, status} = await listWith(t, `echo '${row}'; echo "UDP: no such table" >&2`, modern, '--columns', 'local');
	t.regex(stdout, /127\.0\.0\.1:8080/v);
	t.is(stderr, 'conntop: ss reported: UDP: no such table\n');
	t.is(status, 0);
});

test.serial('no rows and no message mean no sockets', async t => {
	const {stderr, status} = await listWith(t, 'exit 0', modern);
	t.is(stderr, '');
	t.is(status, 0);
});

test.serial('an ss that prints forever is stopped', async t => {
	const {stderr, status} = await listWith(t, `yes '${row}'`, modern, '--columns', 'local');
	t.regex(stderr, /^conntop: ss (?:printed more than 256 MB|did not finish within 10 s)\n$/v);
	t.is(status, 1);
});

test.serial('an ss that hangs is stopped after 10 s, with the child that holds its pipe', async t => {
	const {stderr, status} = await listWith(t, 'sleep 1000 & wait', modern);
	t.is(stderr, 'conntop: ss did not finish within 10 s\n');
	t.is(status, 1);
});
