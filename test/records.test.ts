/** Adding a field, a meter, a key or a mode is adding a record: each is then wherever it has to be. */
import test from 'ava';
import {keysPage, fieldsPage} from '../scripts/doc-pages.js';
import {setupPage} from '../scripts/setup-page.js';
import {readRecord, recordFields} from '../source/exports/record.js';
import type {FieldRecord} from '../source/fields/model/field.js';
import {addFields, findField} from '../source/fields/registry.js';
import type {GaugeMeter} from '../source/meters/meter.js';
import {addMeter} from '../source/meters/meters.js';
import {defaultPreferences, registry} from '../source/preferences/preferences.js';
import {readValue} from '../source/preferences/read-value.js';
import {plainLookups} from '../source/names/lookups.js';
import {parseFilter} from '../source/query/language/parse.js';
import {controls} from '../source/screen/controls/default-key-table.js';
import {readKeyChanges} from '../source/screen/keys/key-changes.js';
import {createKeyTable} from '../source/screen/keys/key-table.js';
import {createTheme} from '../source/screen/look/theme.js';
import {footerKeys} from '../source/screen/paint/footer.js';
import {paintFrame} from '../source/screen/paint/frame.js';
import {helpColumns} from '../source/screen/paint/help.js';
import {moveInMenu} from '../source/screen/paint/menu.js';
import {speak} from '../source/screen/renderers/lines/speech.js';
import {itemsOf} from '../source/screen/setup/items.js';
import type {BindingRecord, ModeRecord, State} from '../source/screen/state/state.js';
import {tableFit} from '../source/screen/state/table-fit.js';
import {initialState} from '../source/screen/update/initial-state.js';
import {reduce} from '../source/screen/update/reduce.js';
import {createTestContext} from './helpers/context.js';
import {createFakeEngine, makeSockets} from './screen/fake-engine.js';
import {everything} from './screen/open-screen.js';

const moons: FieldRecord = {
	id: 'moonCount', kind: 'number', unit: 'count', title: 'Moons', meaning: 'How many moons shine.', width: {min: 5, max: 5}, aliases: ['moons'], read: () => 3,
};

const tide: GaugeMeter = {
	id: 'tide', kind: 'gauge', title: 'Tide', meaning: 'How high the water stands.', room: 4, share: 0, tone: 'plain', read: () => ({value: '7 m'}),
};

const wish: BindingRecord = {
	keys: ['w'], command: 'makeWish', description: 'Make a wish', group: 'Watch', modes: ['table'], label: 'Wish', run: state => ({...state, notice: 'Wished'}),
};

const stars: ModeRecord = {
	id: 'stars', title: 'Stars', name: 'menu of stars', kind: 'menu', entries: () => ['Sirius', 'Vega'], scroll: moveInMenu,
};

const starKeys: readonly BindingRecord[] = [
	{
		keys: ['y'], command: 'openStars', description: 'Choose a star', group: 'Watch', modes: ['table'], run: state => ({...state, mode: 'stars', menuIndex: 0}),
	},
	{
		keys: ['enter'], command: 'accept', description: 'Look at this star', group: 'Watch', modes: ['stars'], label: 'Look', run: state => ({...state, mode: 'table', notice: `Star ${state.menuIndex}`}),
	},
];

const keyTable = createKeyTable({modes: [...controls.modes, stars], bindings: [wish, ...starKeys, ...controls.bindings]});

addFields({title: 'Sky', fields: [moons]});
addMeter(tide);

/** The screen with all of them, and an answer of the engine. */
const start = ((): State => {
	let state = initialState({...everything, columns: ['local', 'moonCount']}, {columns: 120, rows: 40}, {
		keyTable, preferences: {...defaultPreferences, meters: ['states', 'tide']},
	});
	const engine = createFakeEngine(makeSockets(3), {isManual: true});
	engine.link.subscribe(message => {
		state = message.type === 'view' ? reduce(state, {type: 'view', view: message.view}) : state;
	});
	const {filter, search, classes, sort, columns} = state;
	engine.link.send({
		type: 'query', sequence: state.sequence, query: {
			filter, search, classes, sort, columns, window: {height: 20, cursor: {kind: 'none'}, frozen: false},
		},
	});
	engine.answer();
	return state;
})();

