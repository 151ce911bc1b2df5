/** The pages of docs/ that the program itself can show: they are installed with it. */

export type HelpPage = {
	/** What it is called behind `conntop help`. */
	readonly topic: string;
	/** Its file in docs/. */
	readonly file: string;
};

/** In the order in which one would read them. */
export const helpPages: readonly HelpPage[] = [
	{topic: 'screen', file: 'screen.md'},
	{topic: 'commands', file: 'commands.md'},
	{topic: 'keys', file: 'keys.md'},
	{topic: 'filters', file: 'filters.md'},
	{topic: 'fields', file: 'fields.md'},
	{topic: 'health', file: 'health.md'},
	{topic: 'groups', file: 'groups.md'},
	{topic: 'inspector', file: 'inspector.md'},
	{topic: 'journal', file: 'journal.md'},
	{topic: 'acting', file: 'acting.md'},
	{topic: 'events', file: 'events.md'},
	{topic: 'recordings', file: 'recordings.md'},
	{topic: 'metrics', file: 'metrics.md'},
	{topic: 'namespaces', file: 'namespaces.md'},
	{topic: 'names', file: 'mouse-and-names.md'},
	{topic: 'meters', file: 'meters.md'},
	{topic: 'setup', file: 'setup.md'},
	{topic: 'coming-from', file: 'coming-from.md'},
];

export const topics: readonly string[] = helpPages.map(({topic}) => topic);

/** The topic of a page by the name of its file; undefined where it is none that the program can show. */
export const topicOf = (file: string): string | undefined => helpPages.find(page => page.file === file)?.topic;
