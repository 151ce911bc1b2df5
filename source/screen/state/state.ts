/**
The state of the screen, and the types of modes and key bindings. These types refer to each other, so they are in one file. The slices of the state have files
of their own (`*-slice.ts`); the records of modes and bindings are in `controls/`.
*/
import type {Segment} from '../../text/paint.js';
import type {Theme} from '../look/theme.js';
import type {Background} from '../terminal/background.js';
import type {TypedEvent} from '../terminal/input.js';
import type {Size} from '../terminal/size.js';
import type {ActingSlice} from './acting-slice.js';
import type {AlertSlice} from './alert-slice.js';
import type {AnswerSlice} from './answer-slice.js';
import type {ChoiceSlice} from './choice-slice.js';
import type {EditingSlice} from './editing-slice.js';
import type {EffectSlice} from './effect-slice.js';
import type {InspectorSlice} from './inspector-slice.js';
import type {Line} from './line.js';
import type {ListSlice} from './list-slice.js';
import type {MomentSlice} from './moment-slice.js';
import type {PageSlice} from './page-slice.js';
import type {KeyChanges, SetupSlice} from './setup-slice.js';
import type {WritingSlice} from './writing-slice.js';

/** The terminal, the mode and the keys. */
type TerminalSlice = {
	readonly size: Size;
	/** Background of the terminal; undefined if unknown. */
	readonly background: Background | undefined;
	readonly mode: Mode;
	/** Current modes and keys. */
	readonly keyTable: KeyTable;
	/** Keys queued until the engine answers which row is under the cursor. */
	readonly heldKeys: readonly TypedEvent[];
};

/** The state of the screen, one slice per capability. Only `reduce` changes it. */
export type State = TerminalSlice & ChoiceSlice & ListSlice & AnswerSlice & EditingSlice & PageSlice & InspectorSlice & ActingSlice & SetupSlice & MomentSlice & AlertSlice & WritingSlice & EffectSlice;

/** Id of a mode. A test checks that each mode in use has a record. */
export type Mode = string;

/** Painted lines, each a list of segments. */
export type Lines = ReadonlyArray<readonly Segment[]>;

/** Lines between the table and the footer. */
export type Prompt = {
	/** Number of lines, independent of their content. */
	readonly height: (state: Pick<State, 'size'>) => number;
	readonly paint: (state: State, theme: Theme) => Lines;
};

/** A mode. Layout, menus, prompts, wheel, mouse and what the lines for screen readers say come from these records. */
export type ModeRecord = {
	readonly id: Mode;
	/** Title when it opens: `Sort by`. */
	readonly title: string;
	/** Name in messages about keys: `sort menu`. */
	readonly name: string;
	readonly kind:
		/** Keys act on the rows of the table. */
		| 'list'
		/** Entries in a column over the left of the table. */
		| 'menu'
		/** The user edits a line of text. */
		| 'line'
		/** A box over the table, to confirm or to read. */
		| 'dialog'
		/** The whole screen. */
		| 'page'
		/** Beside the table, above or below it. */
		| 'panel'
		/** Takes the next key, whichever it is. */
		| 'key';
	/** The help is open. */
	readonly isHelp?: true;
	/** The setup screen is open. */
	readonly isSetup?: true;
	/** The typed text filters or searches the list at once. */
	readonly narrows?: true;
	/** Entries of a menu. */
	readonly entries?: (state: State) => readonly string[];
	readonly prompt?: Prompt;
	/** The lines of a dialog or a page, at most `height`. The help is drawn from the state. */
	readonly paint?: (state: State, theme: Theme, height: number) => Lines;
	/** Scrolls by lines or entries. Default: moves the cursor of the list. */
	readonly scroll?: (state: State, by: number) => State;
	/** Scrolls by a page. Default: calls `scroll` with the height of the table. */
	readonly scrollPage?: (state: State, direction: -1 | 1) => State;
	/** Scrolls by lines with the wheel, if the wheel does not move the cursor. */
	readonly scrollLines?: (state: State, by: number) => State;
	/** Handles typed and pasted text that is not bound to keys. */
	readonly takeText?: (state: State, text: string) => State;
	/** Handles a character that is not bound to a key, to jump to an entry; pasted text is ignored. */
	readonly takeLetter?: (state: State, letter: string) => State;
	/** Handles a key without binding. */
	readonly takeKey?: (state: State, key: string) => State;
	/** Handles a change of the edited line. */
	readonly changeLine?: (state: State, line: Line) => State;
};

