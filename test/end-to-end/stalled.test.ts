/** A stalled terminal: it stays open but no longer reads, as over a broken connection. */
import fs from 'node:fs';
import type {ExecutionContext} from 'ava';
import {openLive, openScene, testInNamespace} from '../helpers/conntop.js';
import type {Emulator} from '../helpers/emulator.js';
import {isHeldUp} from '../helpers/held-up.js';
import {until} from '../helpers/until.js';
import type {Scene} from '../helpers/namespace.js';
import {hasEnded} from '../helpers/process-tree.js';
import type {Pty} from '../helpers/pty.js';
import {stopOutput} from '../helpers/stop-output.js';

const redraw = '\u{C}';

/** Bytes that the program has read from its terminal and elsewhere. */
const bytesRead = (pid: number): number => Number(/^rchar: (?<bytes>\d+)/mv.exec(fs.readFileSync(`/proc/${pid}/io`, 'utf8'))?.groups?.bytes);

type Stalled = {readonly scene: Scene; readonly live: Pty; readonly resume: () => void};

/** Makes the program redraw until the buffer of its terminal is full. */
const fill = async ({type, pid}: Pty): Promise<void> => until(() => {
	type(redraw);
	return isHeldUp(pid);
}, 'the program to be blocked');

/** Opens the live view in a terminal that does not read, and fills its buffer. */
const stall = async (t: ExecutionContext, args: readonly string[] = [], isReady?: (screen: Emulator) => boolean): Promise<Stalled> => {
	const scene = await openScene(t, 'postgres');
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {
		columns: 200, rows: 50, args, ...(isReady && {isReady}),
	});
	const resume = live.pauseReading();
	await fill(live);
	return {scene, live, resume};
};

testInNamespace('after a stall, the terminal gets the current screen and none of those in between', async t => {
	const {scene, live, resume} = await stall(t);
	const {pid} = live;
	const before = live.output().length;
	for (let count = 0; count < 200; count++) {
		const read = bytesRead(pid);
		live.type(redraw);
		await until(() => bytesRead(pid) > read, 'the key to be read');
	}

	live.type('/postgres\r');
	await scene.listen({port: 8081});
	t.true(isHeldUp(pid));
	resume();
	await live.waitFor(screen => screen.text().includes('search postgres') && screen.text().includes(':8081 '), 'the current screen');
	t.is(live.emulator.lines().filter(line => line.startsWith(' conntop')).length, 1);
	t.true(live.emulator.lines().at(-1)?.includes('F1Help'));
	t.true(live.output().length - before < 100_000, 'the 200 screens in between were dropped');
	live.type('q');
	t.deepEqual(await live.exit, {exitCode: 0});
	t.false(live.emulator.isAlternate());
});

for (const [signal, number] of [['SIGTERM', 15], ['SIGHUP', 1]] as const) {
	testInNamespace(`${signal} ends the program while the terminal is stalled`, async t => {
		const {live, resume} = await stall(t);
		const {pid} = live;
		live.kill(signal);
		await until(() => hasEnded(pid), 'the program to exit');
		resume();
		t.deepEqual(await live.exit, {exitCode: 128 + number});
		t.like(live.terminalAfter(), {canonical: true, echo: true, signals: true});
		t.false(live.emulator.isAlternate(), 'the terminal is restored when it reads again, although the program has exited');
		t.like(live.emulator.modes(), {cursorHidden: false, mouse: false, bracketedPaste: false});
	});
}

testInNamespace('on exit, stopped output of the terminal is resumed for the last bytes, and the terminal is restored', async t => {
	const scene = await openScene(t, 'postgres');
	await scene.listen({port: 8080});
	const live = await openLive(t, scene);
	stopOutput(live.pid);
	live.kill('SIGTERM');
	t.deepEqual(await live.exit, {exitCode: 143});
	t.false(live.emulator.isAlternate());
	t.like(live.emulator.modes(), {cursorHidden: false, mouse: false, bracketedPaste: false});
	t.like(live.terminalAfter(), {canonical: true, echo: true, signals: true});
});

testInNamespace('q waits for a terminal that is stalled only briefly', async t => {
	const {live, resume} = await stall(t);
	live.type('q');
	resume();
	t.deepEqual(await live.exit, {exitCode: 0});
	t.false(live.emulator.isAlternate());
	t.false(live.emulator.modes().cursorHidden);
});

testInNamespace('exits when a stalled terminal is closed', async t => {
	const {live} = await stall(t);
	const {pid} = live;
	live.hangUp();
	await until(() => hasEnded(pid), 'the program to exit');
	t.pass();
});

testInNamespace('the screen reader mode waits for a stalled terminal, too, and exits on SIGTERM', async t => {
	const {live, resume} = await stall(t, ['--screen-reader'], screen => screen.text().includes(' quits.'));
	live.type('/postgres\r');
	resume();
	await live.waitFor(screen => screen.text().includes('postgres'), 'the answer to the keys');
	live.pauseReading();
	await fill(live);
	const {pid} = live;
	live.kill('SIGTERM');
	await until(() => hasEnded(pid), 'the program to exit');
	t.pass();
});