const press = (state: State, name: string): State => reduce(state, {type: 'input', event: {type: 'key', name}});

const linesOf = (state: State): readonly string[] => paintFrame(state, {theme: createTheme('none')});

const helpOf = (state: State): readonly string[] => helpColumns({...state, size: {columns: 130, rows: 500}}).flatMap(({tables}) => tables.flatMap(({rows}) => rows.map(cells => cells.join(' '))));

const setupOf = (state: State, page: State['setup']['page']): readonly string[] => itemsOf({...state, setup: {...state.setup, page}}).map(({title, value}) => `${title} ${value}`);

test('a field is in columns, filters, JSON, help, setup and docs', t => {
	t.deepEqual(tableFit(start).columns.map(({field}) => field.title), ['Local', 'Moons']);
	t.deepEqual([findField('moon-count')?.align, findField('MOONS')?.descending], ['right', true], 'as all numbers');
	t.false('problem' in parseFilter('moons > 2', plainLookups));
	t.true('problem' in parseFilter('suns > 2', plainLookups));
	const context = createTestContext();
	const slot = context.add();
	t.deepEqual(readRecord(recordFields([findField('moons')].filter(field => field !== undefined), []), context, slot), {moonCount: 3});
	t.true(helpOf(start).some(line => line.includes('How many moons shine')));
	t.true(setupOf(start, 'columns').some(line => line.startsWith('[x] Moons')));
	t.true(fieldsPage().includes('| `moonCount` | `moons` | Moons |'));
});

test('a meter is in the header, the settings and the setup', t => {
	t.true(linesOf(start).some(line => line.includes('Tide 7 m')));
	t.deepEqual(readValue(registry.meters, ['Tide'], 'meters').value, ['tide']);
	t.true(setupOf(start, 'meters').some(line => line.startsWith('[x] Tide')));
});

test('a key works, and is in the footer, the help, the setup, the settings and the docs', t => {
	t.is(press(start, 'w').notice, 'Wished');
	t.true(footerKeys({...start, size: {columns: 400, rows: 40}}).some(({key, label}) => key === 'w' && label === 'Wish'));
	t.true(helpOf(start).some(line => /^w +Make a wish$/v.test(line.trim())));
	t.true(setupOf(start, 'keys').includes('make-wish w'));
	t.true(keysPage(keyTable).includes('| `w` | Make a wish | list |'));
	t.true(setupPage(keyTable).includes('| `make-wish` | `w` | Make a wish | list |'));
	const {changes, problems} = readKeyChanges(keyTable, new Map([['make-wish', ['F7']]]), 'config.toml');
	t.deepEqual(problems, []);
	t.is(press({...start, keyTable: createKeyTable(keyTable.controls, changes)}, 'f7').notice, 'Wished');
});

test('a mode opens over the table, scrolls, has the keys that all modes have, and is announced', t => {
	const opened = press(start, 'y');
	const [heading, first] = linesOf(opened).slice(linesOf(opened).findIndex(line => line.startsWith(' Stars')));
	t.regex(heading, /^ Stars {10,}\S/v);
	t.regex(first, /^>Sirius/v);
	t.true(footerKeys(opened).some(({key, label}) => key === 'Enter' && label === 'Look'));
	t.is(press(press(opened, 'down'), 'enter').notice, 'Star 1');
	t.is(press(opened, 'ctrl+c').outcome?.exitCode, 0);
	t.deepEqual(speak(start, opened, () => []).slice(0, 2), ['Stars. Enter Look, F10 Quit', 'Sirius, 1 of 2']);
	t.true(keysPage(keyTable).includes('| `Enter` | Look at this star | menu of stars |'));
});
