import fs from 'node:fs';
import path from 'node:path';
import {openLive, openScene, testInNamespace} from '../helpers/conntop.js';
import {makeFolder} from '../helpers/folder.js';

testInNamespace('recalls the filters of an earlier run; --read-only saves none', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	const state = makeFolder(t);
	const home = makeFolder(t);
	const env = {XDG_STATE_HOME: path.join(state, 'state'), XDG_CONFIG_HOME: home};
	const file = path.join(state, 'state', 'conntop', 'filters');
	const type = async (args: readonly string[], filter: string): Promise<void> => {
		const live = await openLive(t, scene, {env, args});
		live.type(`\\${filter}`);
		await live.waitFor(screen => screen.text().includes(`Filter: ${filter}`), 'the filter line');
		live.type('\r');
		await live.waitFor(screen => screen.text().includes(`filter ${filter}`), 'the applied filter');
		live.type('q');
		await live.exit;
	};

	await type(['--read-only'], 'sport 8080');
	t.false(fs.existsSync(file));
	await type([], 'port 8080');
	t.is(fs.readFileSync(file, 'utf8'), 'port 8080\n');
	t.is(fs.statSync(file).mode & 0o777, 0o600);

	const live = await openLive(t, scene, {env});
	live.type('\\\u{1B}[A');
	await live.waitFor(screen => screen.text().includes('Filter: port 8080'), 'the earlier filter');
});
