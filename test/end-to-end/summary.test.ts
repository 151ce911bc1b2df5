/** `conntop summary` counts the sockets of a scene. */
import {openScene, runConntop, testInNamespace} from '../helpers/conntop.js';

testInNamespace('summary counts by protocol, family and state', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 7000});
	await scene.listen({port: 7001, host: '::1', ipv6Only: true});
	await scene.connect({port: 7000, localPort: 50_000});
	await scene.connect({port: 7000, localPort: 50_001});
	await scene.bindUdp({port: 5353, host: '::1'});
	const {stdout, exitCode} = await runConntop(scene, 'summary', '--json');
	t.is(exitCode, 0);
	t.deepEqual(JSON.parse(stdout), {
		sockets: 7,
		protocols: {
			tcp: {
				sockets: 6, inet: 5, inet6: 1, states: {ESTAB: 4, LISTEN: 2},
			},
			udp: {
				sockets: 1, inet: 0, inet6: 1, states: {UNCONN: 1},
			},
		},
		problems: {},
	});

	const text = await runConntop(scene, 'summary');
	t.regex(text.stdout, /^Sockets: 7\n\nProtocol +Total +IPv4 +IPv6\ntcp +6 +5 +1\nudp +1 +0 +1\n\nState +Sockets\n/v);
	t.regex(text.stdout, /\ntcp ESTAB +4\n/v);

	const filtered = await runConntop(scene, 'summary', '--json', 'sport', '7000');
	t.like(JSON.parse(filtered.stdout), {sockets: 3});
});

testInNamespace('summary counts by group, the largest first, and counts problems', async t => {
	const scene = await openScene(t);
	await scene.listenWithoutAccept({port: 7000, backlog: 0});
	await scene.connect({port: 7000, localPort: 50_000});
	await scene.connect({port: 7000, localPort: 50_001, wait: false});
	await scene.listen({port: 7001});
	const {stdout} = await runConntop(scene, 'summary', '--json', '--group', 'port');
	const {groups, problems} = JSON.parse(stdout) as {groups: ReadonlyArray<{group: readonly string[]; sockets: number}>; problems: Record<string, number>};
	t.deepEqual(groups.map(({group, sockets}) => [...group, sockets]).at(0), ['port 7000', 2]);
	t.true(groups.some(({group}) => group.at(0) === 'port 7001'));
	t.is(problems['backlog full'], 1);

	const text = await runConntop(scene, 'summary', '--group', 'port');
	t.regex(text.stdout, /\nGroup +Sockets +ESTAB +LISTEN +Problems\nport 7000 +2 +1 +1 +1\n/v);
});
