/** The program exits at once even if something outside never answers. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type {ExecutionContext} from 'ava';
import {
	openLive,
	openScene,
	rows,
	testInNamespace,
} from '../helpers/conntop.js';
import {until} from '../helpers/until.js';
import {startHost} from '../helpers/namespace.js';
import {hasEnded} from '../helpers/process-tree.js';

const makeDirectory = (t: ExecutionContext): string => {
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-hanging-'));
	t.teardown(() => {
		fs.rmSync(directory, {recursive: true});
	});
	return directory;
};

/** Puts a fake `ss` first on PATH. `script` returns its shell script, given a command that hangs; `started` returns the pids of the commands that hang. */
const fakeSs = (t: ExecutionContext, script: (hang: string) => string): {readonly env: {readonly PATH: string}; readonly started: () => readonly number[]} => {
	const directory = makeDirectory(t);
	const log = path.join(directory, 'started');
	const hang = `sleep 1000 & echo $! >> ${log}; wait`;
	fs.writeFileSync(path.join(directory, 'ss'), `#!/bin/sh\n${script(hang)}\n`, {mode: 0o755});
	return {
		env: {PATH: `${directory}:${process.env.PATH}`},
		started: () => fs.existsSync(log) ? fs.readFileSync(log, 'utf8').split('\n').filter(Boolean).map(Number) : [],
	};
};

for (const [what, script] of [
	['never prints its version', hang => hang],
	['never finishes a sample', hang => `case "$*" in -V) echo "ss utility, iproute2-6.1.0";; *) ${hang};; esac`],
] as const satisfies ReadonlyArray<readonly [string, (hang: string) => string]>) {
	for (const [how, exitCode] of [['q', 0], ['SIGTERM', 143]] as const) {
		testInNamespace(`an ss that ${what} does not delay ${how}, and is killed with the program`, async t => {
			const {env, started} = fakeSs(t, script);
			const scene = await openScene(t);
			const live = await openLive(t, scene, {args: ['--source', 'ss'], env, isReady: screen => screen.isAlternate() && screen.text().includes('conntop')});
			await until(() => started().length > 0, 'ss to be started');
			if (how === 'q') {
				live.type('q');
			} else {
				live.kill(how);
			}

			t.deepEqual(await live.exit, {exitCode});
			t.false(live.emulator.isAlternate());
			t.like(live.terminalAfter(), {canonical: true, echo: true});
			await until(() => started().every(pid => hasEnded(pid)), 'the processes of ss to end');
		});
	}
}

testInNamespace('a name server that does not answer does not delay q', async t => {
	const resolver = path.join(makeDirectory(t), 'resolv.conf');
	// Longer than the test waits.
	fs.writeFileSync(resolver, 'nameserver 127.0.0.1\noptions timeout:30 attempts:5\n');
	const host = await startHost();
	t.teardown(host.stop);
	await host.run('mount', ['--bind', resolver, '/etc/resolv.conf']);
	await host.bindUdp({port: 53});
	const live = await openLive(t, host, {args: ['-u']});
	const {pid} = live;
	live.type('\\host nowhere.example\r');
	await live.waitFor(screen => rows(screen).some(row => /127\.0\.0\.1:\d+ +127\.0\.0\.1:53 /v.test(row)), 'the query to the name server');
	live.type('q');
	await until(() => hasEnded(pid), 'the program to exit');
	t.deepEqual(await live.exit, {exitCode: 0});
});
