import {Buffer} from 'node:buffer';
import {openLive, openScene, testInNamespace} from '../helpers/conntop.js';

const down = '\u{1B}[B';

testInNamespace('y copies a filter for the selected row to the clipboard', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	const live = await openLive(t, scene);
	live.type(`${down}y`);
	await live.waitFor(screen => screen.text().includes('Filter for it'), 'the menu');
	live.type(`${down}${down}\r`);
	await live.waitFor(screen => screen.text().includes('Copied: tcp and src 127.0.0.1:8080'), 'the notice of what was copied');
	t.true(live.output().includes(`\u{1B}]52;c;${Buffer.from('tcp and src 127.0.0.1:8080').toString('base64')}`));
});
