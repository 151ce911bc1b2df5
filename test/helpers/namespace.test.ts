import {
	namespaceUnavailable,
	runInNamespace,
	startScene,
	type Scene,
} from './namespace.js';
import {testUnless} from './unless.js';

/** Reads a file of /proc inside the scene. */
const read = async (scene: Scene, path: string): Promise<string> => {
	const {stdout} = await scene.run('cat', [path]);
	return stdout;
};

testUnless(namespaceUnavailable, 'a scene opens exactly the requested sockets', async t => {
	const scene = await startScene('actor');
	t.teardown(scene.stop);
	t.notRegex(await read(scene, '/proc/net/tcp'), /0100007F/v);

	const {port} = await scene.listen({port: 8080, backlog: 7});
	const connection = await scene.connect({port, localPort: 50_000});
	t.is(port, 8080);
	t.is(connection.localPort, 50_000);
	const tcp = await read(scene, '/proc/net/tcp');
	t.regex(tcp, /0100007F:1F90 00000000:0000 0A/v);
	t.regex(tcp, /0100007F:C350 0100007F:1F90 01/v);
	t.regex(tcp, /0100007F:1F90 0100007F:C350 01/v);

	await scene.bindUdp({port: 5353});
	t.regex(await read(scene, '/proc/net/udp'), /0100007F:14E9 00000000:0000 07/v);
});

testUnless(namespaceUnavailable, 'a scene sends, half-closes, resets and shares', async t => {
	const scene = await startScene();
	t.teardown(scene.stop);
	const {port} = await scene.listen({read: false, halfOpen: true});
	const {id, localPort} = await scene.connect({port, halfOpen: true});
	const accepted = await scene.accepted(port, localPort);
	await scene.send(id, 1000);
	const queues = async () => read(scene, '/proc/net/tcp');
	t.regex(await queues(), / 01 00000000:000003E8 /v);
	await scene.resume(accepted);
	const shared = await scene.share(accepted);
	t.true(shared.pid > 0);
	await scene.reset(id);
	t.notRegex(await queues(), / 01 /v);
	await t.throwsAsync(scene.send(id, 1), {message: /^no connection/v});
});

testUnless(namespaceUnavailable, 'a listener that accepts nothing keeps its connections in the queue', async t => {
	const scene = await startScene();
	t.teardown(scene.stop);
	const {id, port} = await scene.listenWithoutAccept({backlog: 1});
	await scene.connect({port});
	await scene.connect({port});
	await scene.connect({port, wait: false});
	const table = await read(scene, '/proc/net/tcp');
	t.regex(table, / 0A 00000000:00000002 /v);
	await scene.close(id);
});

testUnless(namespaceUnavailable, 'processes that join a scene have their own names', async t => {
	const server = await startScene('server');
	t.teardown(server.stop);
	const client = await server.join('client');
	t.teardown(client.stop);
	const {port} = await server.listen({host: '::1'});
	const connection = await client.connect({port, host: '::1'});
	const accepted = await server.accepted(port, connection.localPort);
	await server.send(accepted, 10);
	t.is(await read(client, `/proc/${client.pid}/comm`), 'client\n');
	t.regex(await read(server, '/proc/net/tcp6'), / 01 /v);
});

testUnless(namespaceUnavailable, 'a neighbour sees only its own sockets', async t => {
	const scene = await startScene();
	t.teardown(scene.stop);
	const neighbour = await scene.neighbour('neighbour');
	t.teardown(neighbour.stop);
	await neighbour.listen({port: 8080});
	t.notRegex(await read(scene, '/proc/net/tcp'), /0100007F/v);
	t.regex(await read(neighbour, '/proc/net/tcp'), /0100007F:1F90/v);
});

testUnless(namespaceUnavailable, 'a script runs in its own namespace', async t => {
	const {stdout, exitCode} = await runInNamespace('cat /proc/net/dev | tail -n +3 | cut -d: -f1; id -u; exit 5');
	t.deepEqual(stdout.trim().split(/\s+/v), ['lo', '0']);
	t.is(exitCode, 5);
});
