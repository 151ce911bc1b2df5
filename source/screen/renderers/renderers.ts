/** The two renderers of the live view: a screen drawn by Ink, and lines for screen readers. Each is loaded when it is wanted: lines need no React. */
import type {OpenRenderer} from '../update/renderer.js';
import type {TerminalOutput} from '../terminal/paced-output.js';
import type {State} from '../state/state.js';
import {type Size, sizeOf} from '../terminal/size.js';
import {isReaderShown} from '../state/choice-slice.js';

export type RendererName = 'drawn' | 'lines';

type RendererRecord = {
	readonly load: () => Promise<OpenRenderer>;
	/** Columns and rows for which the engine answers. */
	readonly sizeOn: (stdout: TerminalOutput) => Size;
};

export const renderers: Readonly<Record<RendererName, RendererRecord>> = {
	drawn: {
		async load() {
			const {openInk: openDrawn} = await import('./ink/ink-renderer.js');
			return openDrawn;
		},
		sizeOn: sizeOf,
	},
	lines: {
		async load() {
			const {openLines} = await import('./lines/lines.js');
			return openLines;
		},
		// As if it were a terminal of that size: its rows are those of which news is told.
		sizeOn: () => ({columns: 200, rows: 500}),
	},
};

/** The one that is to be shown. */
export const rendererOf = (state: Pick<State, 'preferences' | 'isReaderSwitched'>): RendererName => isReaderShown(state) ? 'lines' : 'drawn';
