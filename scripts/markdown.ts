/** Markdown for the pages of docs/ that are made. */

/** What stands at the top of a page that is made. */
export const notice = '<!-- Made by `npm run docs`; a test fails when it is stale. -->';

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);

/** A table of Markdown. */
export const table = (headings: readonly string[], rows: ReadonlyArray<readonly string[]>): string => [
	headings,
	headings.map(() => '---'),
	...rows.map(row => row.map(text => cell(text))),
].map(row => `| ${row.join(' | ')} |`).join('\n');

/** A text that is written as it is typed. */
export const code = (text: string): string => text === '' ? '' : (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);
