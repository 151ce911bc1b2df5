/**
The state of the screen, and the records that stand for what a person can do with it: modes and keys. These types need each other, so they stand together; the
parts of the state stand in files of their own (`*-slice.ts`), and the records in `controls/`.
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
import type {LookSlice} from './look-slice.js';
import type {PageSlice} from './page-slice.js';
import type {KeyChanges, SetupSlice} from './setup-slice.js';
import type {WritingSlice} from './writing-slice.js';

/** The terminal, and what its keys do. */
type TerminalSlice = {
	readonly size: Size;
	/** What is known of the terminal's background. */
	readonly background: Background | undefined;
	readonly mode: Mode;
	/** Modes and keys in force. */
	readonly keyTable: KeyTable;
	/** Keys that wait for the answer that shows which row is under the cursor, and those after them. */
	readonly heldKeys: readonly TypedEvent[];
};

/** The state of the screen, one slice per capability. Only `reduce` changes it. */
export type State = TerminalSlice & ChoiceSlice & ListSlice & AnswerSlice & EditingSlice & PageSlice & InspectorSlice & ActingSlice & SetupSlice & LookSlice & AlertSlice & WritingSlice & EffectSlice;

/** Id of a mode: what the keys act on. A test checks that each one that is named has a record. */
export type Mode = string;

/** Lines of pieces of text, as they are painted. */
export type Lines = ReadonlyArray<readonly Segment[]>;

/** Lines between the table and the keys. */
export type Prompt = {
	/** How many lines, whatever they hold. */
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
		/** Entries over the left of the table. */
		| 'menu'
		/** A line of text is typed. */
		| 'line'
		/** Over the table: something is to be confirmed or read. */
		| 'dialog'
		/** The whole screen. */
		| 'page'
		/** Beside the table, above or below it. */
		| 'panel'
		/** Whatever key comes next is taken. */
		| 'key';
	/** The setup screen is open. */
	readonly isSetup?: true;
	/** What is typed narrows or searches the list at once. */
	readonly narrows?: true;
	/** Entries of a menu. */
	readonly entries?: (state: State) => readonly string[];
	readonly prompt?: Prompt;
	/** The lines of a dialog or a page, as many as `height`. A page without them is drawn as the help is. */
	readonly paint?: (state: State, theme: Theme, height: number) => Lines;
	/** Scrolls by lines or entries what it has to scroll; without it, the cursor of the list moves. */
	readonly scroll?: (state: State, by: number) => State;
	/** Scrolls by a page, where that is not so many lines. */
	readonly scrollPage?: (state: State, direction: -1 | 1) => State;
	/** Scrolls by lines with the wheel, where that moves no cursor. */
	readonly scrollLines?: (state: State, by: number) => State;
	/** Takes characters and pastes that are no keys. */
	readonly takeText?: (state: State, text: string) => State;
	/** Takes a character that is no key: it jumps. Nothing is pasted. */
	readonly takeLetter?: (state: State, letter: string) => State;
	/** Takes a key that is bound to nothing. */
	readonly takeKey?: (state: State, key: string) => State;
	/** Takes the line that was edited. */
	readonly changeLine?: (state: State, line: Line) => State;
};

/** Name of what a key does, as settings and sentences have it. Bindings of one command share the keys that a person gives it. */
export type Command = string;

/** Headings of the help, in order. */
export const bindingGroups = ['Move', 'Narrow', 'Find', 'Order', 'Group', 'Inspect', 'Watch', 'Look back', 'Journal', 'Act', 'Setup', 'Edit a line', 'Leave'] as const;

/** A key. Dispatch, footer, help, setup and documentation come from these records. */
export type Binding = {
	/** Names of keys, as `createInputDecoder` gives them. The first is the one that the footer shows. */
	readonly keys: readonly string[];
	readonly command: Command;
	/** Description in the help and the documentation. */
	readonly description: string;
	/** Description of the command, if its bindings describe it differently in each mode. */
	readonly inGeneral?: string;
	readonly group: (typeof bindingGroups)[number];
	/** Where it applies. */
	readonly modes: readonly Mode[];
	/** What it does; `key` is the one that was pressed. */
	readonly run: (state: State, key: string) => State;
	/** The command that opened what this one closes: its keys also close it. */
	readonly leaves?: Command;
	/** Text for the keys if there are too many to list. */
	readonly shown?: string;
	/** Label in the footer; without one it is not shown there. */
	readonly label?: string;
	/** Rank in the footer of the list, before all bindings without one; for the most important keys. */
	readonly footerRank?: number;
	/** The footer shows it on the narrowest terminal. */
	readonly isAlwaysShown?: true;
	/** Its keys cannot be changed. */
	readonly isFixed?: true;
	/** It is about the row under the cursor, and so waits for the answer that shows which one that is. */
	readonly isAboutRow?: true;
	/** Runs without waiting for an answer of the engine, so that it works even if none comes. */
	readonly isUrgent?: true;
	/** Whether those of its keys that are characters are typed now, whatever they do otherwise. */
	readonly isTyped?: (state: State) => boolean;
	/** When it has its keys; at other times they belong to the next binding in the mode that has them. Default: always. */
	readonly when?: (state: State) => boolean;
	/** Why it is disabled for the whole run; shown in the help. */
	readonly whyNever?: (state: State) => string | undefined;
	/** Why it is disabled now. */
	readonly whyDisabled?: (state: State) => string | undefined;
};

/** A binding as it is written down: in named modes, or in all that have something in common. */
export type BindingRecord = Omit<Binding, 'modes'> & {readonly modes: readonly Mode[] | ((mode: ModeRecord) => boolean)};

/** Modes and keys as they are without any settings. */
export type Controls = {readonly modes: readonly ModeRecord[]; readonly bindings: readonly BindingRecord[]};

/** A command whose keys can be changed. */
export type ChangeableCommand = {
	readonly description: string;
	/** Its keys by default. */
	readonly keys: readonly string[];
	/** Where they count. */
	readonly modes: readonly Mode[];
};

/** The keys in force. */
export type KeyTable = {
	readonly controls: Controls;
	/** What the person has changed. */
	readonly changes: KeyChanges;
	readonly modes: ReadonlyMap<Mode, ModeRecord>;
	/** All bindings, without any changes. */
	readonly defaults: readonly Binding[];
	/** The commands whose keys can be changed, those of the list first, in the order of the bindings. */
	readonly changeable: ReadonlyMap<Command, ChangeableCommand>;
	/** All current bindings. If two have the same key and mode, the first wins. */
	readonly bindings: readonly Binding[];
	/** The binding of a key in a mode, or undefined. Without a state, one that always has the key. */
	readonly find: (mode: Mode, key: string, state?: State) => Binding | undefined;
};

/** The record of a mode. */
export const modeOf = ({mode, keyTable}: Pick<State, 'mode' | 'keyTable'>): ModeRecord => {
	const record = keyTable.modes.get(mode);
	if (record === undefined) {
		throw new Error(`There is no mode ${mode}`);
	}

	return record;
};
