/** The two faces of the live view: a screen that is drawn, and lines for screen readers. Each is loaded when it is to be shown: without a screen, there is no React. */
import type {OpenFace} from '../update/renderer.js';
import type {TerminalOutput} from '../terminal/paced-output.js';
import type {State} from '../state/state.js';
import {type Size, sizeOf} from '../terminal/size.js';
import {isReaderShown} from '../state/choice-slice.js';

export type FaceName = 'drawn' | 'lines';

type FaceRecord = {
	readonly load: () => Promise<OpenFace>;
	/** Columns and rows for which the engine answers. */
	readonly sizeOn: (stdout: TerminalOutput) => Size;
};

export const faces: Readonly<Record<FaceName, FaceRecord>> = {
	drawn: {
		async load() {
			const {openDrawn} = await import('./ink/drawn.js');
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
export const faceOf = (state: Pick<State, 'preferences' | 'isReaderTurned'>): FaceName => isReaderShown(state) ? 'lines' : 'drawn';
