/* eslint-disable no-control-regex, regexp/no-control-character -- Sequences of the terminal have them. */
import {openLive, openScene, testInNamespace} from '../helpers/conntop.js';

const tab = '\t';

testInNamespace('an alert reports connections that match it, including short-lived ones, whatever is shown', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	const {port: otherPort} = await scene.listen({port: 9090});
	const live = await openLive(t, scene, {columns: 120, env: {TERM_PROGRAM: 'ghostty'}});
	live.type('8080\r');
	await live.waitFor(screen => screen.text().includes('port 8080'), 'the port');
	live.type('a');
	await live.waitFor(screen => screen.text().includes('alert port 8080'), 'the alert');

	// The view shows something else.
	live.type(`\\nothing-here\r${tab}`);
	await live.waitFor(screen => screen.text().includes('No journal entry matches'), 'the empty journal');
	await scene.connect({port: otherPort, localPort: 50_001});
	const {id} = await scene.connect({port, localPort: 50_000});
	await live.waitFor(screen => /alert port 8080: [12] new/v.test(screen.text()), 'the alert about a connection');
	await live.waitFor(() => /\u{1B}\]777;notify;conntop;[12] new: tcp 127\.0\.0\.1:\d+ 127\.0\.0\.1:\d+/v.test(live.output()), 'the notification');
	t.regex(live.output(), /\u{1B}\]2;\([12]\) conntop: alert port 8080\u{7}/v);
	t.notRegex(live.output(), /notify[^\u{7}]*:50001/v, 'not for the other port');
	live.type(tab);
	await live.waitFor(screen => !screen.text().includes(' new '), 'the alert to be acknowledged');
	await scene.close(id);
});

testInNamespace('an alert without a filter reports new connections, including those shorter than the interval', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	const live = await openLive(t, scene, {columns: 120, args: ['--interval', '2']});
	live.type('a');
	await live.waitFor(screen => screen.text().includes('alert new ESTAB'), 'the alert');
	// These open and close between two samples.
	await scene.listen({port: 7070});
	for (let localPort = 50_001; localPort <= 50_003; localPort++) {
		const {id} = await scene.connect({port, localPort});
		await scene.reset(id);
	}

	await live.waitFor(screen => /alert new ESTAB: \d+ new/v.test(screen.text()), 'the alert about a connection');
	t.regex(live.emulator.text(), /^! .*:5000[123]/mv, 'the row has a mark');
});
