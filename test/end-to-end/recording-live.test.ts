import {
	openLive,
	runConntop,
	testInNamespace,
} from '../helpers/conntop.js';
import {startHost} from '../helpers/namespace.js';

testInNamespace('R records the samples of the live view until R or quit; a second recorder is rejected', async t => {
	const scene = await startHost('my-server');
	t.teardown(scene.stop);
	// Root records into /var/lib/conntop, and the test is root in its user namespace.
	const {exitCode} = await scene.run('mount', ['-t', 'tmpfs', 'tmpfs', '/var/lib']);
	t.is(exitCode, 0);
	const {port} = await scene.listen({port: 8080});
	const live = await openLive(t, scene, {columns: 120});
	live.type('R');
	await live.waitFor(screen => screen.text().includes('REC /var/lib/conntop'), 'the recording');
	const other = await runConntop(scene, 'record');
	t.is(other.exitCode, 1);
	t.regex(other.stderr, /another conntop records into \/var\/lib\/conntop already; --to names another folder/v);

	const {id} = await scene.connect({port, localPort: 50_001});
	await live.waitFor(screen => screen.text().includes(':50001'), 'the connection');
	await scene.send(id, 120);
	await scene.close(id);
	await live.waitFor(screen => /× .*:50001|closed .*:50001/v.test(screen.text()), 'its close');
	live.type('R');
	await live.waitFor(screen => screen.text().includes('No longer recording') && !screen.text().includes('REC /'), 'the end of the recording');

	const {stdout} = await runConntop(scene, 'history', '--json', '--from', '-1h', 'sport', '50001');
	t.regex(stdout, /"localPort":50001/v);
	t.regex(stdout, /"bytesSent":120/v);

	const recorder = await openLive(t, scene, {columns: 120});
	recorder.type('R');
	await recorder.waitFor(screen => screen.text().includes('REC /var/lib/conntop'), 'the recording of another live view');
	live.type('R');
	await live.waitFor(screen => screen.text().includes('another conntop records into /var/lib/conntop already'), 'the reason why not');
	recorder.type('q');
	await recorder.exit;
	live.type('R');
	await live.waitFor(screen => screen.text().includes('REC /var/lib/conntop'), 'the recording');
});
