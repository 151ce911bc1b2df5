/** Runs the program on the oldest and the newest Node.js that it supports, which `test/node-versions` installs. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import process from 'node:process';
import readline from 'node:readline';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {execa} from 'execa';
import {builtProgram, openLive, openScene} from '../helpers/conntop.js';
import {namespaceUnavailable} from '../helpers/namespace.js';
import {testUnless} from '../helpers/unless.js';

const readJson = (file: string | URL): unknown => JSON.parse(fs.readFileSync(file, 'utf8'));

const {optionalDependencies: wanted} = readJson(new URL('../node-versions/package.json', import.meta.url)) as {
	readonly optionalDependencies: Readonly<Record<string, string>>;
};

const {version: programVersion, engines} = readJson(new URL('../../package.json', import.meta.url)) as {
	readonly version: string;
	readonly engines: {readonly node: string};
};

const versionOf = (name: string): string => wanted[name]?.split('@').at(-1) ?? '';

/** Path of the binary of another Node.js. */
const binaryOf = (name: string): string => fileURLToPath(new URL(`../node-versions/node_modules/${name}/bin/node`, import.meta.url));

/** Why a binary is missing. npm has every version for x64 only. */
const whyMissing = (version: string): string => process.arch === 'x64'
	? `\`npm run node-versions\` has not installed Node.js ${version}`
	: `there is no package with Node.js ${version} for ${process.arch}`;

test('the oldest Node.js that is tested is the oldest that package.json accepts', t => {
	t.is(engines.node, `>=${versionOf('node-oldest').replace(/\.0$/v, '')}`);
});

for (const name of ['node-oldest', 'node-newest']) {
	const version = versionOf(name);
	const node = binaryOf(name);
	const missing = fs.existsSync(node) ? undefined : whyMissing(version);

	testUnless(missing, `runs on Node.js ${version}: --version`, async t => {
		const {stdout: own} = await execa(node, ['--version']);
		t.is(own, `v${version}`);
		const {stdout} = await execa(node, [builtProgram, '--version']);
		t.is(stdout, programVersion);
	});

	testUnless(namespaceUnavailable ?? missing, `runs on Node.js ${version}: list --json`, async t => {
		const scene = await openScene(t);
		await scene.listen({port: 8080});
		const {stdout, stderr} = await scene.run(node, [builtProgram, 'list', '--json']);
		t.is(stderr, '');
		const sockets = stdout.trim().split('\n').map(line => JSON.parse(line) as {readonly localPort: number; readonly state: string});
		t.deepEqual(sockets.map(({localPort, state}) => [localPort, state]), [[8080, 'LISTEN']]);
	});

	testUnless(namespaceUnavailable ?? missing, `runs on Node.js ${version}: events`, async t => {
		const scene = await openScene(t);
		const [command, args] = scene.inside(node, [builtProgram, 'events', '--json', '--interval', '0.1']);
		const events = spawn(command, args, {stdio: ['ignore', 'pipe', 'inherit']});
		t.teardown(() => events.kill('SIGKILL'));
		const line = once(readline.createInterface({input: events.stdout}), 'line') as Promise<[string]>;
		let found: string | undefined;
		void (async () => {
			[found] = await line;
		})();

		// Sockets that open before the first sample are no events.
		while (found === undefined && events.exitCode === null) {
			await scene.bindUdp({});
		}

		t.like(JSON.parse(found ?? '{}'), {event: 'opened', protocol: 'udp'});
	});

	testUnless(namespaceUnavailable ?? missing, `runs on Node.js ${version}: the live view`, async t => {
		const scene = await openScene(t);
		await scene.listen({port: 8080});
		const live = await openLive(t, scene, {node});
		live.type('?');
		await live.waitFor(screen => !screen.text().includes(':8080'), 'the help instead of the list');
		live.type('\u{1B}');
		await live.waitFor(screen => screen.text().includes(':8080'), 'the list');
		live.type('q');
		const {exitCode} = await live.exit;
		t.is(exitCode, 0);
		t.deepEqual(live.terminalAfter(), {
			canonical: true, echo: true, signals: true, output: true,
		});
	});
}