/** Id of a command, as in the settings file and in `{command}` placeholders of messages. All bindings of one command share the keys that the user sets. */
export type Command = string;

/** Headings of the help, in order. */
export const bindingGroups = ['Narrow', 'Find', 'Order', 'Group', 'Inspect', 'Watch', 'Move', 'Look back', 'Journal', 'Act', 'Setup', 'Edit a line', 'Leave'] as const;

/** A key binding. Dispatch, footer, help, setup and documentation are derived from these records. */
export type Binding = {
	/** Names of keys, as `createInputDecoder` returns them. The footer shows the first. */
	readonly keys: readonly string[];
	readonly command: Command;
	/** Description in the help and the documentation. */
	readonly description: string;
	/** Description of the command, if the descriptions of its bindings differ. */
	readonly inGeneral?: string;
	readonly group: (typeof bindingGroups)[number];
	/** Where it applies. */
	readonly modes: readonly Mode[];
	/** Applies the command; `key` is the pressed key. */
	readonly run: (state: State, key: string) => State;
	/** The command that opened what this one closes. Its keys also close it. */
	readonly leaves?: Command;
	/** Text shown instead of the keys if there are too many to list. */
	readonly shown?: string;
	/** Label in the footer; without it the binding is not shown there. */
	readonly label?: string;
	/** Rank in the footer of the list, before all bindings without a rank. */
	readonly footerRank?: number;
	/** The footer shows it even on the narrowest terminal. */
	readonly isAlwaysShown?: true;
	/** Its keys cannot be changed. */
	readonly isFixed?: true;
	/** Uses the row under the cursor, and so waits for the answer that says which row that is. */
	readonly isAboutRow?: true;
	/** Runs without waiting for an answer of the engine, so that it works even if the engine does not answer. */
	readonly isUrgent?: true;
	/** Whether its keys that are characters currently type text instead of running the command. */
	readonly isTyped?: (state: State) => boolean;
	/** Whether the binding applies; if not, the next binding of the same keys in the mode does. Default: always. */
	readonly when?: (state: State) => boolean;
	/** Why it is disabled until conntop exits; shown in the help. */
	readonly whyNever?: (state: State) => string | undefined;
	/** Why it is disabled now. */
	readonly whyDisabled?: (state: State) => string | undefined;
};

/** A binding as declared: for a list of modes, or for all modes that meet a condition. */
export type BindingRecord = Omit<Binding, 'modes'> & {readonly modes: readonly Mode[] | ((mode: ModeRecord) => boolean)};

/** All modes and key bindings, without changes by the user. */
export type Controls = {readonly modes: readonly ModeRecord[]; readonly bindings: readonly BindingRecord[]};

/** A command whose keys can be changed. */
export type ChangeableCommand = {
	readonly description: string;
	/** Its keys by default. */
	readonly keys: readonly string[];
	/** Modes where its keys apply. */
	readonly modes: readonly Mode[];
};

/** The current keys: the defaults with the changes of the user. */
export type KeyTable = {
	readonly controls: Controls;
	/** Changes by the user. */
	readonly changes: KeyChanges;
	readonly modes: ReadonlyMap<Mode, ModeRecord>;
	/** All bindings without changes. */
	readonly defaults: readonly Binding[];
	/** Commands whose keys can be changed, in the order of the bindings, those of the list first. */
	readonly changeable: ReadonlyMap<Command, ChangeableCommand>;
	/** All current bindings. If two have the same key and mode, the first wins. */
	readonly bindings: readonly Binding[];
	/** The binding of a key in a mode, or undefined. Without a state, only bindings that always apply are considered. */
	readonly find: (mode: Mode, key: string, state?: State) => Binding | undefined;
};

/** The mode below any menu, line or page: the inspector, the journal or the list. */
export const baseModeOf = ({inspector, journal}: Pick<State, 'inspector' | 'journal'>): Mode =>
	inspector === undefined ? (journal === undefined ? 'table' : 'journal') : 'inspector';

/** The record of a mode. */
export const modeOf = ({mode, keyTable}: Pick<State, 'mode' | 'keyTable'>): ModeRecord => {
	const record = keyTable.modes.get(mode);
	if (record === undefined) {
		throw new Error(`There is no mode ${mode}`);
	}

	return record;
};
