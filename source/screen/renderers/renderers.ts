/** The two renderers of the live view: a screen drawn by Ink, and lines for screen readers. Each is loaded on demand: lines do not need React. */
import type {OpenRenderer} from '../update/renderer.js';
import type {TerminalOutput} from '../terminal/paced-output.js';
import type {State} from '../state/state.js';
import {type Size, sizeOf} from '../terminal/size.js';
import {isReaderShown} from '../state/choice-slice.js';

export type RendererName = 'drawn' | 'lines';

type RendererRecord = {
	readonly load: () => Promise<OpenRenderer>;
	/** The size for which the engine computes rows. */
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
		// The size of an imaginary terminal: changes are reported only for its rows.
		sizeOn: () => ({columns: 200, rows: 500}),
	},
};

/** The renderer that the preferences and the keys select. */
export const rendererOf = (state: Pick<State, 'preferences' | 'isReaderSwitched'>): RendererName => isReaderShown(state) ? 'lines' : 'drawn';
