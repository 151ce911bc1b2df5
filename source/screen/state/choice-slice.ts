/** What a person has chosen: for good, in the settings file, or for the moment, with a key. */
import type {Preferences} from '../../preferences/preferences.js';
import type {SavedView} from '../../preferences/saved-view.js';

export type ChoiceSlice = {
	/** What was chosen by file, command line or setup screen. */
	readonly preferences: Preferences;
	/** Views by name, the built-in ones included. */
	readonly savedViews: ReadonlyMap<string, SavedView>;
	/** Sentences about what in the settings file does not count. */
	readonly settingsProblems: readonly string[];
	/** Started with `--read-only`: nothing acts, whatever the preferences say. */
	readonly isReadOnly: boolean;
	/** The header shows no meters. */
	readonly areMetersHidden: boolean;
	/** Names are shown where the preferences want numbers, and numbers where they want names. */
	readonly areNamesSwitched: boolean;
	/** Lines are printed where the preferences want a screen, and a screen is drawn where they want lines. */
	readonly isReaderSwitched: boolean;
	readonly isPaused: boolean;
};

/** Nothing is chosen for the moment. */
export const nothingSwitched = {
	areMetersHidden: false, areNamesSwitched: false, isReaderSwitched: false, isPaused: false,
} as const satisfies Partial<ChoiceSlice>;

/** Whether names of hosts and services are shown in place of numbers, now. */
export const areNamesShown = ({preferences, areNamesSwitched}: Pick<ChoiceSlice, 'preferences' | 'areNamesSwitched'>): boolean => preferences.names !== areNamesSwitched;

/** Whether lines are printed in place of a screen that is drawn, now. */
export const isReaderShown = ({preferences, isReaderSwitched}: Pick<ChoiceSlice, 'preferences' | 'isReaderSwitched'>): boolean => preferences.screenReader !== isReaderSwitched;

/** Ids of the meters that the header shows. */
export const shownMeters = ({preferences, areMetersHidden}: Pick<ChoiceSlice, 'preferences' | 'areMetersHidden'>): readonly string[] => areMetersHidden ? [] : preferences.meters;
