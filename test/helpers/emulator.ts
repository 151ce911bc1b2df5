/** A terminal for tests, benchmarks and pictures: it takes the output of a program and returns what a person would see. */
import unicode11 from '@xterm/addon-unicode11';
import headless, {type IBufferCell} from '@xterm/headless';

/** A colour number of the palette (0 to 255), `#rrggbb`, or undefined for the terminal's default. */
export type Colour = number | string | undefined;

/** One cell of the screen. */
export type Cell = {
	/** The character; a blank if nothing was written, empty for the second half of a wide character. */
	readonly character: string;
	/** Columns of the character: 1, 2, or 0 for the second half of a wide one. */
	readonly width: number;
	readonly foreground: Colour;
	readonly background: Colour;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly italic: boolean;
	readonly underline: boolean;
	readonly inverse: boolean;
};

/** Modes that a program must restore. */
export type Modes = {
	readonly cursorHidden: boolean;
	readonly bracketedPaste: boolean;
	readonly mouse: boolean;
	readonly focus: boolean;
	readonly applicationCursor: boolean;
	/** Whether a frame has begun and not ended yet. */
	readonly synchronized: boolean;
};

export type Emulator = {
	readonly columns: number;
	readonly rows: number;
	/** Takes the output of a program. Resolves when the screen shows it. */
	readonly write: (data: string | Uint8Array) => Promise<void>;
	readonly resize: (columns: number, rows: number) => void;
	/** The visible lines, without trailing blanks. */
	readonly lines: () => string[];
	/** The visible lines as one text, without empty lines at the bottom. */
	readonly text: () => string;
	/** A cell of the visible screen; both numbers are from 0. */
	readonly cell: (row: number, column: number) => Cell;
	readonly cursor: () => {readonly row: number; readonly column: number};
	/** Whether the alternate screen is shown. */
	readonly isAlternate: () => boolean;
	readonly modes: () => Modes;
	/** Calls the listener with the terminal's answers to queries, which must be passed to the program like typed text. */
	readonly onReply: (listener: (data: string) => void) => void;
	/**
	Resolves as soon as the condition is met: now, or after a later write or resize. The condition is not checked within a frame.

	@param isMet The condition.
	@param what Names the condition in the error.
	@param options When to stop waiting: after `timeout` milliseconds (default 90,000, because a busy machine is slow), or with the reason of `signal`.
	@throws Error after the timeout, with the current screen.
	*/
	readonly waitFor: (isMet: (emulator: Emulator) => boolean, what: string, options?: WaitOptions) => Promise<void>;
	readonly dispose: () => void;
};

export type WaitOptions = {readonly timeout?: number; readonly signal?: AbortSignal};

type Watcher = {readonly isMet: (emulator: Emulator) => boolean; readonly resolve: () => void; readonly reject: (error: unknown) => void};

/** Creates an xterm-like terminal with the character widths of Unicode 11. */
export const createEmulator = ({columns, rows}: {readonly columns: number; readonly rows: number}): Emulator => {
	const terminal = new headless.Terminal({
		cols: columns, rows, scrollback: 1000, allowProposedApi: true,
	});
	terminal.loadAddon(new unicode11.Unicode11Addon());
	terminal.unicode.activeVersion = '11';

	// The library does not report this mode, so watch its two sequences. `false` lets the library handle them, too.
	let isCursorHidden = false;
	const watchCursor = (final: 'h' | 'l') => {
		terminal.parser.registerCsiHandler({prefix: '?', final}, parameters => {
			if (parameters.includes(25)) {
				isCursorHidden = final === 'l';
			}

			return false;
		});
	};

	watchCursor('h');
	watchCursor('l');

	const watchers = new Set<Watcher>();
	const ask = (watcher: Watcher) => {
		try {
			if (!terminal.modes.synchronizedOutputMode && watcher.isMet(emulator)) {
				watchers.delete(watcher);
				watcher.resolve();
			}
		} catch (error) {
			watchers.delete(watcher);
			watcher.reject(error);
		}
	};

	const askAll = () => {
		for (const watcher of watchers) {
			ask(watcher);
		}
	};

	const visibleLine = (row: number) => terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row);

	const emulator: Emulator = {
		get columns() {
			return terminal.cols;
		},
		get rows() {
			return terminal.rows;
		},
		async write(data) {
			await new Promise<void>(resolve => {
				terminal.write(data, resolve);
			});
			askAll();
		},
		resize(newColumns, newRows) {
			terminal.resize(newColumns, newRows);
			askAll();
		},
		// Without the end column, the alternate buffer returns text beyond the edge of a screen that was wider before.
		lines: () => Array.from({length: terminal.rows}, (_, row) => visibleLine(row)?.translateToString(true, 0, terminal.cols) ?? ''),
		text: () => emulator.lines().join('\n').trimEnd(),
		cell: (row, column) => readCell(visibleLine(row)?.getCell(column)),
		cursor: () => ({row: terminal.buffer.active.cursorY, column: terminal.buffer.active.cursorX}),
		isAlternate: () => terminal.buffer.active.type === 'alternate',
		modes: () => ({
			cursorHidden: isCursorHidden,
			bracketedPaste: terminal.modes.bracketedPasteMode,
			mouse: terminal.modes.mouseTrackingMode !== 'none',
			focus: terminal.modes.sendFocusMode,
			applicationCursor: terminal.modes.applicationCursorKeysMode,
			synchronized: terminal.modes.synchronizedOutputMode,
		}),
		onReply(listener) {
			terminal.onData(listener);
		},
		async waitFor(isMet, what, {timeout = 90_000, signal} = {}) {
			const {promise, resolve, reject} = Promise.withResolvers<void>();
			const watcher: Watcher = {isMet, resolve, reject};
			watchers.add(watcher);
			const timer = setTimeout(() => {
				reject(new Error(`timeout while waiting for ${what}; the screen (${terminal.cols}×${terminal.rows}):\n${emulator.text()}`));
			}, timeout);
			const abort = () => {
				reject(signal?.reason);
			};

			signal?.addEventListener('abort', abort);
			try {
				ask(watcher);
				await promise;
			} finally {
				watchers.delete(watcher);
				clearTimeout(timer);
				signal?.removeEventListener('abort', abort);
			}
		},
		dispose() {
			terminal.dispose();
		},
	};

	return emulator;
};

const readCell = (cell: IBufferCell | undefined): Cell => {
	if (cell === undefined) {
		return {
			character: ' ', width: 1, foreground: undefined, background: undefined, bold: false, dim: false, italic: false, underline: false, inverse: false,
		};
	}

	const width = cell.getWidth();
	return {
		character: cell.getChars() === '' && width > 0 ? ' ' : cell.getChars(),
		width,
		foreground: readColour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
		background: readColour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
		bold: cell.isBold() !== 0,
		dim: cell.isDim() !== 0,
		italic: cell.isItalic() !== 0,
		underline: cell.isUnderline() !== 0,
		inverse: cell.isInverse() !== 0,
	};
};

const readColour = (isDefault: boolean, isRgb: boolean, value: number): Colour => {
	if (isDefault) {
		return undefined;
	}

	return isRgb ? `#${value.toString(16).padStart(6, '0')}` : value;
};
